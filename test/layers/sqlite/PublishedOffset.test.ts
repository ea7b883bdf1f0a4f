import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { migrateWith } from "../../../layers/sql/schema/Migrator.js"
import { layerThread } from "../../../layers/sqlite/pool/SqlPool.js"
import { publishedOffset } from "../../../layers/sqlite/schema/migrations/PublishedOffset.js"
import { migrations } from "../../../layers/sqlite/schema/migrations.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { databasePath, fromOutside } from "../../fixtures/Database.js"

const instant = (text: string) => Date.parse(text)

/** A client's value, its time, and the offset recovered from it. */
const posts: ReadonlyArray<readonly [published: unknown, at: number, offset: number | null]> = [
  ["2026-11-12T21:18:16-04:00", instant("2026-11-13T01:18:16Z"), -14_400],
  ["2026-11-12 21:18:16.25+0530", instant("2026-11-12T15:48:16.250Z"), 19_800],
  ["2026-11-12T21:18+01", instant("2026-11-12T20:18:00Z"), 3600],
  ["1890-11-12T21:18:16+01:00", instant("1890-11-12T20:18:16Z"), 3600],
  ["2026-11-12T21:18:16", instant("2026-11-12T21:18:16Z"), 0],
  ["2026-11-12", instant("2026-11-12T00:00:00Z"), 0],
  ["2026-11-12T21:18:16Z", instant("2026-11-12T21:18:16Z"), null],
  ["2026-11-12T21:18:16-00:00", instant("2026-11-12T21:18:16Z"), null],
  // Changed to another time since.
  ["2026-11-12T21:18:16-04:00", instant("2027-01-01T00:00:00Z"), null],
  ["yesterday", 0, null],
  [{ value: "2026-11-12T21:18:16-04:00" }, instant("2026-11-13T01:18:16Z"), null],
  [undefined, 0, null]
]

describe("T1: the offsets of stored posts", () => {
  it.scoped("are recovered from what clients sent, and from nothing that has changed since", () =>
    Effect.gen(function* () {
      const path = yield* databasePath
      const place = migrations.indexOf(publishedOffset)
      yield* Effect.gen(function* () {
        yield* migrateWith(migrations.slice(0, place))
        yield* fromOutside(path, (database) => {
          const insert = database.prepare(`INSERT INTO posts
            (slug, type, properties, status, visibility, published_at, created_at, updated_at)
            VALUES (?, 'h-entry', ?, 'published', 'public', ?, 0, 0)`)
          for (const [number, [published, at]] of posts.entries()) {
            const properties = { content: ["x"], ...(published !== undefined && { published: [published] }) }
            insert.run(`post-${number}`, JSON.stringify(properties), at)
          }
        })
        yield* migrateWith(migrations)
        const pool = yield* SqlPool
        const rows = yield* pool.read(
          (sql) => sql`SELECT published_at AS at, published_offset AS offset FROM posts ORDER BY id`
        )
        expect(rows).toEqual(posts.map(([, at, offset]) => ({ at, offset })))
      }).pipe(Effect.provide(layerThread({ path })), Effect.provide(layerSilent))
    })
  )
})
