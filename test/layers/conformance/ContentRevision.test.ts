import { describe, expect, it } from "@effect/vitest"
import { Effect, Fiber, Layer } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import * as SecureRandom from "../../../layers/process/SecureRandom.js"
import * as ContentRevision from "../../../layers/sql/stores/ContentRevision.js"
import * as SqlPool from "../../../layers/sqlite/pool/SqlPool.js"
import { migrate } from "../../../layers/sqlite/schema/Migrator.js"
import { ContentRevision as Port } from "../../../src/services/ContentRevision.js"
import { databasePath, fromOutside } from "../../fixtures/Database.js"

const insert = (slug: string, publishedAt: number) =>
  `INSERT INTO posts (slug, type, properties, status, visibility, published_at, created_at, updated_at)
    VALUES ('${slug}', 'h-entry', '{}', 'published', 'public', ${publishedAt}, 1, 1)`

/** The revision of a database of today's schema; `execute` commits in another connection. */
const watched = Effect.gen(function* () {
  const path = yield* databasePath
  const pool = SqlPool.layerThread({ path }).pipe(Layer.provide(layerSilent))
  const services = yield* Layer.build(
    ContentRevision.layer.pipe(Layer.provideMerge(pool), Layer.provide(SecureRandom.layer))
  )
  const { read } = yield* Effect.provide(Port, services)
  const current = Effect.async<string | undefined>((resume) => read((revision) => resume(Effect.succeed(revision))))
  const execute = (statement: string) => fromOutside(path, (database) => database.exec(statement))
  return {
    current,
    execute,
    prepare: Effect.provide(migrate, Layer.merge(Layer.succeedContext(services), layerSilent))
  }
})

describe("the revision of the content", () => {
  it.scopedLive("is unknown before the database has its tables", () =>
    Effect.gen(function* () {
      const { current, prepare } = yield* watched
      expect(yield* current).toBeUndefined()
      yield* prepare
      expect(yield* current).toBeDefined()
    })
  )

  it.scopedLive("changes with every commit that changes what is shown, and with no other", () =>
    Effect.gen(function* () {
      const { current, execute, prepare } = yield* watched
      yield* prepare
      const seen = new Set([yield* current])
      for (const statement of [
        insert("one", 0),
        'UPDATE posts SET properties = \'{"name":["One"]}\'',
        "INSERT INTO post_renderings VALUES (1, 1, 'rendered', 1, '', '{}', '', '')",
        "DELETE FROM post_renderings",
        "INSERT INTO media (id, name, byte_length, uploaded_at) VALUES ('a', 'a', 1, 1)",
        "DELETE FROM media",
        "UPDATE posts SET deleted_at = 1",
        "DELETE FROM posts"
      ]) {
        yield* execute(statement)
        const before = seen.size
        expect(seen.add(yield* current).size, statement).toBe(before + 1)
        expect(yield* current).toBe([...seen].at(-1))
      }
      yield* execute("INSERT INTO search_state (name, value) VALUES ('a', 'b')")
      yield* execute("BEGIN; INSERT INTO search_state (name, value) VALUES ('c', 'd'); ROLLBACK")
      expect(yield* current).toBe([...seen].at(-1))
    })
  )

  it.scopedLive("changes when a scheduled post becomes due", () =>
    Effect.gen(function* () {
      const { current, execute, prepare } = yield* watched
      yield* prepare
      yield* execute(insert("scheduled", Date.now() + 300))
      const before = yield* current
      for (;;) {
        const now = yield* current
        if (now !== before) break
        yield* Effect.sleep("20 millis")
      }
      expect(yield* current).not.toBe(before)
    })
  )

  it.scopedLive("is read once for all that ask at once, after the last of them asked", () =>
    Effect.gen(function* () {
      const { current, execute, prepare } = yield* watched
      yield* prepare
      const before = yield* current
      const asked = yield* Effect.fork(Effect.all([current, current, current], { concurrency: "unbounded" }))
      yield* execute(insert("one", 0))
      const after = yield* current
      expect(after).not.toBe(before)
      expect(new Set(yield* Fiber.join(asked)).size).toBe(1)
    })
  )
})
