import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { mf2 } from "microformats-parser"
import { blogServer } from "../fixtures/BlogServer.js"
import { post } from "../fixtures/SamplePost.js"

const site = "https://me.example"

const parsed = (html: string, path: string) => mf2(html, { baseUrl: `${site}${path}` })

/** The path and query of an address of the site. */
const pathOf = (url: string) => url.slice(site.length)

const tomorrow = Date.now() + 86_400_000

describe("home page", () => {
  it.scopedLive("is an h-feed of h-entries, newest first, with the owner's representative h-card", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([
        post({ id: 1, publishedAt: 1_000 }),
        post({ id: 3, publishedAt: 2_000 }),
        post({ id: 2, publishedAt: 2_000, properties: { "like-of": ["https://other.example/"] } })
      ])
      const { items, rels } = parsed(yield* text("/"), "/")
      const feed = items.find((item) => item.type?.includes("h-feed"))
      expect(feed?.children?.map((entry) => entry.properties.url)).toEqual([
        [`${site}/notes/post-3`],
        [`${site}/notes/post-2`],
        [`${site}/notes/post-1`]
      ])
      for (const entry of feed?.children ?? []) {
        expect(entry.properties).not.toHaveProperty("name")
        expect(entry.properties.author).toMatchObject([{ properties: { url: [`${site}/`] } }])
      }
      expect(feed?.properties.name).toEqual(["Margins & Stars"])
      // Representative: its url and uid are the page's own address.
      const cards = items.filter((item) => item.type?.includes("h-card"))
      expect(cards.map((card) => card.properties)).toEqual([
        { name: ["Ada Example"], url: [`${site}/`], uid: [`${site}/`] }
      ])
      expect(feed?.properties.author).toMatchObject([{ properties: { name: ["Ada Example"], url: [`${site}/`] } }])
      expect(rels.micropub).toEqual([`${site}/micropub`])
      expect(rels.canonical).toEqual([`${site}/`])
      expect(rels.alternate).toEqual([`${site}/feed.rss`, `${site}/feed.atom`, `${site}/feed.json`, `${site}/opml.xml`])
      expect(rels.webmention).toBeUndefined()
      expect(rels.authorization_endpoint).toEqual([`${site}/indieauth/authorize`])
    })
  )

  it.scopedLive("welcomes visitors of a site without posts", () =>
    Effect.gen(function* () {
      const { get } = yield* blogServer([])
      const response = yield* get("/")
      expect(response.status).toBe(200)
      const html = yield* Effect.promise(() => response.text())
      expect(html).toContain("Nothing published yet")
      expect(html).not.toContain('class="pager"')
    })
  )

  it.scopedLive("can be paged both ways, each post once, also where many have the same time", () =>
    Effect.gen(function* () {
      const all = Array.from({ length: 67 }, (_, index) => post({ id: index + 1, publishedAt: Math.floor(index / 25) }))
      const { text } = yield* blogServer(all)
      const walk = (path: string, rel: "next" | "prev"): Effect.Effect<ReadonlyArray<ReadonlyArray<string>>> =>
        Effect.gen(function* () {
          const { items, rels } = parsed(yield* text(path), path)
          const feed = items.find((item) => item.type?.includes("h-feed"))
          const urls = (feed?.children ?? []).map((entry) => String(entry.properties.url?.[0]))
          const [next, ...others] = rels[rel] ?? []
          expect(others, "the head and the foot of the page say the same").toEqual([])
          return next === undefined ? [urls] : [urls, ...(yield* walk(pathOf(next), rel))]
        })
      const older = yield* walk("/", "next")
      expect(older.map((page) => page.length)).toEqual([20, 20, 20, 7])
      expect(older.flat()).toEqual(all.toReversed().map(({ slug }) => `${site}/notes/${slug}`))

      const last = parsed(yield* text("/?before=0_8"), "/?before=0_8")
      const newer = yield* walk(pathOf(String(last.rels.prev?.[0])), "prev")
      expect(newer.toReversed().flat()).toEqual(older.slice(0, 3).flat())
    })
  )

  it.scopedLive.each([
    "before=",
    "before=abc",
    "after=1_2_3",
    "before=1e3_1",
    "before=1_1&after=1_1",
    "before=1_1&before=2_2",
    "before=99999999999999999_1"
  ])("refuses an invalid position in the list: %s", (query) =>
    Effect.gen(function* () {
      const { get } = yield* blogServer([post()])
      const response = yield* get(`/?${query}`)
      expect(response.status).toBe(400)
    })
  )

  it.scopedLive("ignores unknown parameters", () =>
    Effect.gen(function* () {
      const { get } = yield* blogServer([post()])
      expect((yield* get("/?utm_source=x&fbclid=y")).status).toBe(200)
    })
  )
})

describe("permalink", () => {
  it.scopedLive("is a complete h-entry at its canonical address", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([
        post({
          slug: "hello",
          publishedAt: Date.UTC(2026, 10, 23, 19, 40, 35),
          updatedAt: Date.UTC(2026, 10, 24, 8, 0, 0),
          properties: {
            content: ["Hello *world*"],
            category: ["Slow Web", "日本語"],
            photo: [{ value: "https://cdn.example/a.jpg?x=1&y=2", alt: 'A "star"' }, "/media/b.jpg"],
            "in-reply-to": [
              { type: ["h-cite"], properties: { url: ["https://other.example/1"], name: ["Their post"] } }
            ],
            video: ["https://cdn.example/film.mp4"],
            audio: ["data:audio/wav;base64,AAAA"],
            "like-of": ["javascript:alert(1)"]
          }
        })
      ])
      const html = yield* text("/notes/hello")
      const { items, rels } = parsed(html, "/notes/hello")
      const entries = items.filter((item) => item.type?.includes("h-entry"))
      expect(entries).toHaveLength(1)
      const properties = entries[0]?.properties
      expect(properties).toMatchObject({
        url: [`${site}/notes/hello`],
        uid: [`${site}/notes/hello`],
        published: ["2026-11-23T19:40:35.000Z"],
        updated: ["2026-11-24T08:00:00.000Z"],
        category: ["Slow Web", "日本語"],
        photo: [{ value: "https://cdn.example/a.jpg?x=1&y=2", alt: 'A "star"' }, `${site}/media/b.jpg`],
        video: ["https://cdn.example/film.mp4"],
        "in-reply-to": [
          {
            type: ["h-cite"],
            value: "https://other.example/1",
            properties: { name: ["Their post"], url: ["https://other.example/1"] }
          }
        ],
        author: [{ type: ["h-card"], properties: { name: ["Ada Example"], url: [`${site}/`] } }]
      })
      expect(properties?.content).toMatchObject([{ html: "<p>Hello <em>world</em></p>", value: "Hello world" }])
      expect(properties).not.toHaveProperty("name")
      expect(properties).not.toHaveProperty("like-of")
      expect(properties).not.toHaveProperty("audio")
      expect(html).not.toContain("javascript:")
      expect(rels.canonical).toEqual([`${site}/notes/hello`])
      expect(rels.tag).toEqual([`${site}/tag/slow-web`, `${site}/tag/${encodeURIComponent("日本語")}`])
    })
  )

  it.scopedLive("has a p-name where the post has one, and escapes it", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([
        post({ slug: "article", properties: { name: ["<b>Fish</b> & chips"], content: ["Long read"] } })
      ])
      const html = yield* text("/notes/article")
      expect(parsed(html, "/").items[0]?.properties.name).toEqual(["<b>Fish</b> & chips"])
      expect(html).toContain("<title>&lt;b>Fish&lt;/b> &amp; chips · Margins &amp; Stars</title>")
    })
  )

  it.scopedLive("has an address at most 200 characters long", () =>
    Effect.gen(function* () {
      const slug = "a".repeat(200)
      const { get } = yield* blogServer([post({ slug })])
      expect((yield* get(`/notes/${slug}`)).status).toBe(200)
    })
  )

  it.scopedLive("the original's address redirects to it", () =>
    Effect.gen(function* () {
      const { get } = yield* blogServer([post()])
      const response = yield* get("/note/post-1")
      expect([response.status, response.headers.get("location")]).toEqual([301, "/notes/post-1"])
      for (const odd of ["/note/..%2f", "/note/A", "/note/%0d%0ax", "/notes/Post-1", "/notes/post_1"]) {
        expect((yield* get(odd)).status).toBeGreaterThanOrEqual(400)
      }
    })
  )
})

describe("visibility", () => {
  const everyone = { permalink: 200, listed: true }
  const byAddress = { permalink: 200, listed: false }
  const nobody = { permalink: 404, listed: false }
  const gone = { permalink: 410, listed: false }
  it.scopedLive.each([
    { name: "a public post", overrides: {}, seen: everyone },
    { name: "an unlisted post", overrides: { visibility: "unlisted" }, seen: byAddress },
    { name: "a private post", overrides: { visibility: "private" }, seen: nobody },
    { name: "a draft", overrides: { status: "draft" }, seen: nobody },
    { name: "a scheduled post", overrides: { publishedAt: tomorrow }, seen: nobody },
    { name: "a deleted post", overrides: { deletedAt: 5 }, seen: gone },
    { name: "a deleted draft, which nobody knew of", overrides: { status: "draft", deletedAt: 5 }, seen: nobody },
    { name: "a deleted private post", overrides: { visibility: "private", deletedAt: 5 }, seen: nobody }
  ] as const)("$name", ({ overrides, seen }) =>
    Effect.gen(function* () {
      const { get, text } = yield* blogServer([
        post({ id: 2, slug: "open", properties: { content: ["Open"], category: ["t"] } }),
        post({ slug: "tested", properties: { content: ["Tested words"], category: ["t"] }, ...overrides })
      ])
      const response = yield* get("/notes/tested")
      expect(response.status).toBe(seen.permalink)
      if (seen.permalink !== 200) expect(yield* Effect.promise(() => response.text())).not.toContain("Tested words")
      for (const path of ["/", "/tag/t", "/feed.rss", "/feed.atom", "/feed.json", "/tag/t/feed.rss"]) {
        expect((yield* text(path)).includes("Tested words"), path).toBe(seen.listed)
      }
    })
  )
})

describe("tag page", () => {
  it.scopedLive("lists a tag's posts under the label their author writes, whatever the script", () =>
    Effect.gen(function* () {
      const { get, text } = yield* blogServer([
        post({ id: 1, properties: { content: ["One"], category: ["Slow Web"] } }),
        post({ id: 2, properties: { content: ["Two"], category: ["C#/F#", "日本語"] } })
      ])
      const html = yield* text("/tag/slow-web")
      expect(html).toContain("<bdi>Slow Web</bdi>")
      expect(html).toContain("One")
      expect(html).not.toContain("Two")
      expect(yield* text(`/tag/${encodeURIComponent("c#-f#")}`)).toContain("Two")
      expect(yield* text(`/tag/${encodeURIComponent("日本語")}`)).toContain("Two")
      const other = yield* get("/tag/Slow%20Web")
      expect([other.status, other.headers.get("location")]).toEqual([301, "/tag/slow-web"])
      expect((yield* get("/tag/unused")).status).toBe(404)
      expect((yield* get("/tag/%20")).status).toBe(404)
    })
  )
})

describe("caching of pages", () => {
  it.scopedLive.each(["/", "/notes/post-1", "/tag/t", "/feed.rss", "/feed.atom", "/feed.json", "/feed"])(
    "%s is revalidated with 304, and HEAD has the same headers without a body",
    (path) =>
      Effect.gen(function* () {
        const { get } = yield* blogServer([post({ properties: { content: ["x"], category: ["t"] } })])
        const first = yield* get(path)
        const etag = first.headers.get("etag")
        expect(first.status).toBe(200)
        expect(etag).toMatch(/^(W\/)?"[^"]+"$/)
        const again = yield* get(path, { headers: { "if-none-match": `"other", ${etag}` } })
        expect([again.status, yield* Effect.promise(() => again.text())]).toEqual([304, ""])
        expect(again.headers.get("etag")).toBe(etag)
        const head = yield* get(path, { method: "HEAD" })
        expect([head.status, yield* Effect.promise(() => head.text())]).toEqual([200, ""])
        expect(head.headers.get("etag")).toBe(etag)
        expect(head.headers.get("content-type")).toBe(first.headers.get("content-type"))
        expect(first.headers.get("set-cookie")).toBeNull()
      })
  )

  it.scopedLive("the stylesheet and the icon are at their addresses, and may be cached", () =>
    Effect.gen(function* () {
      const { get, text } = yield* blogServer([])
      const html = yield* text("/")
      const href = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1] ?? ""
      const css = yield* get(href)
      expect(css.headers.get("content-type")).toBe("text/css; charset=utf-8")
      expect(css.headers.get("cache-control")).toBe("public, max-age=31536000, immutable")
      expect((yield* get("/favicon.svg")).headers.get("content-type")).toBe("image/svg+xml")
      expect((yield* get("/favicon.ico")).headers.get("location")).toBe("/favicon.svg")
      expect(yield* text("/robots.txt")).toContain("Disallow: /admin/")
      expect(html).not.toMatch(/<script|\sstyle=|\son[a-z]+=/)
    })
  )
})
