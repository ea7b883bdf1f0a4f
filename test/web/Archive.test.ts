import { describe, expect, it } from "@effect/vitest"
import { Effect, Option } from "effect"
import { mf2 } from "microformats-parser"
import { blogServer } from "../fixtures/BlogServer.js"
import { post } from "../fixtures/SamplePost.js"

const site = "https://me.example"

const kinds = [
  post({ id: 1, publishedAt: Date.UTC(2019, 4, 2), properties: { content: ["A note"] } }),
  post({ id: 2, publishedAt: Date.UTC(2024, 1, 29), properties: { name: ["An article"], content: ["Its text"] } }),
  post({ id: 3, publishedAt: Date.UTC(2026, 10, 3), properties: { photo: [{ value: "/x.jpg", alt: "A river" }] } }),
  post({ id: 4, publishedAt: Date.UTC(2026, 10, 5), properties: { "bookmark-of": ["https://other.example/"] } }),
  post({
    id: 5,
    publishedAt: Date.UTC(2026, 10, 6),
    properties: { "post-type": ["page"], name: ["About"] },
    slug: "me"
  }),
  post({
    id: 6,
    publishedAt: Date.UTC(2026, 10, 7),
    visibility: "unlisted",
    properties: { "like-of": ["https://a.example"] }
  }),
  post({ id: 7, publishedAt: Date.now() + 86_400_000, properties: { "repost-of": ["https://other.example/2"] } })
]

describe("lists by kind", () => {
  it.scopedLive("have the posts of their kind, with feeds, and are not found without posts", () =>
    Effect.gen(function* () {
      const { get, text } = yield* blogServer(kinds)
      for (const [path, slug] of Object.entries({
        "/notes": "post-1",
        "/articles": "post-2",
        "/photos": "post-3",
        "/links": "post-4"
      })) {
        const html = yield* text(path)
        const { items, rels } = mf2(html, { baseUrl: `${site}${path}` })
        const feed = items.find((item) => item.type?.includes("h-feed"))
        expect(
          feed?.children?.map((entry) => entry.properties.url),
          path
        ).toEqual([[`${site}/notes/${slug}`]])
        expect(rels.alternate?.slice(0, 3)).toEqual(["rss", "atom", "json"].map((end) => `${site}${path}/feed.${end}`))
        const json = JSON.parse(yield* text(`${path}/feed.json`))
        expect(json.items.map((item: { readonly url: string }) => item.url)).toEqual([`${site}/notes/${slug}`])
        expect(json.home_page_url).toBe(`${site}${path}`)
        for (const end of ["rss", "atom"]) expect(yield* text(`${path}/feed.${end}`)).toContain(`${site}/notes/${slug}`)
      }
      // Without posts that visitors may list: none, unlisted, scheduled.
      for (const path of ["/replies", "/likes", "/reposts", "/likes/feed.rss", "/reposts/feed.json"]) {
        expect((yield* get(path)).status, path).toBe(404)
      }
    })
  )

  it.scopedLive("show photos as a grid with their descriptions", () =>
    Effect.gen(function* () {
      const html = yield* (yield* blogServer(kinds)).text("/photos")
      expect(html).toContain('<main id="main" class="grid">')
      expect(html).toMatch(
        /<ul class="photos"><li class="h-entry"><a class="u-url" href="\/notes\/post-3"><img class="u-photo"[^>]* alt="A river"/
      )
    })
  )
})

describe("archive", () => {
  it.scopedLive("has years and months with counts, and a page for each", () =>
    Effect.gen(function* () {
      const { get, text } = yield* blogServer(kinds)
      const html = yield* text("/archive")
      expect(html).toContain("4 posts since May 2019")
      expect(html.match(/href="\/archive\/[^"]*"/g)).toEqual([
        'href="/archive/2026"',
        'href="/archive/2026/11"',
        'href="/archive/2024"',
        'href="/archive/2024/02"',
        'href="/archive/2019"',
        'href="/archive/2019/05"',
        'href="/archive/2026/11"'
      ])
      expect(html).toContain("November 2026, 2 posts")
      // The posts of the newest month follow.
      expect(html.match(/<a class="u-url p-name" href="[^"]*"/g)).toEqual([
        '<a class="u-url p-name" href="/notes/post-4"',
        '<a class="u-url p-name" href="/notes/post-3"'
      ])
      const month = yield* text("/archive/2026/11")
      expect(mf2(month, { baseUrl: site }).items.map(({ children }) => children?.length)).toContain(2)
      expect(month).toContain("Photo: ")
      expect(yield* text("/archive/2024")).toContain("An article")
      expect((yield* get("/archive/2026/3")).headers.get("location")).toBe("/archive/2026/03")
      for (const path of [
        "/archive/2026/10",
        "/archive/2020",
        "/archive/0",
        "/archive/2026/13",
        "/archive/x",
        "/archive/2026/11/03"
      ]) {
        expect((yield* get(path)).status, path).toBe(404)
      }
    })
  )

  it.scopedLive("is not found on a site without posts", () =>
    Effect.gen(function* () {
      expect((yield* (yield* blogServer([])).get("/archive")).status).toBe(404)
    })
  )

  it.scopedLive("begins months in the site's time zone", () =>
    Effect.gen(function* () {
      const late = post({ id: 1, publishedAt: Date.UTC(2026, 0, 31, 23, 30) })
      const early = post({ id: 2, publishedAt: Date.UTC(2026, 2, 1, 3, 0) })
      const berlin = yield* blogServer([late, early], { siteTimeZone: Option.some("Europe/Berlin") })
      expect((yield* berlin.text("/archive")).match(/\/archive\/2026\/\d\d/g)).toEqual([
        "/archive/2026/02",
        "/archive/2026/03",
        "/archive/2026/03"
      ])
      expect(yield* berlin.text("/archive/2026/02")).toContain("/notes/post-1")
      expect((yield* berlin.get("/archive/2026/01")).status).toBe(404)
      const york = yield* blogServer([late, early], { siteTimeZone: Option.some("America/New_York") })
      expect((yield* york.text("/archive")).match(/\/archive\/2026\/\d\d/g)).toEqual([
        "/archive/2026/01",
        "/archive/2026/02",
        "/archive/2026/02"
      ])
      expect(yield* york.text("/archive/2026/02")).toContain("/notes/post-2")
    })
  )
})

describe("/feed", () => {
  const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

  it.scopedLive("is a page for browsers and a feed for all others", () =>
    Effect.gen(function* () {
      const { get } = yield* blogServer(kinds)
      const type = (accept?: string) =>
        Effect.map(get("/feed", accept === undefined ? {} : { headers: { accept } }), (response) => {
          expect(response.headers.get("vary")).toMatch(/\bAccept\b(?!-)/)
          return response.headers.get("content-type")?.split(";")[0]
        })
      expect(yield* type(browser)).toBe("text/html")
      expect(yield* type("text/html")).toBe("text/html")
      expect(yield* type("*/*")).toBe("application/rss+xml")
      expect(yield* type("application/rss+xml, text/html;q=0.5")).toBe("application/rss+xml")
      // Readers that take pages too, in any order.
      expect(yield* type("text/html, application/atom+xml;q=0.9, */*;q=0.1")).not.toBe("text/html")
      expect(yield* type("application/xml, text/html;q=0.9")).toBe("application/xml")
    })
  )

  it.scopedLive("offers the feeds of the site, of its kinds and of recent tags", () =>
    Effect.gen(function* () {
      const tagged = post({ id: 9, properties: { content: ["x"], category: ["Bread & Salt"] } })
      const html = yield* (yield* blogServer([...kinds, tagged])).text("/feed", { headers: { accept: browser } })
      expect(html).toContain(`<input id="feed-address" readonly value="${site}/feed"`)
      for (const path of ["", "/notes", "/articles", "/photos", "/links", "/tag/bread-%26-salt"]) {
        for (const end of ["rss", "atom", "json"]) expect(html).toContain(`href="${path}/feed.${end}"`)
      }
      expect(html).not.toContain("/likes/feed.rss")
    })
  )
})

describe("on this day", () => {
  it.scopedLive("has the posts of a day in every year, and leads to the present day", () =>
    Effect.gen(function* () {
      const { get, text } = yield* blogServer([
        post({ id: 1, publishedAt: Date.UTC(2020, 1, 29, 12) }),
        post({ id: 2, publishedAt: Date.UTC(2024, 1, 29, 12) }),
        post({ id: 3, publishedAt: Date.UTC(2024, 1, 28, 23, 30) }),
        post({ id: 4, publishedAt: Date.UTC(2025, 2, 1, 0, 30) })
      ])
      const html = yield* text("/on-this-day/02-29")
      expect(html.match(/\/notes\/post-\d/g)).toEqual(["/notes/post-2", "/notes/post-1"])
      expect(html).toContain('href="/on-this-day/02-28"')
      expect(html).toContain('href="/on-this-day/03-01"')
      expect(yield* text("/on-this-day/12-31")).toContain('<meta name="robots" content="noindex"/>')
      for (const day of ["02-30", "13-01", "1-1", "00-00"]) {
        expect((yield* get(`/on-this-day/${day}`)).status, day).toBe(404)
      }
      const today = yield* get("/on-this-day")
      expect([today.status, today.headers.get("cache-control")]).toEqual([302, "no-store"])
      expect(today.headers.get("location")).toMatch(/^\/on-this-day\/\d\d-\d\d$/)
    })
  )
})

describe("the home page and the menu", () => {
  const menuIn = (html: string) =>
    [...(/<ul class="menu">(.*?)<\/ul>/.exec(html)?.[1] ?? "").matchAll(/href="([^"]*)"/g)].map(([, href]) => href)

  it.scopedLive("show pinned posts first, once, and kinds that have posts", () =>
    Effect.gen(function* () {
      const pinned = post({ id: 8, publishedAt: 1_000, properties: { content: ["Keep me"], pinned: ["true"] } })
      const { text } = yield* blogServer([...kinds, pinned])
      const html = yield* text("/")
      expect(html.match(/class="[^"]*u-url" href="[^"]*\/notes\/post-\d/g)?.map((link) => link.at(-1))).toEqual([
        ...["8", "4", "3", "2", "1"]
      ])
      expect(menuIn(html).slice(0, 5)).toEqual(["/articles", "/notes", "/photos", "/links", "/archive"])
      const list = yield* text("/articles")
      expect(list).toContain('<a href="/articles" aria-current="page"')
      expect(yield* (yield* blogServer([])).text("/")).not.toContain('href="/archive"')
    })
  )
})

describe("newer and older posts", () => {
  it.scopedLive("are below a post with their titles, without pages and what is not public", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer(kinds)
      const html = yield* text("/notes/post-3")
      expect(html).toMatch(/<a class="newer" rel="prev" href="\/notes\/post-4">.*Bookmark/)
      expect(html).toMatch(/<a class="older" rel="next" href="\/notes\/post-2">.*An article/)
      expect(html).toContain('<link rel="prev" href="https://me.example/notes/post-4"/>')
      expect(yield* text("/notes/post-4")).not.toContain('class="newer"')
      expect(yield* text("/notes/post-1")).not.toContain('class="older"')
      for (const path of ["/me", "/notes/post-6"]) expect(yield* text(path)).not.toContain('class="pager"')
    })
  )
})
