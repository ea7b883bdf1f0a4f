import { describe, expect, it } from "@effect/vitest"
import { Either } from "effect"
import { readArchiveFile } from "../../../src/domain/archive/ArchiveReading.js"
import type { ArchiveRules } from "../../../src/domain/archive/ArchiveRules.js"
import { type ArchiveSite, plainSite } from "../../../src/domain/archive/ArchiveSite.js"
import { generators } from "../../../src/domain/archive/Generators.js"
import type { ReadPost } from "../../../src/domain/archive/PostFileReading.js"
import { utc } from "../../../src/domain/TimeZone.js"

const modifiedAt = Date.parse("2026-01-02T03:04:05Z")
const now = Date.parse("2026-02-01T00:00:00Z")

const rulesOf = (site: ArchiveSite): ArchiveRules => ({
  site,
  reading: generators[site.generator].read(site, []),
  inherited: () => [],
  isIgnored: () => false,
  zone: utc,
  now,
  dateFromFile: false,
  heldBackAsDrafts: false,
  unmarkedIsPublic: false
})

const read = (text: string, path = "2020-01-02-x.md", site = plainSite) =>
  Either.getOrThrowWith(readArchiveFile({ path, text, modifiedAt }, rulesOf(site)), (error) => error)

const postIn = (text: string, path?: string, site?: ArchiveSite): ReadPost => {
  const found = read(text, path, site)
  if (!("post" in found)) throw new Error(JSON.stringify(found))
  return found
}

const front = (fields: string, body = "Text") => `---\n${fields}\n---\n${body}\n`
const propertiesOf = (fields: string, body?: string) => postIn(front(fields, body)).post.properties

/** Who may see a post with these fields. */
const audience = (fields: string, path?: string): string => {
  const found = read(front(fields), path)
  if (!("post" in found)) return "heldBack" in found ? found.heldBack : "no post"
  const { post } = found
  return post.status === "draft" ? "draft" : post.visibility
}

describe("O2: fields that hide a page", () => {
  it.each([
    ...[
      "draft: true",
      "draft: yes",
      "draft: 'true'",
      "draft: On",
      "draft: 1",
      "DRAFT: TRUE",
      "Draft: maybe",
      "isDraft: true"
    ],
    ...["is_draft: true", "_draft: true", "published: false", "published: no", "published: 'False'", "published: 0"],
    ...["published: soon", "publish: false", "publish: later", "dg-publish: false", "headless: true", "wip: true"],
    ...["build: {render: never}", "_build: {render: false}", "build: {render: link}", "build: false", "render: false"],
    ...["permalink: false", "status: draft", "status: pending", "status: auto-draft", "status: idea", "Status: Draft"],
    ...["status: future", "post_status: inherit", "expiryDate: 2021-01-01", "expires: 2099-01-01", "unpublished: true"],
    ...["extra: {draft: true}", "params: {draft: true}", "public: false", "visibility: draft"]
  ])("%s makes a draft", (fields) => {
    expect(audience(fields)).toBe("draft")
  })

  it.each([
    ...[
      "private: true",
      "visibility: private",
      "visibility: friends",
      "status: private",
      "password: x",
      "protected: yes"
    ],
    ...["access: members", "encrypted: true", "secret: true", "audience: friends"]
  ])("%s makes a private post", (fields) => {
    expect(audience(fields)).toBe("private")
  })

  it.each([
    ...[
      "hidden: true",
      "unlisted: true",
      "eleventyExcludeFromCollections: true",
      "build: {list: never}",
      "noindex: true"
    ],
    ...["build: {list: local}", "sitemap: false", "sitemap: {exclude: true}", "robots: 'noindex, nofollow'"],
    ...["in_search_index: false", "hiddenInHomeList: true", "list: never", "visibility: unlisted", "listed: false"]
  ])("%s makes an unlisted post", (fields) => {
    expect(audience(fields === "list: never" ? "build: {list: never}" : fields)).toBe("unlisted")
  })

  it.each([
    ...["title: x", "draft: false", "draft: no", "draft:", "published: true", "published: 2020-01-01", "publish: yes"],
    ...[
      "status: publish",
      "status: Published",
      "hidden: false",
      "password: ''",
      "private: false",
      "build: {render: always}"
    ],
    ...[
      "output: html_document",
      "hide: [toc]",
      "share: false",
      "state: Hessen",
      "audience: beginners",
      "sitemap: {priority: 1}"
    ],
    ...["expiryDate: 0001-01-01", "comments: false", "permalink: /x/", "headless: false", "exclude: [a]"]
  ])("%s leaves a post public", (fields) => {
    expect(audience(fields)).toBe("public")
  })

  it("the strictest field decides, and a file's own fields override its folder's", () => {
    expect(audience("draft: true\nprivate: true")).toBe("draft")
    expect(audience("hidden: true\nstatus: private")).toBe("private")
    expect(audience("draft: false", "drafts/2020-01-02-x.md")).toBe("draft")
    expect(audience("status: trash")).toBe("trash")
    expect(audience("date: 2099-01-01\nstatus: future")).toBe("public")
  })

  it("a password is never repeated", () => {
    expect(postIn(front("password: letmein")).notPublicBecause).toBe("password")
    expect(JSON.stringify(read(front("password: letmein")))).not.toContain("letmein")
  })

  it("a page without a date is held back, unless it is a draft", () => {
    expect(read(front("title: x"), "x.md")).toEqual({
      heldBack: "undated",
      why: "has no date in its front matter, its name or its path"
    })
    expect(postIn(front("title: x\ndraft: true"), "x.md")).toMatchObject({ publishedIsGuess: true })
    expect(read(front("title: x\ndate: Last Modified"), "x.md")).toMatchObject({ heldBack: "undated" })
    expect(read(front("title: x\ndate: '{{ date }}'"), "x.md")).toMatchObject({ heldBack: "undated" })
  })

  it("a future publication date is the time of publication", () => {
    expect(postIn(front("date: 2020-01-01\npublishDate: 2099-01-01")).post.publishedAt).toBe(Date.parse("2099-01-01"))
    expect(postIn(front("date: 2020-01-01\npublishDate: 2020-02-01")).post.publishedAt).toBe(Date.parse("2020-01-01"))
  })

  it("no post was written or changed in the future", () => {
    for (const fields of ["date: 2099-01-01", "date: 2020-01-01\nlastmod: 2099-01-01", "publishDate: 2099-01-01"]) {
      const { createdAt, updatedAt } = postIn(front(fields)).post
      expect([createdAt <= now, createdAt <= updatedAt, updatedAt <= now], fields).toEqual([true, true, true])
    }
  })
})

describe("O7: fields as people and generators write them", () => {
  it.each([
    ["tags: [a, b]", ["a", "b"]],
    ["tags: a, b c", ["a", "b c"]],
    ["tags: one two", ["one two"]],
    ["tags: [true, 2020, '', ~, a]", ["true", "2020", "a"]],
    ["tags: true", undefined],
    ["tags:", undefined],
    ["tags: []", undefined],
    ["tags: ['#a', '#b/c']", ["a", "b/c"]],
    ["categories: [[a, b], [c]]", ["a", "b", "c"]],
    ["categories: [a]\ntags: [A, b]", ["A", "b"]],
    ["category: One thing", ["One thing"]],
    ["taxonomies: {tags: [a], series: [b]}", ["a", "b"]],
    ["tags: [{name: a}, {slug: b}]", ["a", "b"]],
    ["tags: {a: 1}", undefined],
    ["tags:\n  - a: b\n  - c", ["c"]]
  ])("%j", (fields, expected) => {
    expect(propertiesOf(fields).category).toEqual(expected)
  })

  it("Jekyll's lists are separated by spaces, and its single values are not", () => {
    const jekyll: ArchiveSite = { ...plainSite, generator: "jekyll" }
    const tags = (fields: string) => postIn(front(fields), "_posts/2020-01-02-x.md", jekyll).post.properties.category
    expect(tags("tags: one two")).toEqual(["one", "two"])
    expect(tags("tag: one two")).toEqual(["one two"])
    expect(tags("categories: a b\ntags: c, d e")).toEqual(["c", "d e", "a", "b"])
  })

  it.each([
    ["image: px.png", ["px.png"]],
    ["image: /img/px.png", ["/img/px.png"]],
    ["image: https://a.example/x", ["https://a.example/x"]],
    ["image: {path: px.png, alt: A bird}", [{ value: "px.png", alt: "A bird" }]],
    ["image: {url: /a.webp}", ["/a.webp"]],
    ["image: false", undefined],
    ["image: true", undefined],
    ["image:", undefined],
    ["cover: a.jpg", ["a.jpg"]],
    ["cover: {image: a.jpg, alt: A, hidden: true}", [{ value: "a.jpg", alt: "A" }]],
    ["coverImage: a.jpg", ["a.jpg"]],
    ["banner: a.jpg\nbanner_alt: A", ["a.jpg"]],
    ["featured_image: a.jpg", ["a.jpg"]],
    ["featured: true\nthumbnail: a.jpg", ["a.jpg"]],
    ["images: [a.jpg, b.jpg]", ["a.jpg"]],
    ["header: {overlay_image: /a.jpg, teaser: /b.jpg}", ["/a.jpg"]],
    ["resources: [{src: x.pdf}, {name: cover, src: a.jpg}]", ["a.jpg"]],
    ["cover: '[[a.jpg]]'", ["a.jpg"]],
    ["image: 'javascript:alert(1)'", undefined],
    ["photo: 'javascript:alert(1)'", undefined],
    ["photo: [{value: /a.jpg, alt: A}, b.jpg]", ["/a.jpg", "b.jpg"]]
  ])("%j", (fields, expected) => {
    const photo = propertiesOf(fields).photo
    if (fields.startsWith("photo: [")) expect(JSON.stringify(photo)).toContain("b.jpg")
    else expect(photo).toEqual(expected)
  })

  it("an unreadable field is left out and named, and the post is imported", () => {
    const found = postIn(front("title: x\nvideo: true\nrsvp: yes\nlike-of: nothing"))
    expect(found.post.properties).toEqual({ name: ["x"], content: ["Text"], "content-format": ["document"] })
    expect(found.notes).toEqual(
      expect.arrayContaining(["video", "rsvp", "like-of"].map((why) => ({ reason: "field_left_out", why })))
    )
  })

  it("addresses of the old site are kept", () => {
    const addresses = (fields: string) => postIn(front(fields)).oldAddresses
    expect(addresses("permalink: /a/b/")).toContain("/a/b/")
    expect(addresses("url: /c.html")).toContain("/c.html")
    expect(addresses("aliases: [/d/, e]")).toEqual(expect.arrayContaining(["/d/", "/e"]))
    expect(addresses("redirect_from: /f")).toContain("/f")
    expect(addresses("redirect_from: [/g, /h]")).toEqual(expect.arrayContaining(["/g", "/h"]))
    expect(addresses("permalink: https://a.example/2012/01/i/")).toContain("/2012/01/i/")
    expect(addresses("slug: /deep/j")).toContain("/deep/j")
    expect(postIn(front("slug: /deep/j")).post.slug).toBe("j")
  })

  it.each([
    ["no YAML", "---\ntitle: [x\n---\n", "import.front_matter_invalid"],
    ["a front matter that is not closed", "---\ntitle: x\n", "import.front_matter_invalid"],
    ["no TOML", "+++\ntitle = x\n+++\n", "import.front_matter_invalid"],
    ["no JSON", '{"title": "x",}\n', "import.front_matter_invalid"],
    ["a tower of brackets", `+++\nx = ${"[".repeat(50_000)}\n+++\n`, "import.front_matter_invalid"],
    ["an impossible date", "---\ndate: 2024-02-30\n---\nx", "import.post_invalid"],
    ["no date", "---\ndate: soon\n---\nx", "import.post_invalid"]
  ])("%s is refused with the reason", (_, text, code) => {
    expect(
      Either.getOrThrow(Either.flip(readArchiveFile({ path: "x.md", text, modifiedAt }, rulesOf(plainSite)))).info.code
    ).toBe(code)
  })

  it("an unreadable date is ignored if the name has a date", () => {
    expect(postIn(front("date: soon")).post.publishedAt).toBe(Date.parse("2020-01-02"))
  })
})

describe("I10: files that only redirect, and empty notes", () => {
  it.each([
    "redirect: /new/",
    "redirect_to: /new/",
    "layout: redirect\nredirect_url: /new/",
    "layout: redirect\nurl: /new/",
    "redirect_to: [/new/]"
  ])("%j is an old address", (fields) => {
    expect(read(front(fields, ""))).toMatchObject({
      redirectTo: "/new/",
      oldAddresses: expect.arrayContaining(["/2020-01-02-x/"])
    })
  })

  it("an HTML page that only redirects is an old address, too", () => {
    expect(read('<meta http-equiv="refresh" content="0; url=/new/">', "old.html")).toMatchObject({
      redirectTo: "/new/"
    })
  })

  it.each(["", "\n\n", "---\n---\n", "---\ntags: [a]\n---\n\n", "---\ndate: 2020-01-01\n---\n<!-- nothing -->\n"])(
    "%j is empty, not broken",
    (text) => {
      expect(read(text)).toEqual({ heldBack: "empty", why: "is empty" })
    }
  )
})

describe("I13: subtitles and authors", () => {
  it("a subtitle becomes the summary, or is kept beside it", () => {
    expect(propertiesOf("subtitle: S").summary).toEqual(["S"])
    expect(propertiesOf("subtitle: S\ndescription: D")).toMatchObject({ summary: ["D"], subtitle: ["S"] })
  })

  it("authors are kept, and named in the report", () => {
    expect(propertiesOf("author: Ada").author).toEqual(["Ada"])
    expect(propertiesOf("authors: [Ada, {name: Bob, url: https://bob.example/}]").author).toEqual([
      "Ada",
      { type: ["h-card"], properties: { name: ["Bob"], url: ["https://bob.example/"] } }
    ])
    expect(postIn(front("author: Ada")).notes).toContainEqual({
      reason: "author_not_shown",
      why: "has an author, which is kept but not shown"
    })
  })
})
