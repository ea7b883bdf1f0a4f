import { describe, expect, layer } from "@effect/vitest"
import { Effect, Option, TestClock } from "effect"
import { XMLParser } from "fast-xml-parser"
import * as TestClient from "../../fixtures/MicropubSite.js"
import { ask } from "../../fixtures/TestServer.js"

const { client, created, micropubSite, pathOf, shown, visit } = TestClient

const rss = (body: string) => new XMLParser().parse(body).rss.channel
const atom = (body: string) => new XMLParser().parse(body).feed

/** The machine-readable time and the hour that the entry at `url` shows on a list page. */
const listed = (html: string, url: string) =>
  /<time class="dt-published" datetime="([^"]*)">([^<]*)<\/time>/
    .exec(html.slice(html.indexOf(`href="${url}"`)))
    ?.slice(1)

layer(micropubSite("thread", { siteTimeZone: Option.some("Europe/Berlin") }))("T1: the author's time zone", (it) => {
  const noon = Date.parse("2026-11-13T12:00:00Z")
  const evening = "2026-11-12T21:18:16-04:00"
  const asShown = "2026-11-12T21:18:16.000-04:00"

  it.effect("keeps the offset of a post on its page, in lists, feeds and search", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(noon)
      const { create, source } = yield* client()
      const url = yield* create({ content: ["Good eveningword"], published: [evening], category: ["dusk"] })
      const page = yield* shown(url)
      expect(page.properties.published).toEqual([asShown])
      expect(page.html).toContain("12 November 2026 at 21:18 UTC-04:00")
      for (const list of ["/", "/tag/dusk"]) {
        expect(listed((yield* ask(list)).body, url)).toEqual([asShown, "21:18"])
      }
      expect(rss((yield* ask("/tag/dusk/feed.rss")).body).item.pubDate).toBe("Thu, 12 Nov 2026 21:18:16 -0400")
      const { entry } = atom((yield* ask("/tag/dusk/feed.atom")).body)
      expect([entry.published, entry.updated]).toEqual([asShown, asShown])
      expect(JSON.parse((yield* ask("/tag/dusk/feed.json")).body).items[0].date_published).toBe(asShown)
      const found = yield* ask("/search?q=eveningword")
      expect(found.body).toContain(`<time datetime="${asShown}">12 Nov 2026</time>`)
      expect(JSON.parse((yield* ask("/api/search?q=eveningword")).body).results[0].published).toBe(asShown)
      expect((yield* source(url)).properties.published).toEqual([evening])
    })
  )

  it.effect("is the site's zone if a time has no offset, and is shown in it if the author gave no time", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(noon)
      const { create, source } = yield* client()
      const local = yield* create({ content: ["x"], published: ["2026-07-01T23:30"] })
      expect((yield* shown(local)).properties.published).toEqual(["2026-07-01T23:30:00.000+02:00"])
      expect((yield* source(local)).properties.published).toEqual(["2026-07-01T23:30"])
      const day = yield* create({ content: ["x"], published: ["2026-07-01"] })
      expect((yield* shown(day)).properties.published).toEqual(["2026-07-01T00:00:00.000+02:00"])
      // `Z` tells the instant and not the author's clock.
      const instant = yield* create({ content: ["x"], published: ["2026-07-01T22:30:00Z"] })
      expect((yield* shown(instant)).properties.published).toEqual(["2026-07-02T00:30:00.000+02:00"])
      yield* TestClock.setTime(Date.parse("2026-11-13T23:30:00Z"))
      const now = yield* create({ content: ["x"] })
      expect((yield* shown(now)).html).toContain("14 November 2026 at 00:30 UTC+01:00")
      expect((yield* source(now)).properties.published).toEqual(["2026-11-14T00:30:00.000+01:00"])
    })
  )

  it.effect("is used for slugs of posts without text, and for days in a search", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(noon)
      const { create } = yield* client()
      const photo = { photo: ["https://a.example/1.jpg"], category: ["wordless"] }
      const away = yield* create({ ...photo, published: ["2026-08-12T21:18:16-04:00"] })
      expect(pathOf(away)).toBe("/notes/20260812-211816")
      const home = yield* create({ ...photo, published: ["2026-08-12T22:30:00Z"] })
      expect(pathOf(home)).toBe("/notes/20260813-003000")
      const days = (query: string) =>
        Effect.map(ask(`/api/search?q=${encodeURIComponent(`tag:wordless ${query}`)}`), ({ body }) =>
          JSON.parse(body).results.map(({ url }: { readonly url: string }) => url)
        )
      expect(yield* days("after:2026-08-12 before:2026-08-13")).toEqual([away])
      expect(yield* days("after:2026-08-13 before:2026-08-14")).toEqual([home])
    })
  )

  it.effect("stays when another field of the post changes, and follows a new time", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(noon)
      const { create, json, source } = yield* client()
      const url = yield* create({ content: ["x"], published: ["2026-07-02T08:00"], category: ["a"] })
      yield* json({ action: "update", url, add: { category: ["b"] }, replace: { content: ["y"] } })
      expect((yield* shown(url)).properties.published).toEqual(["2026-07-02T08:00:00.000+02:00"])
      yield* json({ action: "update", url, replace: { published: ["2026-07-02T08:00:00+09:00"] } })
      expect((yield* shown(url)).properties.published).toEqual(["2026-07-02T08:00:00.000+09:00"])
      yield* json({ action: "update", url, delete: ["published"] })
      expect((yield* shown(url)).properties.published).toEqual(["2026-07-02T08:00:00.000+09:00"])
      expect((yield* source(url)).properties.published).toEqual(["2026-07-02T08:00:00.000+09:00"])
    })
  )

  it.effect("publishes a time up to five minutes ahead of our clock at once, and keeps it", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(noon)
      const { create, json, source } = yield* client()
      const ahead = "2026-11-13T13:04:59+01:00"
      const answer = yield* json({ type: ["h-entry"], properties: { content: ["x"], published: [ahead] } })
      expect([answer.status, answer.body]).toEqual([201, ""])
      const url = created(answer)
      expect((yield* shown(url)).properties.published).toEqual(["2026-11-13T13:00:00.000+01:00"])
      expect((yield* source(url)).properties.published).toEqual([ahead])
      // One that was scheduled is not published early because something else of it changed.
      const later = yield* create({ content: ["x"], published: ["2026-11-13T13:20:00+01:00"] })
      yield* TestClock.setTime(noon + 16 * 60_000)
      yield* json({ action: "update", url: later, add: { category: ["a"] } })
      expect((yield* visit(later)).status).toBe(404)
      yield* TestClock.setTime(noon + 20 * 60_000)
      expect((yield* visit(later)).status).toBe(200)
    })
  )

  describe("of a scheduled post", () => {
    it.effect("is in the response, with the author's offset, on creation and on update", () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(noon)
        const { form, json } = yield* client()
        const answer = yield* form("content=Later&published=2027-01-01T09:00:00-05:00")
        const url = created(answer)
        const told = { url, state: "scheduled", published: "2027-01-01T09:00:00.000-05:00" }
        expect([answer.status, JSON.parse(answer.body)]).toEqual([201, told])
        expect((yield* visit(url)).status).toBe(404)

        const moved = yield* json({ action: "update", url, replace: { published: ["2027-02-01T09:00"] } })
        expect([moved.status, JSON.parse(moved.body)]).toEqual([
          200,
          { ...told, published: "2027-02-01T09:00:00.000+01:00" }
        ])
        const renamed = { "mp-slug": ["next-year"], published: ["2027-03-01T09:00"] }
        const named = yield* json({ action: "update", url, replace: renamed })
        expect([named.status, JSON.parse(named.body).published]).toEqual([201, "2027-03-01T09:00:00.000+01:00"])
        expect((yield* json({ action: "update", url, add: { category: ["a"] } })).status).toBe(204)
      })
    )

    it.effect("is not in the response for a draft, which is reported as such", () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(noon)
        const { form } = yield* client(["draft"])
        const answer = yield* form("content=x&published=2027-01-01T09:00:00Z")
        expect(JSON.parse(answer.body)).toEqual({ url: created(answer), state: "draft" })
      })
    )
  })

  it.effect("is shown in years that feeds cannot write, and before 1970", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(noon)
      const { create } = yield* client()
      const moon = yield* create({ content: ["x"], category: ["moon"], published: ["1969-07-20T22:56:15-04:00"] })
      const { entry } = atom((yield* ask("/tag/moon/feed.atom")).body)
      expect([entry.published, entry.updated]).toEqual([
        "1969-07-20T22:56:15.000-04:00",
        "1969-07-20T22:56:15.000-04:00"
      ])
      expect((yield* visit(moon)).body).toContain("20 July 1969 at 22:56 UTC-04:00")
      const ides = yield* create({ content: ["Et tu"], category: ["ides"], published: ["-000043-03-15T12:00"] })
      expect((yield* shown(ides)).properties.published).toEqual(["-000043-03-15T12:00:00.000+00:53:28"])
      expect((yield* visit(ides)).body).toContain("15 Mar 44 BC")
      const feed = atom((yield* ask("/tag/ides/feed.atom")).body)
      expect([feed.updated, feed.entry.updated]).toEqual(["0000-01-01T00:00:00.000Z", "0000-01-01T00:00:00.000Z"])
      expect(rss((yield* ask("/tag/ides/feed.rss")).body).item).not.toHaveProperty("pubDate")
      expect((yield* ask("/tag/ides/feed.json")).status).toBe(200)
      const carolus = yield* create({ content: ["Carolus"], category: ["carolus"], published: ["0800-12-25T09:00"] })
      expect((yield* shown(carolus)).properties.published).toEqual(["0800-12-25T08:59:32.000+00:53"])
    })
  )
})
