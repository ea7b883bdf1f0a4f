import { describe, expect, it } from "@effect/vitest"
import { Either, FastCheck } from "effect"
import { decodeCreateForm, decodeCreateJson, sourceProperties } from "../../../src/domain/micropub/MicropubCreate.js"
import { limits } from "../../../src/domain/posts/Microformats.js"
import type { NewPost, Post } from "../../../src/domain/posts/Post.js"
import { renderingOf } from "../../../src/domain/posts/Rendering.js"
import { Slug } from "../../../src/domain/posts/Slug.js"

const form = (body: string) => decodeCreateForm([...new URLSearchParams(body)].map(([name, value]) => [name, [value]]))
const json = (properties: unknown) => decodeCreateJson({ type: ["h-entry"], properties })
const decoded = (result: Either.Either<NewPost, unknown>) => Either.getOrThrow(result)
const refused = (result: Either.Either<NewPost, { readonly _tag: string; readonly part?: string }>) => {
  const failure = Either.getOrThrow(Either.flip(result))
  return failure.part ?? failure._tag
}

const stored = (post: NewPost): Post => ({
  id: 1,
  feedId: "urn:starpunk:test:1",
  slug: Slug.make("a"),
  type: post.type,
  properties: post.properties,
  rendering: renderingOf(post.properties),
  status: post.status,
  visibility: post.visibility,
  publishedAt: post.publishedAt ?? 0,
  createdAt: 0,
  updatedAt: 0
})

describe("a post from a form", () => {
  it("accepts a property once, several times, with and without brackets", () => {
    const { properties } = decoded(form("h=entry&content=Hi&category[]=b&category[]=a&category=c&x[0]=1"))
    expect(properties).toEqual({ content: ["Hi"], category: ["b", "a", "c"], x: ["1"] })
  })

  it("accepts content[html] as an object", () => {
    expect(decoded(form("content[html]=<b>x</b>&content[value]=x")).properties).toEqual({
      content: [{ html: "<b>x</b>", value: "x" }]
    })
  })

  it("accepts an event", () => {
    const post = decoded(form("h=event&name=Party&start=2026-11-23T19:00-08:00&end=2026-11-24&location=Here"))
    expect(post.type).toBe("h-event")
    expect(post.properties).toMatchObject({ start: ["2026-11-23T19:00-08:00"], location: ["Here"] })
  })

  it("accepts objects by members, each in its place", () => {
    const { properties } = decoded(
      form(
        "photo[0][value]=https://a.example/1.jpg&photo[0][alt]=One&photo[1][value]=https://a.example/2.jpg&photo[1][alt]="
      )
    )
    expect(properties.photo).toEqual([
      { value: "https://a.example/1.jpg", alt: "One" },
      { value: "https://a.example/2.jpg", alt: "" }
    ])
  })

  it("gives photos their descriptions by position, from mp-photo-alt or from photo[n][alt]", () => {
    const photos = "photo[]=https://a.example/1.jpg&photo[]=https://a.example/2.jpg"
    const second = ["https://a.example/1.jpg", { value: "https://a.example/2.jpg", alt: "Two" }]
    for (const alts of ["mp-photo-alt[]=&mp-photo-alt[]=Two", "photo[1][alt]=Two", "mp-photo-alt=+&mp-photo-alt=Two"]) {
      expect(decoded(form(`${photos}&${alts}`)).properties.photo).toEqual(second)
      expect(decoded(form(`${alts}&${photos}`)).properties.photo).toEqual(second)
    }
    expect(decoded(form("photo=https://a.example/1.jpg&photo[0][alt]=")).properties.photo).toEqual([
      "https://a.example/1.jpg"
    ])
    expect(decoded(form("content=No+photo&mp-photo-alt=x")).properties).toEqual({ content: ["No photo"] })
  })

  it("puts files after addresses, each in its property", () => {
    const { properties } = decoded(
      decodeCreateForm(
        [
          ["photo", ["https://a.example/1.jpg"]],
          ["mp-photo-alt", ["One", "Two"]],
          ["photo[2][alt]", ["Three"]]
        ],
        [
          { field: "photo", kind: "image", url: "https://me.example/media/2.jpg" },
          { field: "photo[]", kind: "image", url: "https://me.example/media/3.jpg" },
          { field: "photo", kind: "video", url: "https://me.example/media/4.mp4" },
          { field: "audio", kind: "audio", url: "https://me.example/media/5.mp3" },
          { field: "featured", kind: "image", url: "https://me.example/media/6.jpg" }
        ]
      )
    )
    expect(properties).toEqual({
      photo: [
        { value: "https://a.example/1.jpg", alt: "One" },
        { value: "https://me.example/media/2.jpg", alt: "Two" },
        { value: "https://me.example/media/3.jpg", alt: "Three" }
      ],
      video: ["https://me.example/media/4.mp4"],
      audio: ["https://me.example/media/5.mp3"],
      featured: ["https://me.example/media/6.jpg"]
    })
  })

  it("refuses files under other names", () => {
    const file = { kind: "image", url: "https://me.example/media/1.jpg" } as const
    expect(refused(decodeCreateForm([["content", ["Hi"]]], [{ ...file, field: "attachment" }]))).toBe("attachment")
    expect(refused(decodeCreateForm([], [{ ...file, field: "__proto__" }]))).toBe("__proto__")
  })

  it("refuses unusual names of a megabyte, and repeats only their beginning", () => {
    for (const name of ["[".repeat(1_000_000), `a[${"b".repeat(1_000_000)}`, `a[${"1".repeat(1_000_000)}`]) {
      expect(refused(decodeCreateForm([[name, ["x"]]]))).toBe(`${name.slice(0, 40)}…`)
    }
  })

  it("keeps unknown properties, leaves out commands of the request, and reads mp-slug first", () => {
    const post = decoded(form("h=entry&content=Hi&mood=fine&access_token=s&mp-slug=my-slug&mp-syndicate-to=x&url=u"))
    expect(post.properties).toEqual({ content: ["Hi"], mood: ["fine"] })
    expect(post.wishedSlug).toBe("my-slug")
  })

  it("leaves out blank fields, which many clients send", () => {
    const post = decoded(form("content=Hi&name=&category[]=&published=&mp-slug=&post-status="))
    expect(post).toEqual({
      type: "h-entry",
      properties: { content: ["Hi"] },
      status: "published",
      visibility: "public"
    })
  })

  it("reads status, visibility and time of publication", () => {
    const post = decoded(form("content=Hi&post-status=draft&visibility=unlisted&published=2026-11-23T19:00:00%2B01:00"))
    expect(post).toMatchObject({ status: "draft", visibility: "unlisted", publishedAt: Date.UTC(2026, 10, 23, 18) })
  })

  it.each([
    ["", "properties"],
    ["h=entry", "properties"],
    ["h=entry&content=", "properties"],
    ["content=%20&category=a", "properties"],
    ["h=card&content=Hi", "MicropubUnsupported"],
    ["h=event&name=Hi&start=tomorrow", "properties.start"],
    ["h=event&name=Hi&end=2026-02-30", "properties.end"],
    ["content=Hi&rsvp=yes", "properties.in-reply-to"],
    ["in-reply-to=https://a.example/&rsvp=perhaps", "properties.rsvp"],
    ["in-reply-to=javascript:alert(1)", "properties.in-reply-to"],
    ["like-of=data:text/html,x", "properties.like-of"],
    ["content=Hi&published=yesterday", "properties.published"],
    ["content=Hi&published=2026-02-30", "properties.published"],
    ["content=Hi&post-status=maybe", "properties.post-status"],
    ["content=Hi&visibility=everyone", "properties.visibility"],
    ["photo=javascript:alert(1)", "properties.photo"],
    [`${"a".repeat(limits.nameLength + 1)}=1&content=Hi`, "properties"]
  ])("refuses %j by naming %s", (body, part) => {
    expect(refused(form(body))).toBe(part)
  })
})

describe("a post from JSON", () => {
  it("keeps HTML, nested objects, numbers and booleans unchanged", () => {
    const properties = {
      content: [{ html: "<p>Hi</p>" }],
      photo: [{ value: "https://a.example/x.jpg", alt: "X" }, "https://a.example/y.jpg"],
      checkin: [{ type: ["h-card"], properties: { name: ["Home"], latitude: [45.5], longitude: [-122.5] } }],
      "x-flag": [true]
    }
    expect(decoded(json(properties)).properties).toEqual(properties)
  })

  it("is an entry if it names no type", () => {
    expect(decoded(decodeCreateJson({ properties: { content: ["Hi"] } })).type).toBe("h-entry")
  })

  it.each([
    [null, "body"],
    [[], "body"],
    ["text", "body"],
    [{}, "properties"],
    [{ type: "h-entry", properties: {} }, "properties"],
    [{ type: [5], properties: {} }, "type"],
    [{ type: ["h-entry"], properties: "text" }, "properties"],
    [{ type: ["h-entry"], content: ["Hi"] }, "properties"],
    [{ type: ["h-card"], properties: { name: ["Hi"] } }, "MicropubUnsupported"]
  ])("refuses %j by naming %s", (body, part) => {
    expect(refused(decodeCreateJson(body))).toBe(part)
  })

  it.each([
    [{ content: 5 }, "properties.content"],
    [{ content: [5] }, "properties.content"],
    [{ content: [null] }, "properties"],
    [{ content: [["Hi"]] }, "properties.content"],
    [{ content: [{ text: "Hi" }] }, "properties.content"],
    [{ content: ["Hi"], name: [{}] }, "properties.name"],
    [{ content: ["Hi"], category: [1] }, "properties.category"],
    [{ content: ["Hi"], published: [1700000000] }, "properties.published"],
    [{ photo: [{ value: "data:image/png;base64,AA" }] }, "properties.photo"],
    [{ content: ["Hi"], x: Array(limits.values + 1).fill("a") }, "properties.x"]
  ])("refuses %j by naming %s", (properties, part) => {
    expect(refused(json(properties))).toBe(part)
  })

  it("refuses an object of too many members before it reads them", () => {
    const read: Array<string> = []
    const members = Object.fromEntries(
      Array.from({ length: limits.total }, (_, index) => {
        const ownKeys = () => {
          read.push(`p${index}`)
          return []
        }
        return [`p${index}`, new Proxy({}, { ownKeys })]
      })
    )
    expect(refused(json({ content: ["Hi"], x: [members] }))).toBe("properties.x")
    expect(refused(json({ content: ["Hi"], x: [Object.values(members)] }))).toBe("properties.x")
    expect(read).toEqual([])
  })

  it("refuses deep nesting without a stack overflow", () => {
    const deep = JSON.parse(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`)
    expect(refused(json({ content: ["Hi"], x: [deep] }))).toBe("properties.x")
  })

  it("is safe against names of JavaScript's own properties", () => {
    const body = JSON.parse(
      '{"properties":{"content":["Hi"],"__proto__":["x"],"constructor":["y"],"hasOwnProperty":[{"__proto__":{"a":1},"toString":"z"}]}}'
    )
    const { properties } = decoded(decodeCreateJson(body))
    expect(Object.keys(properties)).toEqual(["content", "constructor", "hasOwnProperty"])
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype)
    expect(properties.hasOwnProperty).toEqual([{ toString: "z" }])
  })

  it("repairs text that cannot be stored", () => {
    expect(decoded(json({ content: ["a\uD800b\0c"] })).properties).toEqual({ content: ["a\uFFFDbc"] })
  })

  it.prop("arbitrary JSON gives a post or a refusal, never a defect", [FastCheck.jsonValue()], ([value]) => {
    for (const result of [decodeCreateJson(value), json(value), json({ content: value }), json({ x: [value] })]) {
      expect(Either.isEither(result)).toBe(true)
    }
  })

  it.prop(
    "decoding the source of a decoded post gives the same post",
    [FastCheck.dictionary(FastCheck.string(), FastCheck.array(FastCheck.jsonValue(), { maxLength: 3 }))],
    ([extra]) => {
      const first = json({ ...extra, content: ["Hi"], published: ["2026-11-23T19:00:00Z"] })
      if (Either.isLeft(first)) return
      expect(json(sourceProperties(stored(first.right)))).toEqual(Either.map(first, withoutWish))
    }
  )
})

const withoutWish = ({ wishedSlug: _, ...post }: NewPost): NewPost => post

describe("the source of a post", () => {
  it("contains what came in, and what the site decided", () => {
    const post = stored(decoded(json({ content: ["Hi"], category: ["b", "a"], "post-status": ["draft"] })))
    expect(sourceProperties(post)).toEqual({
      content: ["Hi"],
      category: ["b", "a"],
      published: ["1970-01-01T00:00:00.000Z"],
      "post-status": ["draft"],
      visibility: ["public"]
    })
  })
})
