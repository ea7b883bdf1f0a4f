import { describe, expect, it } from "@effect/vitest"
import { Effect, FastCheck } from "effect"
import { XMLParser, XMLValidator } from "fast-xml-parser"
import { unchangedSettings } from "../../src/services/SiteSettings.js"
import { negotiate } from "../../src/web/feeds/Format.js"
import { opml } from "../../src/web/feeds/Opml.js"
import { makeSite } from "../../src/web/theme/Site.js"
import { blogServer, settings } from "../fixtures/BlogServer.js"
import { atom, jsonFeed, makeFeed, rss } from "../fixtures/FeedTexts.js"
import { post } from "../fixtures/SamplePost.js"

const site = "https://me.example"

const parser = new XMLParser({
  attributeNamePrefix: "@",
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  isArray: (name) => ["item", "entry", "category", "outline"].includes(name)
})

const parse = (xml: string) => {
  expect(XMLValidator.validate(xml)).toBe(true)
  return parser.parse(xml)
}

const note = post({
  id: 1,
  publishedAt: Date.UTC(2026, 10, 22, 8, 5, 9),
  properties: { content: ["Tea & *biscuits*"] }
})
const article = post({
  id: 2,
  slug: "article",
  publishedAt: Date.UTC(2026, 10, 23, 19, 40, 35),
  createdAt: Date.UTC(2026, 10, 23, 19, 40, 35),
  updatedAt: Date.UTC(2026, 10, 24, 7, 0, 0),
  properties: {
    name: ["Fish & <chips>"],
    summary: ["All about it"],
    content: [
      { html: '<p>Read <a href="/notes/post-1">this</a>, see <img src="//cdn.example/a.jpg" alt="a > b"></p>' }
    ],
    category: ["R&D", "food"]
  }
})
const photo = post({
  id: 3,
  publishedAt: Date.UTC(2026, 10, 20),
  properties: { photo: [{ value: "/media/a.jpg", alt: "A cat" }], "like-of": ["https://other.example/1"] }
})
const all = [note, article, photo]

describe("RSS", () => {
  it.scopedLive("contains the channel and its items, newest first, without made-up titles", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer(all)
      const { channel } = parse(yield* text("/feed.rss")).rss
      expect(channel).toMatchObject({
        title: "Margins & Stars",
        link: `${site}/`,
        description: "Notes from the edge of the page",
        language: "en",
        lastBuildDate: "Tue, 24 Nov 2026 07:00:00 GMT",
        "atom:link": { "@href": `${site}/feed.rss`, "@rel": "self", "@type": "application/rss+xml" }
      })
      const [first, second, third] = channel.item
      expect(first).toMatchObject({
        title: "Fish & <chips>",
        link: `${site}/notes/article`,
        guid: { "#text": "urn:starpunk:test:2", "@isPermaLink": "false" },
        pubDate: "Mon, 23 Nov 2026 19:40:35 GMT",
        category: ["R&D", "food"],
        description: "<p>All about it</p>"
      })
      expect(first["content:encoded"]).toContain(`href="${site}/notes/post-1"`)
      expect(second).not.toHaveProperty("title")
      expect(second.description).toBe("<p>Tea &amp; <em>biscuits</em></p>")
      expect(third.description).toContain(`<img class="u-photo" src="${site}/media/a.jpg" alt="A cat"`)
      expect(third.description).toContain('<a class="u-like-of h-cite" href="https://other.example/1"')
      expect(yield* text("/feed.xml")).toBe(yield* text("/feed.rss"))
    })
  )
})

describe("Atom", () => {
  it.scopedLive("has what RFC 4287 demands of a feed and of each entry", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer(all)
      const { feed } = parse(yield* text("/feed.atom"))
      expect(feed).toMatchObject({
        "@xmlns": "http://www.w3.org/2005/Atom",
        id: `${site}/`,
        title: "Margins & Stars",
        updated: "2026-11-24T07:00:00.000Z",
        author: { name: "Ada Example", uri: `${site}/` }
      })
      expect(feed.link).toContainEqual({
        "@rel": "self",
        "@type": "application/atom+xml",
        "@href": `${site}/feed.atom`
      })
      expect(feed.entry.map((entry: { id: string }) => entry.id)).toEqual(
        [article, note, photo].map(({ feedId }) => feedId)
      )
      expect(feed.entry[0]).toMatchObject({
        title: "Fish & <chips>",
        published: "2026-11-23T19:40:35.000Z",
        updated: "2026-11-24T07:00:00.000Z",
        category: [{ "@term": "R&D" }, { "@term": "food" }],
        summary: "All about it"
      })
      expect(feed.entry[1]).toMatchObject({
        title: "",
        updated: "2026-11-22T08:05:09.000Z",
        content: { "@type": "html", "#text": "<p>Tea &amp; <em>biscuits</em></p>" }
      })
    })
  )
})

describe("JSON Feed", () => {
  it.scopedLive("is version 1.1 with the extension of StarPunk (Python)", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer(all)
      const feed = JSON.parse(yield* text("/feed.json"))
      expect(feed).toMatchObject({
        version: "https://jsonfeed.org/version/1.1",
        title: "Margins & Stars",
        home_page_url: `${site}/`,
        feed_url: `${site}/feed.json`,
        authors: [{ name: "Ada Example", url: `${site}/` }]
      })
      expect(feed.items[0]).toMatchObject({
        id: "urn:starpunk:test:2",
        url: `${site}/notes/article`,
        title: "Fish & <chips>",
        tags: ["R&D", "food"],
        date_published: "2026-11-23T19:40:35.000Z",
        date_modified: "2026-11-24T07:00:00.000Z"
      })
      expect(feed.items[1]).toMatchObject({ _starpunk: { permalink_path: "/notes/post-1", word_count: 2 } })
      expect(feed.items[1]).not.toHaveProperty("title")
      expect(feed.items[2].image).toBe(`${site}/media/a.jpg`)
    })
  )
})

describe("every feed", () => {
  it.scopedLive("is bounded, for everything public or for one tag", () =>
    Effect.gen(function* () {
      const many = Array.from({ length: 60 }, (_, index) =>
        post({
          id: index + 1,
          publishedAt: index,
          properties: { content: [`n${index}`], category: index < 2 ? ["few"] : [] }
        })
      )
      const { get, text } = yield* blogServer(many)
      expect(JSON.parse(yield* text("/feed.json")).items).toHaveLength(50)
      expect(JSON.parse(yield* text("/feed.json")).items[0].url).toBe(`${site}/notes/post-60`)
      const tagged = JSON.parse(yield* text("/tag/few/feed.json"))
      expect(tagged.items.map((item: { url: string }) => item.url)).toEqual([
        `${site}/notes/post-2`,
        `${site}/notes/post-1`
      ])
      expect(tagged.feed_url).toBe(`${site}/tag/few/feed.json`)
      expect(parse(yield* text("/tag/few/feed.atom")).feed.entry).toHaveLength(2)
      expect((yield* get("/tag/none/feed.rss")).status).toBe(404)
    })
  )

  it.scopedLive("has at most half a megabyte of posts, but the newest one however long it is", () =>
    Effect.gen(function* () {
      const long = (length: number, count: number) =>
        Array.from({ length: count }, (_, index) =>
          post({
            id: index + 1,
            publishedAt: Date.UTC(2026, 10, index + 1),
            properties: { name: [`Part ${index + 1}`], content: [{ html: `<p>${"word ".repeat(length / 5)}</p>` }] }
          })
        )
      const itemsOf = (length: number, count: number) =>
        Effect.gen(function* () {
          const { text } = yield* blogServer(long(length, count))
          return JSON.parse(yield* text("/feed.json")).items.map(({ title }: { readonly title: string }) => title)
        })
      expect(yield* itemsOf(10_000, 8)).toHaveLength(8)
      expect(yield* itemsOf(100_000, 6)).toEqual(["Part 6", "Part 5", "Part 4", "Part 3", "Part 2"])
      expect(yield* itemsOf(600_000, 2)).toEqual(["Part 2"])
    })
  )

  it.scopedLive("is valid without posts", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([])
      expect(parse(yield* text("/feed.rss")).rss.channel).not.toHaveProperty("item")
      expect(parse(yield* text("/feed.atom")).feed.updated).toBe("1970-01-01T00:00:00.000Z")
      expect(JSON.parse(yield* text("/feed.json")).items).toEqual([])
    })
  )

  // Any UTF-16 at all, lone surrogates and control characters included, with the endings of CDATA and tags mixed in.
  const anything = FastCheck.array(
    FastCheck.oneof(
      FastCheck.string({ unit: "binary" }),
      FastCheck.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      FastCheck.constantFrom("]]>", "<![CDATA[", "</description>", "&amp;", "&#0;", "<!--", "<?xml", "\uFFFE", "\uD800")
    ),
    { maxLength: 8 }
  ).map((parts) => parts.join(""))

  it.prop(
    "is well-formed, and keeps its titles, for any content",
    { name: anything, summary: anything, text: anything, html: anything, tag: anything },
    ({ html, name, summary, tag, text }) => {
      const subject = {
        site: { ...makeSite(settings, unchangedSettings), name, description: summary },
        title: name,
        page: `${site}/`,
        self: `${site}/feed`,
        firstOrigin: site
      }
      const feed = makeFeed(subject, [
        post({ id: 1, properties: { name: [name], summary: [summary], content: [text], category: [tag] } }),
        post({ id: 2, properties: { content: [{ html }], photo: [{ value: "https://a.example/", alt: text }] } })
      ])
      const legal = (value: string) =>
        value.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
      const title = (feed.items[0]?.entry.title ?? "").replace(/\r\n?/g, "\n")
      for (const xml of [rss(feed), atom(feed), opml(subject.site)]) {
        expect(XMLValidator.validate(xml)).toBe(true)
        expect(legal(xml)).toBe(xml)
      }
      const items = parse(rss(feed)).rss.channel.item
      expect(items).toHaveLength(2)
      expect(items[0].title ?? "").toBe(legal(title))
      expect(JSON.parse(jsonFeed(feed)).items).toHaveLength(2)
    }
  )
})

describe("/feed", () => {
  it.each([
    [undefined, "rss", "application/rss+xml"],
    ["*/*", "rss", "application/rss+xml"],
    ["text/html,application/xhtml+xml,*/*;q=0.8", "rss", "application/rss+xml"],
    ["application/rss+xml", "rss", "application/rss+xml"],
    ["application/atom+xml", "atom", "application/atom+xml"],
    ["application/feed+json", "json", "application/feed+json"],
    ["application/json", "json", "application/json"],
    ["application/xml", "rss", "application/xml"],
    ["APPLICATION/ATOM+XML", "atom", "application/atom+xml"],
    ["application/rss+xml;q=0.5, application/atom+xml;q=0.9", "atom", "application/atom+xml"],
    ["application/json;q=0.9, */*;q=0.1", "json", "application/json"],
    ["application/rss+xml;q=0, */*", "atom", "application/atom+xml"],
    ["image/png, text/html", undefined, undefined],
    ["application/rss+xml;q=0", undefined, undefined]
  ])("accepts %s as %s", (accept, extension, mediaType) => {
    const wanted = negotiate(accept)
    expect([wanted?.format.extension, wanted?.mediaType]).toEqual([extension, mediaType])
  })

  it.scopedLive("negotiates the format with Vary, and refuses others with advice", () =>
    Effect.gen(function* () {
      const { get } = yield* blogServer(all)
      const response = yield* get("/feed", { headers: { accept: "application/atom+xml" } })
      expect(response.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8")
      expect(response.headers.get("vary")).toBe("Accept, accept-encoding")
      const other = yield* get("/feed", { headers: { accept: "application/feed+json" } })
      expect(other.headers.get("etag")).not.toBe(response.headers.get("etag"))
      const refused = yield* get("/feed", { headers: { accept: "image/png" } })
      expect(refused.status).toBe(406)
      expect(yield* Effect.promise(() => refused.text())).toContain("application/rss+xml")
    })
  )

  it.scopedLive("has a subscription list of every format", () =>
    Effect.gen(function* () {
      const { get } = yield* blogServer(all)
      const response = yield* get("/opml.xml")
      expect(response.headers.get("content-type")).toBe("text/x-opml; charset=utf-8")
      const { opml: list } = parse(yield* Effect.promise(() => response.text()))
      expect(list["@version"]).toBe("2.0")
      expect(list.body.outline.map((outline: { "@xmlUrl": string }) => outline["@xmlUrl"])).toEqual(
        ["rss", "atom", "json"].map((format) => `${site}/feed.${format}`)
      )
    })
  )
})
