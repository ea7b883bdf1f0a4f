import { expect, it } from "@effect/vitest"
import { Effect, Either, Layer, Option, Redacted, TestClock } from "effect"
import * as Testing from "../../../layers/Testing.js"
import { PostRevisions } from "../../../src/services/PostRevisions.js"
import { Posts } from "../../../src/services/Posts.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import * as Micropub from "../../../src/web/micropub/Routes.js"
import * as Revisions from "../../../src/web/revisions/Routes.js"
import { tokenFor } from "../../fixtures/MicropubSite.js"
import { ask, settings } from "../../fixtures/TestServer.js"

const site = Testing.site(serve(Layer.mergeAll(Revisions.routes, Micropub.routes)), { search: false })

const kept = { type: "h-entry", status: "published", visibility: "public" } as const
const draft = { ...kept, status: "draft" } as const

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

const owner = Effect.gen(function* () {
  const sessions = yield* SessionManager
  const token = Redacted.value(yield* sessions.create({ owner: `${settings.siteUrl}/`, userAgent: firefox }))
  const headers = { accept: "text/html", cookie: `starpunk_session=${token}` }
  return {
    get: (path: string) => ask(path, { headers }),
    post: (path: string, fields: Record<string, string>) =>
      ask(path, {
        method: "POST",
        headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(fields).toString()
      })
  }
})

it.scopedLive("shows what an app changed, in words, and restores the state before as a change", () =>
  Effect.gen(function* () {
    const { get, post } = yield* owner
    const posts = yield* Posts
    const revisions = yield* PostRevisions
    const before = { name: ["Tide <table>"], content: ["Low water at six"] }
    const { id, slug } = yield* posts.create({ ...kept, properties: before })
    expect((yield* get(`/admin/posts/${id}/revisions`)).body).toContain("has not been changed")
    const changed = yield* ask("/micropub", {
      method: "POST",
      headers: { authorization: `Bearer ${yield* tokenFor("update")}`, "content-type": "application/json" },
      body: JSON.stringify({
        action: "update",
        url: `${settings.siteUrl}/notes/${slug}`,
        replace: { content: ["Low water at <b>seven</b>"] }
      })
    })
    expect(changed.status, changed.body).toBe(204)
    const [revision] = yield* revisions.of(id)
    const list = yield* get(`/admin/posts/${id}/revisions`)
    expect(list.body).toContain("1 change")
    expect(list.body).toContain("with test")
    const path = `/admin/posts/${id}/revisions/${revision?.id}`
    const page = yield* get(path)
    expect(page.body).toMatch(/<del>.*six.*<\/del>/s)
    expect(page.body).toMatch(/<ins>.*&lt;b>seven.*<\/ins>/s)
    expect(page.body).toContain("Low water at ")

    const current = Option.getOrThrow(yield* posts.byId(id))
    const late = yield* post(path, { based_on: String(current.updatedAt - 1) })
    expect(late.status).toBe(409)
    const restored = yield* post(path, { based_on: String(current.updatedAt) })
    expect(restored.headers.get("location")).toBe(`/admin/posts/${id}/revisions?restored`)
    expect(Option.getOrThrow(yield* posts.byId(id))).toMatchObject({ properties: before, slug, status: "published" })
    const after = yield* get(`/admin/posts/${id}/revisions?restored`)
    expect(after.body).toContain("2 changes")
    expect(after.body).toContain("with Firefox on Linux")
  }).pipe(Effect.provide(site))
)

it.scopedLive("belongs to one post, and is permanently deleted with it", () =>
  Effect.gen(function* () {
    const { get, post } = yield* owner
    const posts = yield* Posts
    const revisions = yield* PostRevisions
    const one = yield* posts.create({ ...kept, properties: { content: ["One"] } })
    const other = yield* posts.create({ ...kept, properties: { content: ["Other"] } })
    yield* posts.update(one.id, () => Either.right({ ...kept, properties: { content: ["Two"] } }))
    const id = (yield* revisions.of(one.id))[0]?.id ?? 0
    for (const path of [
      `${other.id}/revisions/${id}`,
      `${one.id}/revisions/0`,
      `${one.id}/revisions/x`,
      "999/revisions"
    ]) {
      expect((yield* get(`/admin/posts/${path}`)).status, path).toBe(404)
    }
    yield* posts.delete(one.id)
    const deleted = yield* get(`/admin/posts/${one.id}/revisions/${id}`)
    expect(deleted.body).not.toContain("Restore the state")
    const { updatedAt } = Option.getOrThrow(yield* posts.byId(one.id))
    const refused = yield* post(`/admin/posts/${one.id}/revisions/${id}`, { based_on: String(updatedAt) })
    expect(refused.status).toBe(409)
    yield* posts.erase(one.id)
    expect(yield* revisions.of(one.id)).toEqual([])
    expect((yield* get(`/admin/posts/${one.id}/revisions`)).status).toBe(404)
  }).pipe(Effect.provide(site))
)

it.scoped("keeps the newest states of a post within its bounds, and one of each sitting with a draft", () =>
  Effect.gen(function* () {
    const posts = yield* Posts
    const revisions = yield* PostRevisions
    const change = (id: number, base: typeof kept | typeof draft, text: string, by?: string) =>
      posts.update(id, () => Either.right({ ...base, properties: { content: [text] } }), by)
    const many = yield* posts.create({ ...kept, properties: { content: ["0"] } })
    for (let turn = 1; turn <= 55; turn += 1) yield* change(many.id, kept, String(turn))
    const left = yield* revisions.of(many.id)
    expect(left).toHaveLength(50)
    const oldest = Option.getOrThrow(yield* revisions.byId(many.id, left.at(-1)?.id ?? 0))
    expect([oldest.before.properties.content, oldest.after.properties.content]).toEqual([["5"], ["6"]])
    yield* change(many.id, kept, "55")
    expect(yield* revisions.of(many.id)).toEqual(left)

    const large = yield* posts.create({ ...kept, properties: { content: ["0"] } })
    for (let turn = 1; turn <= 8; turn += 1) yield* change(large.id, kept, `${turn} ${"lorem ".repeat(140_000)}`)
    expect((yield* revisions.of(large.id)).length).toBe(4)

    const typed = yield* posts.create({ ...draft, properties: { content: ["0"] } })
    for (const by of ["Firefox", "Firefox", "Phone", "Firefox"]) {
      yield* TestClock.adjust("1 minute")
      yield* change(typed.id, draft, `${by} ${Math.random()}`, by)
    }
    expect((yield* revisions.of(typed.id)).map(({ replacedBy }) => replacedBy)).toEqual(["Phone", "Firefox"])
    yield* TestClock.adjust("11 minutes")
    yield* change(typed.id, draft, "later", "Firefox")
    expect(yield* revisions.of(typed.id)).toHaveLength(3)
  }).pipe(Effect.provide(Testing.site(serve(Revisions.routes), { search: false, pool: "thread" })))
)
