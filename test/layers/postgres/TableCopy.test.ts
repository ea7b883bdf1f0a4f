import { describe, expect, it } from "@effect/vitest"
import { Context, Effect, Layer } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import * as PostgresPool from "../../../layers/postgres/pool/SqlPool.js"
import { copyTables } from "../../../layers/sql/copy/TableCopy.js"
import { tablesOf } from "../../../layers/sql/copy/Tables.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import * as Postgres from "../../fixtures/Postgres.js"

const poolOf = <E>(layer: Layer.Layer<SqlPool, E>) =>
  Effect.map(Layer.build(layer), (context) => Context.get(context, SqlPool))

const inFile = poolOf(TestDatabase.database().pipe(Layer.provide(layerSilent)))

const onServer = Effect.flatMap(Postgres.address(), (address) =>
  poolOf(PostgresPool.layer({ address }).pipe(Layer.provide(layerSilent)))
)

/** Rows of several kinds: texts in other scripts, bytes, a NUL, nothing, and numbers that were given and removed. */
const fill = (pool: SqlPool["Type"]) =>
  pool.write((sql) =>
    Effect.gen(function* () {
      const numbers = Array.from({ length: 700 }, (_, place) => place + 1)
      yield* sql`INSERT INTO posts ${sql.insert(
        numbers.map((number) => ({
          slug: `note-${number}`,
          type: "h-entry",
          properties: JSON.stringify({ content: [`Käse, 東京 and 🧀 ${number}`] }),
          status: "published",
          visibility: "public",
          published_at: number,
          created_at: 1,
          updated_at: 2
        }))
      )}`
      yield* sql`INSERT INTO post_tags ${sql.insert(
        numbers.map((number) => ({ post_id: number, tag: "a\0b", label: "Ä", position: 0, published_at: 1 }))
      )}`
      yield* sql`DELETE FROM posts WHERE slug = 'note-700'`
      yield* sql`INSERT INTO site_photo ${sql.insert({
        id: 1,
        version: "v",
        original: new Uint8Array([0, 255, 128]),
        square: new Uint8Array(),
        size: 1,
        icon: new Uint8Array([1]),
        crop: "{}",
        changed_at: 1
      })}`
    })
  )

const nextId = (pool: SqlPool["Type"]) =>
  pool.write((sql) =>
    Effect.map(
      sql<{ readonly id: number }>`INSERT INTO posts ${sql.insert({
        slug: "next",
        type: "h-entry",
        properties: "{}",
        status: "published",
        visibility: "public",
        published_at: 1,
        created_at: 1,
        updated_at: 1
      })} RETURNING id`,
      ([row]) => row?.id
    )
  )

describe.skipIf(Postgres.whyNot !== undefined)("copies between engines", () => {
  it.scopedLive("there and back again, everything is the same, and no number is given twice", () =>
    Effect.gen(function* () {
      const file = yield* inFile
      const server = yield* onServer
      const back = yield* inFile
      yield* fill(file)
      const there = yield* copyTables(file, server, () => {})
      expect(there.find(({ table }) => table === "posts")).toMatchObject({ count: 699 })
      expect(there.find(({ table }) => table === "post_tags")).toMatchObject({ count: 699 })
      expect(there.find(({ table }) => table === "site_photo")).toMatchObject({ count: 1 })
      const again = yield* copyTables(server, back, () => {})
      expect(again.toSorted((a, b) => (a.table < b.table ? -1 : 1))).toEqual(
        there.toSorted((a, b) => (a.table < b.table ? -1 : 1))
      )
      expect(yield* nextId(server)).toBe(701)
      expect(yield* nextId(back)).toBe(701)
    })
  )

  it.scopedLive("a target that is not empty is refused, and unchanged", () =>
    Effect.gen(function* () {
      const file = yield* inFile
      const server = yield* onServer
      yield* nextId(server)
      const failure = yield* Effect.flip(copyTables(file, server, () => {}))
      expect(failure).toMatchObject({ _tag: "DatabaseMoveRefused", reason: "target_taken", detail: "posts" })
    })
  )

  it.scopedLive("a copy that fails leaves an empty target, and can be repeated", () =>
    Effect.gen(function* () {
      const file = yield* inFile
      const server = yield* onServer
      yield* fill(file)
      const stopped = copyTables(file, server, ({ done, total }) => {
        if (total > 0 && done === total) throw new Error("the command is killed")
      })
      expect((yield* Effect.exit(stopped))._tag).toBe("Failure")
      const count = server.read((sql) => sql<{ readonly count: number }>`SELECT count(*) AS count FROM posts`)
      expect(yield* count).toEqual([{ count: 0 }])
      yield* copyTables(file, server, () => {})
      expect(yield* count).toEqual([{ count: 699 }])
    })
  )

  it.scopedLive("every table has a key to read it by, and both engines agree on all of it", () =>
    Effect.gen(function* () {
      const [ofFile, ofServer] = yield* Effect.forEach([yield* inFile, yield* onServer], (pool) => pool.read(tablesOf))
      const byName = (tables: typeof ofFile = []) => Object.fromEntries(tables.map((table) => [table.name, table]))
      expect(byName(ofServer)).toEqual(byName(ofFile))
      expect(ofFile?.filter(({ keys }) => keys.length === 0)).toEqual([])
    })
  )
})
