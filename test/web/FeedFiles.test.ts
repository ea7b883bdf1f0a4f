import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { XMLParser } from "fast-xml-parser"
import { unchangedSettings } from "../../src/services/SiteSettings.js"
import { makeSite } from "../../src/web/theme/Site.js"
import { blogServer, settings } from "../fixtures/BlogServer.js"
import { atom, jsonFeed, makeFeed, rss } from "../fixtures/FeedTexts.js"
import { post } from "../fixtures/SamplePost.js"

const home = "https://me.example"
const parser = new XMLParser({ attributeNamePrefix: "@", ignoreAttributes: false, isArray: (name) => name === "link" })
const subject = {
  site: makeSite(settings, unchangedSettings),
  title: "Notes",
  page: `${home}/`,
  self: `${home}/feed`,
  firstOrigin: home
}

const sound = `${"a".repeat(32)}.mp3`
const film = `${"b".repeat(32)}.mp4`
const talk = post({
  id: 1,
  properties: {
    content: ["A talk"],
    video: [`/media/${film}`],
    audio: [`/media/${sound}`, "https://other.example/x.mp3"]
  }
})
const sizes = new Map([
  ["a".repeat(32), 123_456],
  ["b".repeat(32), 9]
])

describe("P2: recordings and videos in feeds", () => {
  const feed = makeFeed(subject, [talk], sizes)

  it("are an enclosure of RSS, the recording before the video", () => {
    expect(parser.parse(rss(feed)).rss.channel.item.enclosure).toEqual({
      "@url": `${home}/media/${sound}`,
      "@length": "123456",
      "@type": "audio/mpeg"
    })
  })

  it("are enclosures of Atom, and attachments with their size of JSON Feed", () => {
    const links = parser
      .parse(atom(feed))
      .feed.entry.link.filter((link: { "@rel": string }) => link["@rel"] !== "alternate")
    expect(links).toEqual([
      { "@rel": "enclosure", "@type": "audio/mpeg", "@length": "123456", "@href": `${home}/media/${sound}` },
      { "@rel": "enclosure", "@type": "video/mp4", "@length": "9", "@href": `${home}/media/${film}` }
    ])
    expect(JSON.parse(jsonFeed(feed)).items[0].attachments).toEqual([
      { url: `${home}/media/${sound}`, mime_type: "audio/mpeg", size_in_bytes: 123_456 },
      { url: `${home}/media/${film}`, mime_type: "video/mp4", size_in_bytes: 9 }
    ])
  })

  it("have no size if their file is missing", () => {
    const gone = makeFeed(subject, [talk])
    expect(parser.parse(rss(gone)).rss.channel.item.enclosure["@length"]).toBe("0")
    expect(JSON.parse(jsonFeed(gone)).items[0].attachments[0]).not.toHaveProperty("size_in_bytes")
  })
})

describe("P3: the size of a feed", () => {
  const long = (id: number, length: number) =>
    post({ id, properties: { content: [{ html: `<p>${"& ".repeat(length)}</p>` }] } })

  it("is at most a megabyte: the oldest posts are left out", () => {
    const feed = makeFeed(
      subject,
      Array.from({ length: 50 }, (_, index) => long(50 - index, 10_000))
    )
    expect(feed.items.length).toBeGreaterThan(5)
    expect(feed.items.map(({ post }) => post.id)).toEqual(feed.items.map((_, index) => 50 - index))
    for (const write of [rss, atom, jsonFeed]) {
      expect(Buffer.byteLength(write(feed))).toBeLessThan(1_200_000)
    }
  })

  it("includes the newest post whatever its size", () => {
    expect(makeFeed(subject, [long(2, 300_000), long(1, 1)]).items.map(({ post }) => post.id)).toEqual([2])
  })
})

describe("pages about posts elsewhere", () => {
  it.scopedLive("P4: relative links of a note have the same target in lists as on its own page", () =>
    Effect.gen(function* () {
      const html = '<p><a href="part-2">a</a> <a href="#b">b</a> <a href="?c">c</a> <a href="/d">d</a></p>'
      const { text } = yield* blogServer([
        post({ slug: "part-1", properties: { content: [{ html }], category: ["t"] } })
      ])
      const there = `${home}/notes/`
      for (const list of ["/", "/tag/t"]) {
        const page = yield* text(list)
        for (const href of [`${there}part-2`, `${there}part-1?c`, "/d"]) {
          expect(page).toContain(`href="${href}"`)
        }
      }
      expect(yield* text("/notes/part-1")).toContain('<a href="part-2">a</a>')
    })
  )

  it.scopedLive("S13: unlisted posts have noindex in head and header, and public ones do not", () =>
    Effect.gen(function* () {
      const { get } = yield* blogServer([
        post({ id: 1, slug: "hidden", visibility: "unlisted" }),
        post({ id: 2, slug: "shown" })
      ])
      const of = (path: string) =>
        Effect.flatMap(get(path), (response) =>
          Effect.map(
            Effect.promise(() => response.text()),
            (body) => [response.headers.get("x-robots-tag"), body.includes('name="robots" content="noindex"')]
          )
        )
      expect(yield* of("/notes/hidden")).toEqual(["noindex", true])
      expect(yield* of("/notes/shown")).toEqual([null, false])
      const { headers } = yield* get("/notes/hidden")
      const again = yield* get("/notes/hidden", { headers: { "if-none-match": headers.get("etag") ?? "" } })
      expect([again.status, again.headers.get("x-robots-tag")]).toEqual([304, "noindex"])
    })
  )

  it.scopedLive("P6: the home page allows CORS, feeds have a date, and a tag leads nowhere else", () =>
    Effect.gen(function* () {
      const { get, text } = yield* blogServer([post({ properties: { content: ["x"], category: ["..", ".", "..."] } })])
      const first = yield* get("/")
      expect(first.headers.get("access-control-allow-origin")).toBe("*")
      expect(first.headers.get("access-control-expose-headers")).toBe("Link")
      const feed = yield* get("/feed.rss")
      const date = feed.headers.get("last-modified") ?? ""
      expect(Date.parse(date)).toBeGreaterThan(0)
      expect((yield* get("/feed.rss", { headers: { "if-modified-since": date } })).status).toBe(304)
      const page = yield* text("/")
      expect(page).not.toContain('/tag/.."')
      expect(page).toContain(`${home}/tag/...`)
    })
  )

  it.scopedLive("S10: entity tags are opaque", () =>
    Effect.gen(function* () {
      const { get } = yield* blogServer([post()])
      for (const path of ["/", "/feed.rss", "/feed.atom"]) {
        expect((yield* get(path)).headers.get("etag")).toMatch(/^W\/"[\w-]{22}"$/)
      }
    })
  )
})
