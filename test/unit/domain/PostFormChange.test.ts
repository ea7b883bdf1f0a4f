import { describe, expect, it } from "@effect/vitest"
import { emptyForm, formOf, type PostForm } from "../../../src/domain/editor/PostForm.js"
import { changeOf } from "../../../src/domain/editor/PostFormChange.js"
import type { Properties } from "../../../src/domain/posts/Microformats.js"
import type { Post } from "../../../src/domain/posts/Post.js"
import { showsNothing } from "../../../src/domain/posts/Shown.js"
import { post } from "../../fixtures/SamplePost.js"

const now = Date.UTC(2026, 10, 23, 12)

/** A form as a browser sends it back: line breaks as CR LF. */
const sentBack = (form: PostForm): PostForm => ({ ...form, content: form.content.replaceAll("\n", "\r\n") })

const changed = (base: Post, change: Partial<PostForm>) => changeOf({ ...sentBack(formOf(base)), ...change }, base, now)

const strange: Properties = {
  name: ["  A title\nin two lines ", "another name"],
  summary: [{ value: "A summary", html: "<b>A summary</b>" }],
  content: [{ html: "<p>Hello\r\nthere</p>", value: "Hello there", lang: "en" }, "and another"],
  category: ["slow web", { type: ["h-card"], properties: { name: ["Somebody"] } }, "#css", "a, b"],
  "in-reply-to": [
    { type: ["h-cite"], properties: { url: ["https://a.example/1"], name: ["One"] } },
    "https://a.example/2",
    "tag:not a url"
  ],
  "like-of": ["not-an-address"],
  photo: ["https://a.example/1.jpg", { value: "/media/2.jpg", alt: "Two", note: "mine" }, { odd: true }],
  audio: [{ value: "https://a.example/1.mp3" }],
  start: ["2026-11-23T19:00:30+01:00"],
  end: ["some day"],
  rsvp: ["YES"],
  location: [{ type: ["h-adr"], properties: { locality: ["Berlin"] } }],
  published: ["2026-03-01T13:30:15+01:00"],
  "x-unknown": [{ deep: [{ er: 1 }] }, true, 3]
}

describe("a post's form", () => {
  it.each([
    ["a note", post()],
    ["a post with everything that clients may send", post({ type: "h-event", properties: strange })],
    ["a draft", post({ status: "draft", properties: { content: ["x"] } })],
    ["a draft that has a time", post({ status: "draft", properties: { content: ["x"], published: ["2027-01-01"] } })],
    ["markdown as an object", post({ properties: { content: [{ markdown: "*a*\r\n\r\nb", more: 1 }] } })],
    ["plain text as an object", post({ properties: { content: [{ value: "a\nb" }] } })],
    ["content that cannot be shown", post({ properties: { content: [{ odd: 1 }, "x"], name: ["n"] } })],
    ["an event without a start", post({ type: "h-event", properties: { name: ["n"] } })],
    ["a like", post({ properties: { "like-of": ["https://a.example/"] } })]
  ])("%s that is submitted unchanged stays unchanged", (_, base) => {
    const { faults, post: after } = changed(base, {})
    expect(faults).toEqual([])
    expect(after.properties).toEqual(base.properties)
    expect(Object.keys(after.properties)).toEqual(Object.keys(base.properties))
    expect(after).toMatchObject({ type: base.type, status: base.status, visibility: base.visibility })
    expect(after.publishedAt ?? base.publishedAt).toBe(base.publishedAt)
    expect(after.wishedSlug).toBeUndefined()
  })

  it("changes what was changed, and keeps everything else", () => {
    const base = post({ type: "h-event", properties: strange })
    const { faults, post: after } = changed(base, {
      name: "New",
      content: "<p>New</p>",
      category: "slow web, New",
      "in-reply-to": "https://a.example/2 https://a.example/1 https://a.example/3",
      media: formOf(base).media.map((medium) => ({ ...medium, alt: `${medium.alt}!` })),
      end: "2026-11-23T21:00"
    })
    expect(faults).toEqual([])
    expect(after.properties).toEqual({
      ...strange,
      name: ["New", "another name"],
      content: [{ html: "<p>New</p>", lang: "en" }, "and another"],
      category: ["slow web", "New", { type: ["h-card"], properties: { name: ["Somebody"] } }],
      "in-reply-to": ["https://a.example/2", strange["in-reply-to"]?.[0], "https://a.example/3", "tag:not a url"],
      photo: [
        { value: "https://a.example/1.jpg", alt: "!" },
        { value: "/media/2.jpg", alt: "Two!", note: "mine" },
        { odd: true }
      ],
      audio: [{ value: "https://a.example/1.mp3", alt: "!" }],
      end: ["2026-11-23T21:00+00:00"]
    })
  })

  it.each([
    ["a string", ["old"], ["new"]],
    ["{ markdown }", [{ markdown: "old", value: "old", more: 1 }], [{ markdown: "new", more: 1 }]],
    ["{ value }", [{ value: "old" }], [{ value: "new" }]],
    ["nothing", undefined, ["new"]]
  ] as const)("keeps the shape of content that came as %s", (_, before, after) => {
    const base = post({ properties: { name: ["n"], ...(before !== undefined && { content: before }) } })
    expect(changed(base, { content: "new" }).post.properties.content).toEqual(after)
  })

  it("removes what was emptied", () => {
    const base = post({ properties: strange })
    const { properties } = changed(base, { name: "", summary: "", category: "", media: [], rsvp: "" }).post
    expect(properties).toMatchObject({ name: ["another name"], photo: [{ odd: true }] })
    expect(properties).not.toHaveProperty("summary")
    expect(properties).not.toHaveProperty("audio")
    expect(properties).not.toHaveProperty("rsvp")
  })

  it("makes a new post of an empty form with a text", () => {
    const { faults, post: after } = changeOf(
      { ...emptyForm, content: "Hello\r\nthere", category: "#a, b" },
      undefined,
      now
    )
    expect(faults).toEqual([])
    expect(after).toEqual({
      type: "h-entry",
      properties: { content: ["Hello\nthere"], category: ["a", "b"] },
      status: "draft",
      visibility: "public"
    })
  })

  it("is an event if it has a start", () => {
    const { post: event } = changeOf({ ...emptyForm, name: "Party", start: "2026-12-01T19:00+01:00" }, undefined, now)
    expect(event).toMatchObject({ type: "h-event", properties: { start: ["2026-12-01T19:00+01:00"] } })
    const base = post({ type: "h-event", properties: event.properties })
    expect(changed(base, { start: "" }).post.type).toBe("h-entry")
  })

  describe("the time of publication", () => {
    const published = post({ publishedAt: Date.UTC(2026, 2, 1, 12, 30, 15, 77) })

    it("stays to the millisecond while the field says the same minute, in any zone", () => {
      for (const text of ["2026-03-01T12:30", "2026-03-01T13:30+01:00"]) {
        const { post: after } = changed(published, { published: text })
        expect(after.publishedAt).toBe(published.publishedAt)
        expect(after.properties).not.toHaveProperty("published")
      }
    })

    it("otherwise takes the field's value, and keeps its zone", () => {
      const { post: after } = changed(published, { published: "2026-12-24T18:00+01:00" })
      expect(after.publishedAt).toBe(Date.UTC(2026, 11, 24, 17))
      expect(after.properties.published).toEqual(["2026-12-24T18:00+01:00"])
      expect(changed(published, { published: "2026-12-24T18:00" }).post.properties.published).toEqual([
        "2026-12-24T18:00+00:00"
      ])
    })

    it("is now for a scheduled post whose time was removed, and unchanged for a published one", () => {
      const scheduled = post({ publishedAt: now + 1_000_000 })
      expect(changed(scheduled, { published: "" }).post.publishedAt).toBe(now)
      expect(changed(published, { published: "" }).post.publishedAt).toBe(published.publishedAt)
    })
  })

  it.each([
    ["published", "31 November"],
    ["published", "2026-02-30T10:00"],
    ["in-reply-to", "javascript:alert(1)"],
    ["like-of", "https://a.example/ ftp://b.example/"],
    ["bookmark-of", "a.example"],
    ["category", "css, ###"],
    ["slug", "!!!"],
    ["visibility", "friends"],
    ["rsvp", "perhaps"],
    ["start", "tomorrow"],
    ["content", "x".repeat(1_048_577)],
    ["name", "x".repeat(5_001)]
  ] as const)("reports what is wrong with %s %.40j, and changes nothing there", (field, text) => {
    const base = post({ properties: { content: ["old"], "in-reply-to": ["https://a.example/"] } })
    const { faults, post: after } = changed(base, { [field]: text })
    expect(faults.map((fault) => fault.field)).toEqual([field])
    expect(after.properties).toEqual(base.properties)
  })

  it("asks for fields that belong together", () => {
    const form = { ...emptyForm, content: "x" }
    const fieldsOf = (change: Partial<PostForm>) =>
      changeOf({ ...form, ...change }, undefined, now).faults.map(({ field }) => field)
    expect(fieldsOf({ rsvp: "yes" })).toEqual(["in-reply-to"])
    expect(fieldsOf({ end: "2026-12-01T19:00" })).toEqual(["start"])
    expect(fieldsOf({ start: "2026-12-01T19:00", end: "2026-12-01T18:00" })).toEqual(["end"])
  })

  it("recognises an empty post", () => {
    const said = (change: Partial<PostForm>) =>
      !showsNothing(changeOf({ ...emptyForm, ...change }, undefined, now).post)
    expect(said({})).toBe(false)
    expect(said({ content: " \n ", category: "tags alone" })).toBe(false)
    expect(said({ content: "x" })).toBe(true)
    expect(said({ name: "x" })).toBe(true)
    expect(said({ "like-of": "https://a.example/" })).toBe(true)
    expect(said({ media: [{ property: "photo", url: "/media/1.jpg", alt: "" }] })).toBe(true)
  })
})

describe("S2: a field of addresses that is too long", () => {
  it.each(["a b ", "https://a.example/ ", " "])("is refused without reading its addresses: %j", (unit) => {
    const given = unit.repeat(1_000_000)
    const { faults, post: made } = changed(post(), { "in-reply-to": given })
    expect(faults.map(({ field, reason }) => [field, reason])).toEqual([["in-reply-to", "address_invalid"]])
    expect(JSON.stringify(faults).length).toBeLessThan(500)
    expect(made.properties["in-reply-to"]).toBeUndefined()
  })

  it("changes nothing if it is as it was shown", () => {
    const long = Array.from({ length: 200 }, (_, at) => `https://a.example/${"a".repeat(1_000)}${at}`)
    const base = post({ properties: { content: ["a"], "like-of": long } })
    const { faults, post: made } = changed(base, {})
    expect(faults).toEqual([])
    expect(made.properties["like-of"]).toEqual(long)
  })
})
