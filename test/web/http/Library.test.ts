import { expect, it } from "@effect/vitest"
import { Effect, Either, Layer, Option, Redacted, Stream } from "effect"
import sharp from "sharp"
import * as Testing from "../../../layers/Testing.js"
import { MediaLibrary } from "../../../src/services/MediaLibrary.js"
import { MediaStore } from "../../../src/services/MediaStore.js"
import { Posts } from "../../../src/services/Posts.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import * as Editor from "../../../src/web/editor/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import * as Library from "../../../src/web/library/Routes.js"
import { file } from "../../../src/web/media/File.js"
import { isOverPostgres } from "../../fixtures/SiteEngine.js"
import { ask, settings } from "../../fixtures/TestServer.js"

const site = Testing.site(serve(Layer.mergeAll(Library.routes, Editor.routes, file)), { pool: "worker" })

const samplePost = { type: "h-entry", status: "published", visibility: "public" } as const

const picture = Effect.gen(function* () {
  const media = yield* MediaStore
  const bytes = yield* Effect.promise(() =>
    sharp({ create: { width: 400, height: 300, channels: 3, background: "#268" } })
      .jpeg()
      .toBuffer()
  )
  return yield* media.store({ content: Stream.make(bytes), filename: "a.jpg", declaredType: "image/jpeg" })
})

/** The owner's browser. */
const owner = Effect.gen(function* () {
  const sessions = yield* SessionManager
  const cookie = `starpunk_session=${Redacted.value(yield* sessions.create({ owner: `${settings.siteUrl}/` }))}`
  const headers = { accept: "text/html", cookie }
  return {
    get: (path: string) => ask(path, { headers }),
    send: (path: string, body: FormData) => ask(path, { method: "POST", headers, body }),
    post: (path: string, fields: Record<string, string>) =>
      ask(path, {
        method: "POST",
        headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(fields).toString()
      })
  }
})

const standingIn = (body: string) => /name="standing" value="([^"]*)"/.exec(body)?.[1] ?? ""

it.scopedLive("lists files with their uses, and narrows to unused ones", () =>
  Effect.gen(function* () {
    const { get } = yield* owner
    const posts = yield* Posts
    expect((yield* get("/admin/media")).body).toContain("No files yet")
    const used = yield* picture
    const unused = yield* picture
    yield* posts.create({ ...samplePost, properties: { photo: [{ value: used.path, alt: "A <heron>" }] } })
    yield* posts.create({ ...samplePost, properties: { content: [`Look: ![](${used.path})`] } })
    const all = yield* get("/admin/media")
    expect(all.status).toBe(200)
    expect(all.body).toContain("2 files")
    expect(all.body).toContain("A &lt;heron>")
    expect(all.body).toContain("2 posts")
    expect(all.body).toContain("Not used 1")
    const narrow = yield* get("/admin/media?show=unused")
    expect(narrow.body).toContain(unused.id)
    expect(narrow.body).not.toContain(used.id)
    for (const odd of ["?page=0", "?page=x", "?page=99999999999999999999"]) {
      expect((yield* get(`/admin/media${odd}`)).status, odd).toBe(200)
    }
    expect((yield* ask("/admin/media")).status).not.toBe(200)
  }).pipe(Effect.provide(site))
)

it.scopedLive("finds files by words of their descriptions and names, and pictures without a description", () =>
  Effect.gen(function* () {
    const { get } = yield* owner
    const posts = yield* Posts
    const [dune, heron, bare, alone] = [yield* picture, yield* picture, yield* picture, yield* picture]
    yield* posts.create({ ...samplePost, properties: { photo: [{ value: dune.path, alt: "Größe 50 %: A dune_" }] } })
    yield* posts.create({ ...samplePost, properties: { photo: [{ value: heron.path, alt: "A heron on a dune" }] } })
    yield* posts.create({ ...samplePost, properties: { content: [`![](${bare.path})`] } })
    const found = Effect.fnUntraced(function* (query: string) {
      const { body, status } = yield* get(`/admin/media?${query}`)
      expect(status).toBe(200)
      return Object.entries({ dune, heron, bare, alone }).flatMap(([name, { id }]) => (body.includes(id) ? [name] : []))
    })
    expect(yield* found("q=DUNE")).toEqual(["dune", "heron"])
    expect(yield* found("q=dune+heron")).toEqual(["heron"])
    expect(yield* found("q=gr%C3%B6%C3%9Fe")).toEqual(["dune"])
    expect(yield* found("q=50+%25")).toEqual(["dune"])
    expect(yield* found("q=_")).toEqual(["dune"])
    expect(yield* found(`q=${alone.id.slice(0, 12)}`)).toEqual(["alone"])
    expect(yield* found("show=undescribed")).toEqual(["bare"])
    expect(yield* found("show=unused&q=dune")).toEqual([])
    expect((yield* get("/admin/media")).body).toContain("Without description 1")
    expect((yield* get("/admin/media?q=nothing")).body).toContain("No file matches your search.")
    expect((yield* get(`/admin/media?q=${"x+".repeat(500)}`)).status).toBe(200)
  }).pipe(Effect.provide(site))
)

it.scopedLive("takes several files from its form, which works without script", () =>
  Effect.gen(function* () {
    const { get, send } = yield* owner
    const jpeg = yield* Effect.promise(() =>
      sharp({ create: { width: 8, height: 8, channels: 3, background: "#268" } })
        .jpeg()
        .toBuffer()
    )
    const form = (...contents: ReadonlyArray<Uint8Array>) => {
      const body = new FormData()
      for (const content of contents) body.append("files", new File([new Uint8Array(content)], "a.jpg"))
      return body
    }
    const sent = yield* send("/admin/media", form(jpeg, jpeg, jpeg))
    expect([sent.status, sent.headers.get("location")]).toEqual([303, "/admin/media?uploaded=3"])
    expect((yield* get("/admin/media?uploaded=3")).body).toContain("3 files uploaded.")
    const refused = yield* send("/admin/media", form(jpeg, new TextEncoder().encode("<svg/>")))
    expect(refused.status).toBe(415)
    expect((yield* (yield* MediaLibrary).counts).all).toBe(3)
  }).pipe(Effect.provide(site))
)

it.scopedLive("saves a description in every post that shows the file, and changes nothing else", () =>
  Effect.gen(function* () {
    const { get, post } = yield* owner
    const posts = yield* Posts
    const { id, path } = yield* picture
    const other = yield* picture
    const photo = yield* posts.create({ ...samplePost, properties: { photo: [path, other.path], name: ["Two"] } })
    const text = yield* posts.create({
      ...samplePost,
      properties: { content: [`![old \\] one](${path} "Title") and ![kept](${other.path})`] }
    })
    const saved = yield* post(`/admin/media/${id}`, { description: " A [blue]\r\nsquare " })
    expect(saved.headers.get("location")).toBe(`/admin/media/${id}?saved=2`)
    const page = yield* get(`/admin/media/${id}?saved=2`)
    expect(page.body).toContain("Saved in 2 posts.")
    expect(Option.getOrThrow(yield* posts.byId(photo.id)).properties).toEqual({
      photo: [{ value: path, alt: "A [blue] square" }, other.path],
      name: ["Two"]
    })
    expect(Option.getOrThrow(yield* posts.byId(text.id)).properties.content).toEqual([
      `![A \\[blue\\] square](${path} "Title") and ![kept](${other.path})`
    ])
  }).pipe(Effect.provide(site))
)

it.scopedLive("asks before it deletes a used file, and says where it is used", () =>
  Effect.gen(function* () {
    const { get, post } = yield* owner
    const posts = yield* Posts
    const { id, path, variants } = yield* picture
    const naming = yield* posts.create({ ...samplePost, properties: { name: ["Low tide"], photo: [path] } })
    const question = yield* get(`/admin/media/${id}/delete`)
    expect(question.body).toContain("It is used in 1 post")
    expect(question.body).toContain("Low tide")
    const deleted = yield* post(`/admin/media/${id}/delete`, { standing: standingIn(question.body) })
    expect(deleted.headers.get("location")).toBe("/admin/media?deleted")
    for (const gone of [path, ...variants.map((variant) => variant.path), `/admin/media/${id}`]) {
      expect((yield* get(gone)).status, gone).toBe(404)
    }
    expect(Option.getOrThrow(yield* posts.byId(naming.id)).properties.photo).toEqual([path])
  }).pipe(Effect.provide(site))
)

it.scopedLive("asks again if a post began to use the file meanwhile", () =>
  Effect.gen(function* () {
    const { get, post } = yield* owner
    const posts = yield* Posts
    const { id, path } = yield* picture
    const standing = standingIn((yield* get(`/admin/media/${id}/delete`)).body)
    const naming = yield* posts.create({ ...samplePost, properties: { photo: [path] } })
    const refused = yield* post(`/admin/media/${id}/delete`, { standing })
    expect(refused.status).toBe(409)
    expect(refused.body).toContain("Nothing was deleted")
    expect((yield* get(path)).status).toBe(200)
    expect((yield* post(`/admin/media/${id}/delete`, {})).status).toBe(409)
    yield* posts.update(naming.id, ({ properties: _, ...kept }) =>
      Either.right({ ...kept, properties: { name: ["x"] } })
    )
    const free = yield* post(`/admin/media/${id}/delete`, { standing })
    expect(free.status).toBe(303)
    expect((yield* post(`/admin/media/${id}/delete`, { standing })).status).toBe(404)
  }).pipe(Effect.provide(site))
)

it.scopedLive("reads one page of 10,000 files", () =>
  Effect.gen(function* () {
    const { get } = yield* owner
    const pool = yield* SqlPool
    // 32 digits, on any engine.
    const id = "'0000000000000000' || CAST(1000000000000000 + n AS TEXT)"
    yield* pool.write((sql) =>
      Effect.all([
        sql`WITH RECURSIVE file(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM file WHERE n < 10000)
          INSERT INTO media (id, name, byte_length, uploaded_at)
          SELECT ${sql.literal(id)}, ${sql.literal(id)} || '-400x300.jpg', 1000, n FROM file`,
        sql`WITH RECURSIVE note(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM note WHERE n < 9000)
          INSERT INTO posts (id, slug, type, properties, status, visibility, published_at, created_at, updated_at)
          SELECT n, 'n-' || n, 'h-entry', '{}', 'published', 'public', n, 0, 0 FROM note`,
        sql`INSERT INTO media_uses (media_id, post_id, alt) SELECT ${sql.literal(id)}, n, '' FROM (SELECT id AS n FROM posts) AS note`
      ])
    )
    const library = yield* MediaLibrary
    expect(yield* library.counts).toEqual({ all: 10_000, unused: 1000, undescribed: 9000, bytes: 10_000_000 })
    const page = yield* get("/admin/media?show=unused&page=17")
    expect(page.body.match(/class="file-name"/g)).toHaveLength(40)
    expect(page.body).not.toContain("Older files")
    // Only SQLite describes its plan in this form.
    if (isOverPostgres) return
    const plan = yield* pool.read(
      (sql) => sql<{ detail: string }>`EXPLAIN QUERY PLAN SELECT id FROM media
      WHERE NOT EXISTS (SELECT 1 FROM media_uses WHERE media_uses.media_id = media.id) ORDER BY position DESC LIMIT 60`
    )
    expect(plan.map(({ detail }) => detail).join("\n")).not.toMatch(/SCAN media_uses|TEMP B-TREE/)
  }).pipe(Effect.provide(site))
)
