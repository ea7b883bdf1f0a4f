import { describe, expect, layer } from "@effect/vitest"
import { Clock, Duration, Effect, TestClock } from "effect"
import { formatInstant } from "../../../src/domain/Instant.js"
import {
  client,
  created,
  micropubSite,
  pathOf,
  refusal,
  shown,
  siteUrl,
  visit,
  whereFound
} from "../../fixtures/MicropubSite.js"
import { ask } from "../../fixtures/TestServer.js"

/** The extensions of https://indieweb.org/Micropub-extensions in use. The clock is the test's. */
layer(micropubSite())("Micropub extensions", (it) => {
  describe("mp-slug", () => {
    it.effect("is a request; a second post with the name gets a number", () =>
      Effect.gen(function* () {
        const { create, form } = yield* client()
        expect(created(yield* form("content=x&mp-slug=My+Slug"))).toBe(`${siteUrl}/notes/my-slug`)
        expect(yield* create({ content: ["x"], "mp-slug": ["my-slug"] })).toBe(`${siteUrl}/notes/my-slug-2`)
      })
    )

    it.effect("moves the post in an update: 201 with its new address, to which the old ones redirect", () =>
      Effect.gen(function* () {
        const { create, json, source } = yield* client()
        const first = yield* create({ content: ["Moving house"], "mp-slug": ["old-house"] })
        const second = created(yield* json({ action: "update", url: first, replace: { "mp-slug": ["new-house"] } }))
        expect(second).toBe(`${siteUrl}/notes/new-house`)
        const moved = yield* visit(first)
        expect([moved.status, moved.headers.get("location")]).toEqual([301, pathOf(second)])
        expect((yield* shown(second)).properties.url).toEqual([second])
        expect(yield* source(first)).toEqual(yield* source(second))
        expect((yield* source(second)).properties).not.toHaveProperty("mp-slug")

        expect(yield* create({ content: ["x"], "mp-slug": ["old-house"] })).toBe(`${siteUrl}/notes/old-house-2`)
        expect((yield* json({ action: "update", url: first, replace: { "mp-slug": ["new-house"] } })).status).toBe(204)

        const old = yield* ask("/note/old-house")
        expect([old.status, old.headers.get("location")]).toEqual([301, "/notes/old-house"])
        yield* json({ action: "delete", url: first })
        expect((yield* visit(first)).status).toBe(410)
        expect((yield* visit(second)).status).toBe(410)
      })
    )

    it.effect("does not redirect a draft's old address", () =>
      Effect.gen(function* () {
        const { create, json } = yield* client()
        const first = yield* create({ content: ["x"], "mp-slug": ["secret-draft"], "post-status": ["draft"] })
        created(yield* json({ action: "update", url: first, replace: { "mp-slug": ["secret-plan"] } }))
        expect((yield* visit(first)).status).toBe(404)
      })
    )
  })

  describe("post-status", () => {
    it.effect(
      "draft is visible to nobody; published by an update, it has the present time and is found everywhere",
      () =>
        Effect.gen(function* () {
          const { create, json, query, source } = yield* client()
          const url = yield* create({ content: ["A draftword"], category: ["drafttag"], "post-status": ["draft"] })
          expect(yield* whereFound(url, "draftword", "drafttag")).toEqual({ permalink: 404, listed: "nowhere" })
          expect((yield* query("q=category&filter=drafttag")).body).toBe('{"categories":[]}')
          expect((yield* source(url)).properties["post-status"]).toEqual(["draft"])

          yield* TestClock.adjust("3 days")
          const now = yield* Clock.currentTimeMillis
          const answer = yield* json({ action: "update", url, replace: { "post-status": ["published"] } })
          expect(answer.status).toBe(204)
          expect(yield* whereFound(url, "draftword", "drafttag")).toEqual({ permalink: 200, listed: "everywhere" })
          expect((yield* query("q=category&filter=drafttag")).body).toBe('{"categories":["drafttag"]}')
          const { properties } = yield* shown(url)
          expect(properties.published).toEqual([formatInstant(now)])
          expect(properties).not.toHaveProperty("updated")

          yield* json({ action: "update", url, replace: { "post-status": ["draft"] } })
          expect(yield* whereFound(url, "draftword", "drafttag")).toEqual({ permalink: 404, listed: "nowhere" })
        })
    )

    it.effect("a token for drafts does not publish by an update", () =>
      Effect.gen(function* () {
        const { create, json, source } = yield* client(["draft", "update"])
        const url = yield* create({ content: ["x"] })
        expect((yield* json({ action: "update", url, add: { category: ["y"] } })).status).toBe(204)
        const answer = yield* json({ action: "update", url, replace: { "post-status": ["published"] } })
        expect(refusal(answer)).toMatchObject({ status: 403, error: "insufficient_scope" })
        expect((yield* source(url)).properties["post-status"]).toEqual(["draft"])
      })
    )
  })

  describe("visibility", () => {
    it.effect("unlisted is found by its address only, private by nobody, public by everyone", () =>
      Effect.gen(function* () {
        const { create, json } = yield* client()
        const url = yield* create({ content: ["A hiddenword"], category: ["hiddentag"], visibility: ["unlisted"] })
        const found = whereFound(url, "hiddenword", "hiddentag")
        expect(yield* found).toEqual({ permalink: 200, listed: "nowhere" })
        yield* json({ action: "update", url, replace: { visibility: ["private"] } })
        expect(yield* found).toEqual({ permalink: 404, listed: "nowhere" })
        yield* json({ action: "update", url, replace: { visibility: ["public"] } })
        expect(yield* found).toEqual({ permalink: 200, listed: "everywhere" })
      })
    )
  })

  describe("published in the future", () => {
    it.effect("is never early, and is published automatically at its time", () =>
      Effect.gen(function* () {
        const { create, query } = yield* client()
        const due = (yield* Clock.currentTimeMillis) + Duration.toMillis("1 hour")
        const url = yield* create({
          content: ["A futureword"],
          category: ["futuretag"],
          published: [formatInstant(due)]
        })
        const found = whereFound(url, "futureword", "futuretag")
        const lists = ["/", "/feed.rss", "/feed.atom", "/feed.json"]
        const tags = yield* Effect.forEach(lists, (path) =>
          Effect.map(ask(path), ({ headers }) => headers.get("etag") ?? "")
        )
        const conditional = Effect.forEach(lists, (path, index) =>
          Effect.map(ask(path, { headers: { "if-none-match": tags[index] ?? "" } }), ({ status }) => status)
        )

        expect(yield* found).toEqual({ permalink: 404, listed: "nowhere" })
        yield* TestClock.adjust(Duration.millis(due - (yield* Clock.currentTimeMillis) - 1))
        expect(yield* found).toEqual({ permalink: 404, listed: "nowhere" })
        expect((yield* query("q=category&filter=futuretag")).body).toBe('{"categories":[]}')
        expect(yield* conditional).toEqual([304, 304, 304, 304])

        yield* TestClock.adjust("1 millis")
        expect(yield* found).toEqual({ permalink: 200, listed: "everywhere" })
        expect((yield* query("q=category&filter=futuretag")).body).toBe('{"categories":["futuretag"]}')
        expect(yield* conditional).toEqual([200, 200, 200, 200])
        const { properties } = yield* shown(url)
        expect(properties.published).toEqual([formatInstant(due)])
        expect(properties).not.toHaveProperty("updated")
      })
    )

    it.effect("can be postponed, and a published post can be scheduled again", () =>
      Effect.gen(function* () {
        const { create, json } = yield* client()
        const at = (hours: number) =>
          Effect.map(Clock.currentTimeMillis, (now) => formatInstant(now + hours * Duration.toMillis("1 hour")))
        const url = yield* create({ content: ["A laterword"], category: ["latertag"] })
        const found = whereFound(url, "laterword", "latertag")
        yield* json({ action: "update", url, replace: { published: [yield* at(1)] } })
        expect(yield* found).toEqual({ permalink: 404, listed: "nowhere" })
        yield* json({ action: "update", url, replace: { published: [yield* at(2)] } })
        yield* TestClock.adjust("1 hour")
        expect(yield* found).toEqual({ permalink: 404, listed: "nowhere" })
        yield* TestClock.adjust("1 hour")
        expect(yield* found).toEqual({ permalink: 200, listed: "everywhere" })
      })
    )
  })

  describe("q=config", () => {
    it.effect("names the media endpoint, kinds of post, channels, and supported queries only", () =>
      Effect.gen(function* () {
        const { query } = yield* client()
        const config = JSON.parse((yield* query("q=config")).body)
        expect(config).toMatchObject({
          "media-endpoint": `${siteUrl}/micropub/media`,
          "syndicate-to": [],
          channels: [
            { uid: "default", name: "Notes" },
            { uid: "pages", name: "Pages" }
          ],
          "post-status": ["published", "draft"],
          visibility: ["public", "unlisted", "private"],
          mp: ["slug", "channel", "photo-alt", "video-alt", "audio-alt"]
        })
        const kinds = config["post-types"].map(({ type }: { readonly type: string }) => type)
        expect(kinds).toEqual([
          ...["note", "article", "photo", "reply", "like", "repost", "bookmark", "rsvp", "checkin", "read", "watch"],
          ...["listen", "play", "food", "drink", "review", "event", "page"]
        ])
        for (const kind of config["post-types"]) {
          expect(kind.name).toBeTypeOf("string")
          expect(kind.properties).toEqual(expect.arrayContaining(kind["required-properties"]))
        }
        for (const q of config.q) expect((yield* query(`q=${q}`)).status, q).toBe(200)
        expect(JSON.parse((yield* query("q=post-types")).body)).toEqual({ "post-types": config["post-types"] })
        expect(JSON.parse((yield* query("q=channel")).body)).toEqual({ channels: config.channels })
      })
    )
  })

  describe("pages of the site", () => {
    it.effect("are posts in the channel of pages, or of the type page", () =>
      Effect.gen(function* () {
        const { create, json, query, source } = yield* client()
        const about = yield* create({
          name: ["About"],
          content: ["I bake."],
          "mp-channel": ["pages"],
          "mp-slug": ["about"]
        })
        const now = yield* create({ name: ["Now"], content: ["Baking."], "post-type": ["page"], "mp-slug": ["now"] })
        expect([about, now]).toEqual([`${siteUrl}/about`, `${siteUrl}/now`])
        expect((yield* source(about)).properties).toMatchObject({ "post-type": ["page"], name: ["About"] })
        const listed = (more: string) =>
          Effect.map(query(`q=source&filter=bak${more}`), ({ body }) =>
            JSON.parse(body).items.map(
              (item: { readonly properties: { readonly url: unknown } }) => item.properties.url
            )
          )
        const note = yield* create({ content: ["I bake notes too"] })
        expect(yield* listed("&mp-channel=pages")).toEqual([[now], [about]])
        expect(yield* listed("&mp-channel=default")).toEqual([[note]])
        expect(yield* listed("")).toHaveLength(3)
        expect((yield* json({ action: "update", url: about, replace: { content: ["I bake bread."] } })).status).toBe(
          204
        )
        expect((yield* ask("/about")).body).toContain("I bake bread.")
        expect((yield* json({ action: "delete", url: about })).status).toBe(204)
        expect((yield* ask("/about")).status).toBe(410)
        expect((yield* json({ action: "undelete", url: about })).status).toBe(204)
        expect((yield* ask("/about")).status).toBe(200)
      })
    )

    it.effect("become posts and pages by an update, and are refused a reserved address", () =>
      Effect.gen(function* () {
        const { create, json } = yield* client()
        const url = yield* create({ name: ["Uses"], content: ["A pan."], "mp-slug": ["uses"] })
        expect((yield* json({ action: "update", url, replace: { "mp-channel": ["pages"] } })).status).toBe(204)
        expect((yield* ask("/uses")).status).toBe(200)
        const page = `${siteUrl}/uses`
        expect((yield* json({ action: "update", url: page, replace: { "mp-channel": ["default"] } })).status).toBe(204)
        expect((yield* ask("/notes/uses")).status).toBe(200)
        const refused = yield* json({
          type: ["h-entry"],
          properties: { name: ["Find"], "post-type": ["page"], "mp-slug": ["search"] }
        })
        expect([refused.status, JSON.parse(refused.body)]).toMatchObject([
          400,
          { error: "invalid_request", error_description: expect.stringContaining("/search-2 is free") }
        ])
      })
    )
  })

  describe("q=category", () => {
    it.effect("lists tags of public posts, most used first, narrowed by filter, without those of deleted posts", () =>
      Effect.gen(function* () {
        const { create, json, query } = yield* client()
        yield* create({ content: ["x"], category: ["zebra count"] })
        const url = yield* create({ content: ["x"], category: ["zebra stripes", "Zebra Count"] })
        const categories = Effect.map(query("q=category&filter=Zebra"), ({ body }) => JSON.parse(body).categories)
        expect(yield* categories).toEqual(["Zebra Count", "zebra stripes"])
        yield* json({ action: "delete", url })
        expect(yield* categories).toEqual(["zebra count"])
        yield* json({ action: "undelete", url })
        expect(yield* categories).toEqual(["Zebra Count", "zebra stripes"])
      })
    )
  })

  describe("q=source without url", () => {
    it.effect("pages through all posts but deleted ones, by limit and offset, or by after and before", () =>
      Effect.gen(function* () {
        const { create, json, query } = yield* client()
        const urls: Array<string> = []
        for (const year of [2204, 2203, 2202, 2201, 2200]) {
          urls.push(yield* create({ content: ["x"], published: [`${year}-01-01`] }))
        }
        yield* json({ action: "delete", url: urls[1] })
        const [first, , second, third, fourth] = urls
        const page = (parameters: string) =>
          Effect.map(query(`q=source&${parameters}`), ({ body }) => {
            const { items, paging } = JSON.parse(body)
            for (const item of items) expect(Object.keys(item)).toEqual(["type", "properties"])
            return {
              urls: items.map(({ properties }: { properties: { url: ReadonlyArray<string> } }) => properties.url[0]),
              paging
            }
          })
        const newest = yield* page("limit=2")
        expect(newest.urls).toEqual([first, second])
        expect((yield* page("limit=2&offset=1")).urls).toEqual([second, third])
        const next = yield* page(`limit=2&after=${newest.paging.after}`)
        expect(next.urls).toEqual([third, fourth])
        expect((yield* page(`limit=2&before=${next.paging.before}`)).urls).toEqual([first, second])
        const only = JSON.parse((yield* query("q=source&limit=1&properties[]=content")).body)
        expect(only.items).toEqual([{ type: ["h-entry"], properties: { content: ["x"], url: [first] } }])
      })
    )
  })

  describe("other commands", () => {
    it.effect("mp-photo-alt gives photos their descriptions, in a form and in JSON", () =>
      Effect.gen(function* () {
        const { create, form } = yield* client()
        const photos = ["https://a.example/1.jpg", "https://a.example/2.jpg"]
        const expected = [photos[0], { value: photos[1], alt: "Two" }]
        const inForm = created(
          yield* form(`photo[]=${photos[0]}&photo[]=${photos[1]}&mp-photo-alt[]=&mp-photo-alt[]=Two`)
        )
        expect((yield* shown(inForm)).properties.photo).toEqual(expected)
        const inJson = yield* create({ photo: photos, "mp-photo-alt": ["", "Two"] })
        expect((yield* shown(inJson)).properties.photo).toEqual(expected)
      })
    )

    it.effect("mp-channel, mp-syndicate-to and unknown commands are ignored and not stored", () =>
      Effect.gen(function* () {
        const { create, source } = yield* client()
        const url = yield* create({
          content: ["Commands"],
          "mp-channel": ["elsewhere"],
          "mp-syndicate-to": ["https://unknown.example/"],
          "mp-explode": ["now"]
        })
        const { properties } = yield* source(url)
        expect(Object.keys(properties)).toEqual(["content", "published", "post-status", "visibility"])
      })
    )
  })
})
