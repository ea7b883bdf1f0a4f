import { expect, it } from "@effect/vitest"
import { Context, Effect, Either, Stream } from "effect"
import sharp from "sharp"
import { MediaStore } from "../../../src/services/MediaStore.js"
import { Posts } from "../../../src/services/Posts.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { editorServer } from "../../fixtures/EditorServer.js"
import { isOverPostgres } from "../../fixtures/SiteEngine.js"

const kept = { type: "h-entry", status: "published", visibility: "public" } as const

const secret = "Unrepeatable"

const begun = Effect.gen(function* () {
  const server = yield* editorServer
  const posts = Context.get(server.context, Posts)
  const media = Context.get(server.context, MediaStore)
  const picture = Effect.gen(function* () {
    const bytes = yield* Effect.promise(() =>
      sharp({ create: { width: 40, height: 30, channels: 3, background: "#268" } })
        .png()
        .toBuffer()
    )
    return yield* media.store({ content: Stream.make(bytes), filename: "a.png", declaredType: "image/png" })
  })
  const form = (path: string, fields: Record<string, string> = {}) =>
    server.ask(path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString()
    })
  const visit = (path: string) => server.ask(path, { headers: { cookie: "" } })
  return { ...server, form, picture, posts, visit }
})

it.scopedLive("removes a deleted post for good, and its addresses still answer 410", () =>
  Effect.gen(function* () {
    const { ask, context, form, picture, posts, visit } = yield* begun
    const [own, shared] = [yield* picture, yield* picture]
    const properties = { name: [secret], content: [`${secret} words`], category: ["t"], photo: [own.path, shared.path] }
    yield* posts.create({ ...kept, properties: { photo: [shared.path] } })
    const { id } = yield* posts.create({ ...kept, properties, wishedSlug: "first" })
    const refused = yield* form(`/admin/erase/${id}`)
    expect(refused.status).toBe(409)
    expect(refused.body).toContain("This post is not deleted")
    expect((yield* visit("/notes/first")).status).toBe(200)

    yield* form(`/admin/delete/${id}`)
    expect((yield* ask("/admin/?state=deleted")).body).toContain(`/admin/erase/${id}`)
    const question = yield* ask(`/admin/erase/${id}`)
    expect(question.body).toContain("Also delete 1 file that nothing else uses")
    const erased = yield* form(`/admin/erase/${id}`, { files: "on" })
    expect(erased.headers.get("location")).toBe("/admin/?state=deleted&erased=1")

    expect((yield* visit("/notes/first")).status).toBe(410)
    expect((yield* visit(own.path)).status).toBe(404)
    expect((yield* visit(shared.path)).status).toBe(200)
    const list = yield* ask("/admin/?state=deleted&erased=1")
    expect(list.body).toContain("1 file was deleted too.")
    expect(list.body).not.toContain(secret)
    for (const path of [`/admin/edit/${id}`, `/admin/preview/${id}`, `/admin/delete/${id}`, `/admin/erase/${id}`]) {
      expect((yield* ask(path)).status, path).toBe(404)
    }
    expect((yield* form(`/admin/restore/${id}`)).status).toBe(404)
    expect((yield* form(`/admin/erase/${id}`)).status).toBe(404)
    expect((yield* posts.counts).deleted).toBe(0)
    expect((yield* posts.erase(id)).id).toBe(id)

    const pool = Context.get(context, SqlPool)
    const tables = yield* pool.read((sql) =>
      isOverPostgres
        ? sql<{ name: string }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`
        : sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_index%'`
    )
    for (const { name } of tables) {
      const rows = yield* pool.read((sql) => sql`SELECT * FROM ${sql(name)}`)
      expect(JSON.stringify(rows), name).not.toMatch(/unrepeatable/i)
    }
    const next = yield* posts.create({ ...kept, properties: { content: ["x"] }, wishedSlug: "first" })
    expect(next.slug).toBe("first-2")
  })
)

it.scopedLive("keeps the address of an erased page, and of the former address of a post", () =>
  Effect.gen(function* () {
    const { form, posts, visit } = yield* begun
    const page = yield* posts.create({
      ...kept,
      properties: { "post-type": ["page"], name: ["About"], content: ["Me"] },
      wishedSlug: "about"
    })
    const moved = yield* posts.create({ ...kept, properties: { content: ["x"] }, wishedSlug: "old" })
    yield* posts.update(moved.id, ({ properties }) => Either.right({ ...kept, properties, wishedSlug: "new" }))
    for (const { id } of [page, moved]) {
      yield* form(`/admin/delete/${id}`)
      expect((yield* form(`/admin/erase/${id}`)).status).toBe(303)
    }
    for (const path of ["/about", "/notes/old", "/notes/new"]) expect((yield* visit(path)).status, path).toBe(410)
  })
)
