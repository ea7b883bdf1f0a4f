import { describe, expect, it } from "@effect/vitest"
import { Either, FastCheck as fc } from "effect"
import type { MovedPost } from "../../../src/domain/archive/MovedPost.js"
import { writePostFile } from "../../../src/domain/archive/PostFile.js"
import { type FileOrigin, readPostFile } from "../../../src/domain/archive/PostFileReading.js"
import { contentHtml, contentOf } from "../../../src/domain/posts/Content.js"
import { isErased } from "../../../src/domain/posts/Post.js"
import { Slug } from "../../../src/domain/posts/Slug.js"
import { runs } from "../../fixtures/Runs.js"
import { anyPost } from "../../layers/portability/AnyPost.js"

const modifiedAt = Date.parse("2026-01-02T03:04:05Z")
const exact: FileOrigin = { path: "posts/2026/11/hello.md", modifiedAt, exact: true }
const plain = (path = "hello.md"): FileOrigin => ({ path, modifiedAt, exact: false })

const read = (text: string, origin = plain()) => Either.getOrThrowWith(readPostFile(text, origin), (error) => error)
const postOf = (text: string, origin = plain()) => read(text, origin)?.post
const failure = (text: string, origin = plain()) => Either.getOrThrow(Either.flip(readPostFile(text, origin)))

const hello: MovedPost = {
  slug: Slug.make("hello"),
  type: "h-entry",
  properties: {
    "x-mood": ["calm"],
    name: ["Hello"],
    content: ["One\n\nTwo"],
    category: ["a", "b"],
    photo: [{ value: "/media/1.jpg", alt: "A bird" }]
  },
  status: "published",
  visibility: "public",
  publishedAt: Date.parse("2026-11-23T19:00:00Z"),
  createdAt: Date.parse("2026-11-23T19:00:01Z"),
  updatedAt: Date.parse("2026-11-23T19:00:02Z"),
  formerSlugs: [{ slug: Slug.make("hallo"), replacedAt: Date.parse("2026-11-24T00:00:00Z") }]
}

describe("a post as a file", () => {
  it("comes back erased, with its addresses", () => {
    for (const properties of [{}, { "post-type": ["page"] }]) {
      const erased: MovedPost = { ...hello, properties, deletedAt: Date.parse("2026-11-25T00:00:00Z") }
      const post = postOf(writePostFile(erased), exact)
      expect(post).toEqual(erased)
      expect(post !== undefined && isErased(post)).toBe(true)
    }
  })

  it("is readable like one that a person wrote", () => {
    expect(writePostFile(hello)).toBe(`---
slug: "hello"
type: "h-entry"
status: "published"
visibility: "public"
published: "2026-11-23T19:00:00.000Z"
created: "2026-11-23T19:00:01.000Z"
updated: "2026-11-23T19:00:02.000Z"
title: "Hello"
tags: ["a","b"]
former_slugs:
  - {"replaced": "2026-11-24T00:00:00.000Z", "slug": "hallo"}
properties:
  photo: [{"alt":"A bird","value":"/media/1.jpg"}]
  x-mood: ["calm"]
---

One

Two
`)
  })

  it("comes back unchanged for any content, and gives the same bytes again", () => {
    fc.assert(
      fc.property(anyPost, (post) => {
        const file = writePostFile(post)
        const back = postOf(file, exact)
        expect(back).toEqual(post)
        if (back !== undefined) expect(writePostFile(back)).toBe(file)
      }),
      { numRuns: runs(80, 500) }
    )
  })

  it("is the same with the line ends of other systems and behind a byte order mark", () => {
    const file = writePostFile(hello)
    expect(postOf(file.replaceAll("\n", "\r\n"), exact)).toEqual(hello)
    expect(postOf(`\uFEFF${file}`, exact)).toEqual(hello)
  })
})

describe("Markdown of other programs", () => {
  it("is read by slug, published, tags and title", () => {
    const post = postOf(
      "---\ntitle: Hello\nslug: my-hello\npublished: 2024-01-02T03:04:05+01:00\ntags: [One, two]\n---\n\nText\n"
    )
    expect(post).toMatchObject({
      slug: "my-hello",
      status: "published",
      visibility: "public",
      publishedAt: Date.parse("2024-01-02T02:04:05Z"),
      createdAt: Date.parse("2024-01-02T02:04:05Z"),
      properties: { name: ["Hello"], category: ["One", "two"], content: ["Text"] }
    })
  })

  it.each([
    [
      "Hugo",
      "post/hello/index.md",
      '---\ntitle: "Hello"\ndate: 2024-01-02T03:04:05Z\nlastmod: 2024-02-01\ndraft: true\ncategories: [A]\ntags: [b]\n---\nText',
      {
        slug: "hello",
        status: "draft",
        updatedAt: Date.parse("2024-02-01"),
        properties: { name: ["Hello"], category: ["b", "A"], content: ["Text"] }
      }
    ],
    [
      "Jekyll",
      "_posts/2024-01-02-hello-there.md",
      "---\nlayout: post\ntitle: Hello\npublished: false\ntags: a, b\n---\nText",
      {
        slug: "hello-there",
        status: "draft",
        publishedAt: Date.parse("2024-01-02"),
        properties: { name: ["Hello"], category: ["a", "b"], content: ["Text"] }
      }
    ],
    [
      "Jekyll, with a time",
      "2024-01-02-x.md",
      "---\ndate: 2024-01-02 10:00:00 +0100\n---\nText",
      { publishedAt: Date.parse("2024-01-02T09:00:00Z") }
    ],
    [
      "Astro",
      "hello.md",
      "---\ntitle: 1984\npubDate: 2024-01-02\ndescription: Short\n---\n",
      { properties: { name: ["1984"], summary: ["Short"] } }
    ],
    [
      "an IndieWeb generator",
      "l.md",
      "---\nlike-of: https://a.example/\ndate: 2024-01-02\n---\n",
      { properties: { "like-of": ["https://a.example/"] } }
    ],
    ["HTML", "x.html", "---\ndate: 2024-01-02\n---\n<p>Hi</p>", { properties: { content: [{ html: "<p>Hi</p>" }] } }]
  ])("of %s", (_, path, text, expected) => {
    expect(postOf(text, plain(path))).toMatchObject(expected)
  })

  it("without front matter is no post", () => {
    expect(read("# Read me\n")).toBeUndefined()
    expect(read("")).toBeUndefined()
  })

  it("takes the file's time if no other is given, and says so", () => {
    expect(read("---\ntitle: x\n---\n")).toMatchObject({ publishedIsGuess: true, post: { publishedAt: modifiedAt } })
    expect(read("---\ndate: 2024-01-02\ntitle: x\n---\n")).toMatchObject({ publishedIsGuess: false })
  })

  it("gets a valid slug, and reports the former one", () => {
    expect(read("---\nslug: Über_uns/ja\n---\nx")).toMatchObject({
      renamedFrom: "Über_uns/ja",
      post: { slug: "ueber-uns-ja" }
    })
    expect(read("---\ntitle: Ein Titel\n---\nx", plain("日本.md"))?.post.slug).toBeTruthy()
  })

  it("with hostile HTML is stored unchanged and shown sanitised", () => {
    const properties =
      postOf("---\ndate: 2024-01-02\n---\n<script>alert(1)</script><img src=x onerror=alert(1)>")?.properties ?? {}
    expect(properties.content).toEqual(["<script>alert(1)</script><img src=x onerror=alert(1)>"])
    const content = contentOf(properties)
    const html = content === undefined ? "" : contentHtml(content)
    expect(html).toBe('<img src="x" alt="" />')
  })

  it("with an alias bomb in an unread field costs nothing", () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) =>
        `l${i}: &l${i} [${
          i === 0
            ? "x"
            : Array(9)
                .fill(`*l${i - 1}`)
                .join(", ")
        }]`
    )
    expect(postOf(`---\n${levels.join("\n")}\ndate: 2024-01-02\n---\nText`)?.properties.content).toEqual(["Text"])
  })

  // Nine to the power of nine values, of 81 aliases.
  const propertyBomb = Array.from(
    { length: 10 },
    (_, i) =>
      `  p${i}: &p${i} [{${i === 0 ? "a: 1" : Array.from({ length: 9 }, (_, j) => `k${j}: *p${i - 1}`).join(", ")}}]`
  ).join("\n")

  it.each([
    ["a front matter that is not closed", "---\ntitle: x\n", "import.front_matter_invalid"],
    ["no YAML", "---\ntitle: [x\n---\n", "import.front_matter_invalid"],
    ["a list", "---\n- x\n---\n", "import.front_matter_invalid"],
    ["no TOML", "+++\ntitle = x\n+++\n", "import.front_matter_invalid"],
    ["no JSON", '{"title": "x",}\n', "import.front_matter_invalid"],
    ["the same field twice", "---\ntitle: x\ntitle: y\n---\n", "import.front_matter_invalid"],
    ["a bomb in a property", `---\nproperties:\n${propertyBomb}\n---\nx`, "import.post_invalid"],
    ["a tower of brackets", `---\nx: ${"[".repeat(5000)}\n---\n`, "import.front_matter_invalid"],
    ["code", "---\nx: !!js/function 'function() {}'\n---\n", "import.front_matter_invalid"],
    ["an impossible date", "---\ndate: 2024-02-30\n---\nx", "import.post_invalid"],
    ["no date", "---\ndate: soon\n---\nx", "import.post_invalid"],
    ["tags that are none", "---\ndate: 2024-02-01\ntags: {a: 1}\n---\nx", "import.post_invalid"],
    ["an address that runs", "---\nphoto: 'javascript:alert(1)'\n---\nx", "import.post_invalid"],
    ["nothing to post", "---\ndate: 2024-02-01\n---\n", "import.post_invalid"],
    ["another status", "---\nstatus: secret\n---\nx", "import.post_invalid"],
    ["another visibility", "---\nvisibility: friends\n---\nx", "import.post_invalid"]
  ])("with %s is refused with the reason", (_, text, code) => {
    expect(failure(text).info.code).toBe(code)
  })
})
