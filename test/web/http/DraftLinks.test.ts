import { expect, it } from "@effect/vitest"
import { Effect, Either, Layer, Option, Redacted } from "effect"
import { CapturedLogs } from "../../../layers/memory/Logger.js"
import * as Testing from "../../../layers/Testing.js"
import { Posts } from "../../../src/services/Posts.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import * as Blog from "../../../src/web/blog/Routes.js"
import * as Drafts from "../../../src/web/drafts/Routes.js"
import * as Feeds from "../../../src/web/feeds/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import * as Search from "../../../src/web/search/Routes.js"
import { ask, settings } from "../../fixtures/TestServer.js"

const site = Testing.site(serve(Layer.mergeAll(Blog.routes, Drafts.routes, Feeds.routes, Search.routes)))

const draft = {
  type: "h-entry",
  status: "draft",
  visibility: "public",
  properties: { name: ["Herring"], content: ["The *tide* turns at six."] }
} as const

const visitor = (path: string, init: RequestInit = {}) =>
  ask(path, { ...init, headers: { accept: "text/html" }, redirect: "manual" })

const owner = Effect.gen(function* () {
  const sessions = yield* SessionManager
  const token = Redacted.value(yield* sessions.create({ owner: `${settings.siteUrl}/` }))
  const headers = { accept: "text/html", cookie: `starpunk_session=${token}` }
  const get = (path: string) => ask(path, { headers, redirect: "manual" })
  const post = (path: string) => ask(path, { method: "POST", headers, redirect: "manual" })
  /** Makes a link and returns its path. */
  const link = (id: number) =>
    Effect.map(post(`/admin/posts/${id}/link`), ({ body }) => {
      const address = /<code class="secret">([^<]*)</.exec(body)?.[1] ?? ""
      expect(address).toMatch(new RegExp(`^${settings.siteUrl}/drafts/[A-Za-z0-9_-]{43}$`))
      return new URL(address).pathname
    })
  return { get, post, link }
})

it.scopedLive("shows the current draft to anyone with the link, and to no search engine, cache or feed", () =>
  Effect.gen(function* () {
    const { get, link } = yield* owner
    const posts = yield* Posts
    const { id, slug } = yield* posts.create(draft)
    expect((yield* get(`/admin/posts/${id}/link`)).body).toContain("Create a link")
    const path = yield* link(id)
    const shown = yield* visitor(path)
    expect(shown.status).toBe(200)
    expect(shown.body).toContain("This is a draft that Me shared with you.")
    expect(shown.body).toContain("The <em>tide</em> turns at six.")
    expect(shown.body).toContain('<meta name="robots" content="noindex"/>')
    for (const absent of ['rel="canonical"', "og:", 'class="owner"', `/notes/${slug}`]) {
      expect(shown.body, absent).not.toContain(absent)
    }
    expect(shown.headers.get("cache-control")).toBe("no-store")
    expect(shown.headers.get("referrer-policy")).toBe("no-referrer")
    expect(shown.headers.get("x-robots-tag")).toBe("noindex, nofollow")
    expect(shown.headers.get("etag")).toBeNull()
    expect((yield* get(path)).body).not.toContain('class="owner"')
    yield* posts.update(id, () => Either.right({ ...draft, properties: { content: ["It turned at seven."] } }))
    expect((yield* visitor(path)).body).toContain("It turned at seven.")
    expect((yield* visitor(path, { method: "HEAD" })).status).toBe(200)
    for (const list of ["/", "/feed.rss", "/feed.json", "/sitemap.xml", "/search?q=turned"]) {
      expect((yield* visitor(list)).body, list).not.toContain("seven")
    }
    expect((yield* visitor(`/notes/${slug}`)).status).toBe(404)
    expect((yield* get(`/notes/${slug}`)).body).toContain(`href="/admin/posts/${id}/link"`)
  }).pipe(Effect.provide(site))
)

it.scopedLive("stores and logs no secret, and shows the address only when the link is made", () =>
  Effect.gen(function* () {
    const { get, link } = yield* owner
    const { id } = yield* (yield* Posts).create(draft)
    const path = yield* link(id)
    const secret = path.slice("/drafts/".length)
    yield* visitor(path)
    yield* visitor(`/drafts/%${secret.charCodeAt(0).toString(16)}${secret.slice(1)}`)
    expect((yield* get(`/admin/posts/${id}/link`)).body).not.toContain(secret)
    const [row] = yield* (yield* SqlPool).read((sql) => sql`SELECT * FROM draft_links`)
    expect(Buffer.from(JSON.stringify(row)).toString()).not.toContain(secret)
    const lines = JSON.stringify(yield* (yield* CapturedLogs).events)
    expect(lines).toContain("/drafts/***")
    expect(lines).not.toContain(secret.slice(1))
  }).pipe(Effect.provide(site))
)

it.scopedLive("ends by revoking, replacing and deleting, and then answers like an unknown link", () =>
  Effect.gen(function* () {
    const { get, link, post } = yield* owner
    const posts = yield* Posts
    const { id } = yield* posts.create(draft)
    const status = (path: string) => Effect.map(visitor(path), (answer) => answer.status)
    const first = yield* link(id)
    const second = yield* link(id)
    expect([yield* status(first), yield* status(second)]).toEqual([410, 200])
    const ended = yield* post(`/admin/posts/${id}/link/end`)
    expect([ended.status, ended.headers.get("location")]).toEqual([303, `/admin/posts/${id}/link?ended`])
    expect((yield* get(`/admin/posts/${id}/link?ended`)).body).toContain("The link has ended.")
    const gone = yield* visitor(second)
    expect(gone.status).toBe(410)
    expect(gone.body).toContain("This link to a draft no longer works")
    expect([gone.headers.get("cache-control"), gone.headers.get("referrer-policy")]).toEqual([
      "no-store",
      "no-referrer"
    ])
    const never = yield* visitor(`/drafts/${"A".repeat(43)}`)
    const withoutId = (body: string) => body.replace(/[0-9a-f]{32}/g, "")
    expect(withoutId(never.body)).toBe(withoutId(gone.body))
    for (const malformed of ["/drafts/x", `/drafts/${"é".repeat(43)}`, "/drafts/"]) {
      expect(yield* status(malformed), malformed).toBe(404)
    }
    const third = yield* link(id)
    yield* posts.delete(id)
    expect(yield* status(third)).toBe(410)
    expect((yield* get(`/admin/posts/${id}/link`)).status).toBe(404)
    yield* posts.restore(id)
    expect(yield* status(third)).toBe(410)
    expect((yield* ask(`/admin/posts/${id}/link`, { method: "POST", redirect: "manual" })).status).not.toBe(200)
  }).pipe(Effect.provide(site))
)

it.scopedLive("leads to the post once it is published, and does not open later drafts of it", () =>
  Effect.gen(function* () {
    const { get, link, post } = yield* owner
    const posts = yield* Posts
    const { id, slug } = yield* posts.create(draft)
    const path = yield* link(id)
    const change = (more: object) => posts.update(id, () => Either.right({ ...draft, ...more }))
    yield* change({ status: "published", publishedAt: Date.parse("2999-01-01") })
    expect((yield* visitor(path)).status).toBe(200)
    yield* change({ status: "draft" })
    expect((yield* visitor(path)).status).toBe(200)
    yield* change({ status: "published", publishedAt: Date.now() - 1_000 })
    const moved = yield* visitor(path)
    expect([moved.status, moved.headers.get("location")]).toEqual([303, `/notes/${slug}`])
    expect((yield* get(`/admin/posts/${id}/link`)).body).toContain("This post is published")
    // A form that was open before the publication.
    expect((yield* post(`/admin/posts/${id}/link`)).body).toContain("This post is published")
    expect((yield* visitor(path)).status).toBe(303)
    yield* change({ status: "published", visibility: "private" })
    expect((yield* visitor(path)).status).toBe(410)
    yield* change({ status: "draft" })
    expect((yield* visitor(path)).status).toBe(410)
    expect(Option.isSome(yield* posts.byId(id))).toBe(true)
  }).pipe(Effect.provide(site))
)
