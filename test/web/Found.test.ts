import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { mf2 } from "microformats-parser"
import { blogServer } from "../fixtures/BlogServer.js"
import { post } from "../fixtures/SamplePost.js"

const site = "https://me.example"

const metaIn = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`, "g"))].map(
    ([, content]) => content
  )

const dataIn = (html: string) =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? "null")

const picture = `/media/${"0123456789abcdef".repeat(2)}-4000x3000.jpg`

describe("link previews and search engines", () => {
  it.scopedLive("get title, text, times, tags and picture of a post", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([
        post({
          id: 1,
          publishedAt: Date.UTC(2026, 10, 1, 8),
          properties: {
            name: ["Rye & <b>water</b>"],
            content: ["A loaf takes two days, and most of it is waiting for the starter."],
            category: ["bread"],
            photo: [{ value: picture, alt: 'A "loaf"' }]
          }
        }),
        post({ id: 2, properties: { content: ["</script><script>alert(1)</script> a note"] } })
      ])
      const html = yield* text("/notes/post-1")
      const meta = (name: string) => metaIn(html, name)
      expect(meta("og:type")).toEqual(["article"])
      expect(meta("og:title")).toEqual(["Rye &amp; &lt;b>water&lt;/b>"])
      expect(meta("og:description")[0]).toContain("A loaf takes two days")
      expect(meta("og:image")).toEqual([`${site}/media/${"0123456789abcdef".repeat(2)}-1280x960.webp`])
      expect([meta("og:image:width"), meta("og:image:height")]).toEqual([["1280"], ["960"]])
      expect(meta("og:image:alt")).toEqual(["A &quot;loaf&quot;"])
      expect(meta("article:published_time")).toEqual(["2026-11-01T08:00:00.000Z"])
      expect(meta("article:tag")).toEqual(["bread"])
      expect(meta("twitter:card")).toEqual(["summary_large_image"])
      expect(dataIn(html)).toMatchObject({
        "@type": "BlogPosting",
        headline: "Rye & <b>water</b>",
        url: `${site}/notes/post-1`,
        datePublished: "2026-11-01T08:00:00.000Z",
        author: { name: "Ada Example" },
        keywords: ["bread"]
      })
      const note = yield* text("/notes/post-2")
      expect(note.match(/<script/g)).toHaveLength(1)
      expect(dataIn(note).headline).toContain("</script><script>alert(1)</script> a note")
      expect(metaIn(yield* text("/"), "og:type")).toEqual(["website"])
      expect(mf2(note, { baseUrl: site }).items.some((item) => item.type?.includes("h-entry"))).toBe(true)
    })
  )
})

describe("/sitemap.xml", () => {
  const locations = (xml: string) => [...xml.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, location]) => location)

  it.scopedLive("has public posts and pages with their last change, and lists that have posts", () =>
    Effect.gen(function* () {
      const { get, text } = yield* blogServer([
        post({ id: 1, publishedAt: Date.UTC(2026, 0, 1), updatedAt: Date.UTC(2026, 1, 1) }),
        post({ id: 2, slug: "about", properties: { name: ["About"], content: ["x"], "post-type": ["page"] } }),
        post({ id: 3, visibility: "unlisted" }),
        post({ id: 4, status: "draft" }),
        post({ id: 5, publishedAt: Date.now() + 86_400_000 }),
        post({ id: 6, deletedAt: 1 })
      ])
      const xml = yield* text("/sitemap.xml")
      // `about` is an address of the original that posts cannot have, but pages can.
      expect(locations(xml)).toEqual(
        ["/", "/archive", "/notes", "/notes/post-1", "/about"].map((path) => `${site}${path}`)
      )
      expect(xml).toContain(`<url><loc>${site}/notes/post-1</loc><lastmod>2026-02-01T00:00:00.000Z</lastmod></url>`)
      const answer = yield* get("/sitemap.xml")
      expect(answer.headers.get("content-type")).toBe("application/xml; charset=utf-8")
      const tag = answer.headers.get("etag") ?? ""
      expect((yield* get("/sitemap.xml", { headers: { "if-none-match": tag } })).status).toBe(304)
      expect((yield* get("/sitemap.xml?part=2")).status).toBe(404)
      expect(yield* text("/robots.txt")).toContain(`Sitemap: ${site}/sitemap.xml`)
      expect(locations(yield* (yield* blogServer([])).text("/sitemap.xml"))).toEqual([`${site}/`])
    })
  )

  it.scopedLive("is an index of parts on a large site", () =>
    Effect.gen(function* () {
      const { get, text } = yield* blogServer([post({ id: 1 }), post({ id: 5_001 }), post({ id: 15_001 })])
      const index = yield* text("/sitemap.xml")
      expect(locations(index)).toEqual([1, 2, 4].map((part) => `${site}/sitemap.xml?part=${part}`))
      expect(locations(yield* text("/sitemap.xml?part=2"))).toEqual([`${site}/notes/post-5001`])
      expect(locations(yield* text("/sitemap.xml?part=1"))).toContain(`${site}/notes/post-1`)
      expect((yield* get("/sitemap.xml?part=3")).status).toBe(404)
      expect((yield* get("/sitemap.xml?part=99")).status).toBe(404)
    })
  )
})
