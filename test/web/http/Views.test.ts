import { request } from "node:http"
import { HttpServer } from "@effect/platform"
import { expect, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import * as Testing from "../../../layers/Testing.js"
import { Posts } from "../../../src/services/Posts.js"
import { PostViews } from "../../../src/services/PostViews.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import { SiteSettings } from "../../../src/services/SiteSettings.js"
import { ViewCounter } from "../../../src/services/ViewCounter.js"
import * as Blog from "../../../src/web/blog/Routes.js"
import * as Editor from "../../../src/web/editor/Routes.js"
import * as Feeds from "../../../src/web/feeds/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import * as Settings from "../../../src/web/settings/Routes.js"
import * as Views from "../../../src/web/views/Routes.js"
import { ask, settings } from "../../fixtures/TestServer.js"

const routes = Layer.mergeAll(Blog.routes, Feeds.routes, Editor.routes, Settings.routes, Views.routes)
const site = Testing.site(serve(routes))

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

/** A request with exactly these headers: `fetch` adds its own. */
const visit = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") =>
  Effect.flatMap(HttpServer.HttpServer, ({ address }) =>
    Effect.promise(
      () =>
        new Promise<{ status: number; etag: string }>((resolve, reject) => {
          const port = address._tag === "TcpAddress" ? address.port : 0
          const sent = request({ port, path, method, headers: { "user-agent": firefox, ...headers } }, (response) => {
            response.resume()
            response.on("end", () => resolve({ status: response.statusCode ?? 0, etag: response.headers.etag ?? "" }))
          })
          sent.on("error", reject).end()
        })
    )
  )

const note = (content: string, more: object = {}) =>
  ({ type: "h-entry", properties: { content: [content] }, status: "published", visibility: "public", ...more }) as const

const owner = Effect.gen(function* () {
  const sessions = yield* SessionManager
  const token = Redacted.value(yield* sessions.create({ owner: `${settings.siteUrl}/` }))
  const cookie = `starpunk_session=${token}`
  const headers = { accept: "text/html", cookie }
  const get = (path: string) => ask(path, { headers })
  const post = (path: string, fields: Record<string, string> = {}) =>
    ask(path, {
      method: "POST",
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString()
    })
  return { cookie, get, post }
})

const counted = Effect.map(ViewCounter, ({ take }) => take().map(({ count, post }) => [post, count]))

const turnOn = Effect.flatMap(SiteSettings, ({ change }) =>
  change("care", 0, { countViews: true, checkUpdates: false, remindsOfPasskey: true })
)

it.scopedLive("counts nothing until the owner turns it on", () =>
  Effect.gen(function* () {
    const { get, post } = yield* owner
    const { slug } = yield* (yield* Posts).create(note("Seen"))
    yield* visit(`/notes/${slug}`)
    expect(yield* counted).toEqual([])
    expect((yield* get("/admin/")).body).not.toContain("/admin/views")
    expect((yield* get("/admin/views")).body).toContain("Views are not counted.")
    expect((yield* get("/admin/settings/care")).body).toContain("without cookies and addresses")
    expect((yield* post("/admin/settings/care", { "based-on": "0", countViews: "on" })).status).toBe(303)
    yield* visit(`/notes/${slug}`)
    expect(yield* counted).toEqual([[1, 1]])
    expect((yield* post("/admin/settings/care", { "based-on": "1" })).status).toBe(303)
    yield* visit(`/notes/${slug}`)
    expect(yield* counted).toEqual([])
  }).pipe(Effect.provide(site))
)

it.scopedLive("counts pages that people open, and neither the owner nor programs, prefetches and other requests", () =>
  Effect.gen(function* () {
    const { cookie } = yield* owner
    const posts = yield* Posts
    yield* turnOn
    const { id, slug } = yield* posts.create(note("Seen"))
    const page = yield* posts.create({
      ...note("x"),
      properties: { name: ["About"], content: ["x"], "post-type": ["page"] }
    })
    const path = `/notes/${slug}`
    const { etag } = yield* visit(path)
    expect((yield* visit(path, { "if-none-match": etag })).status).toBe(304)
    yield* visit(path, { "sec-fetch-dest": "document", "sec-fetch-mode": "navigate" })
    yield* visit(path, { cookie: "starpunk_session=of-another-time" })
    yield* visit(`/${page.slug}`)
    expect(yield* counted).toEqual([
      [id, 4],
      [page.id, 1]
    ])
    yield* visit(path, {}, "HEAD")
    yield* visit(path, { cookie })
    const leftOut = [
      { "user-agent": "" },
      { "user-agent": "curl/8.14.1" },
      { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" },
      { "user-agent": "Mastodon/4.5.0 (http.rb/5.3.1; +https://m.example/)" },
      { "sec-purpose": "prefetch;prerender" },
      { purpose: "prefetch" },
      { "x-moz": "prefetch" },
      { "sec-fetch-dest": "iframe", "sec-fetch-mode": "navigate" },
      { "sec-fetch-dest": "empty", "sec-fetch-mode": "cors" }
    ]
    for (const headers of leftOut) yield* visit(path, headers)
    for (const other of ["/", "/feed.rss", "/feed.json", "/archive", "/notes/nothing", `/note/${slug}`])
      yield* visit(other)
    const hidden = yield* posts.create(note("Draft", { status: "draft" }))
    yield* visit(`/notes/${hidden.slug}`, { cookie })
    expect(yield* counted).toEqual([])
  }).pipe(Effect.provide(site))
)

it.scopedLive(
  "shows the owner numbers in the list, over days and months, as a picture and a table, and deletes them",
  () =>
    Effect.gen(function* () {
      const { get, post } = yield* owner
      const posts = yield* Posts
      const views = yield* PostViews
      yield* turnOn
      const { id } = yield* posts.create(note("Seen <often>"))
      const gone = yield* posts.create(note("Gone"))
      const today = Math.floor(Date.now() / 86_400_000)
      yield* views.add([
        { post: id, day: today, count: 1_200 },
        { post: id, day: today - 40, count: 30 },
        { post: gone.id, day: today, count: 5 }
      ])
      const list = yield* get("/admin/")
      expect(list.body).toContain(`<a href="/admin/posts/${id}/views">1,230 views</a>`)
      const all = yield* get("/admin/views")
      expect(all.body).toContain("1,205 views in the last 30 days")
      expect(all.body).toContain("Seen &lt;often>")
      expect(all.body.match(/<rect/g)).toHaveLength(1)
      expect(all.body).toContain("<td>1,205</td>")
      expect((yield* get("/admin/views?by=month")).body).toContain("1,235 views in the last 12 months")
      const one = yield* get(`/admin/posts/${id}/views`)
      expect(one.body).toContain("1,230 views in all")
      expect(one.body).toContain("1,200 views in the last 30 days")
      expect((yield* get("/admin/posts/99/views")).status).toBe(404)
      expect((yield* ask("/admin/views")).status).not.toBe(200)
      yield* posts.delete(gone.id)
      expect((yield* get("/admin/views")).body).not.toContain("Gone")
      yield* posts.erase(gone.id)
      expect(yield* views.totals([gone.id])).toEqual(new Map())
      expect((yield* get("/admin/views/clear")).body).toContain("Delete all view counts?")
      expect((yield* post("/admin/views/clear")).status).toBe(303)
      expect(yield* views.exist).toBe(false)
      expect((yield* get("/admin/views?cleared")).body).toContain("The numbers were deleted.")
    }).pipe(Effect.provide(site))
)
