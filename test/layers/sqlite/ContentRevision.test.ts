import { renameSync, writeFileSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, TestClock } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { layerTest } from "../../../layers/memory/Settings.js"
import * as ContentRevision from "../../../layers/sqlite/file/ContentRevision.js"
import * as SqlPool from "../../../layers/sqlite/pool/SqlPool.js"
import { migrate } from "../../../layers/sqlite/schema/Migrator.js"
import { ContentRevision as Port } from "../../../src/services/ContentRevision.js"
import { databasePath, fromOutside } from "../../fixtures/Database.js"

const insert = (slug: string, publishedAt: number) =>
  `INSERT INTO posts (slug, type, properties, status, visibility, published_at, created_at, updated_at)
    VALUES ('${slug}', 'h-entry', '{}', 'published', 'public', ${publishedAt}, 1, 1)`

/** The database is asked once per turn of the event loop. */
const nextTurn = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))

/** The watch over a database of today's schema; `execute` commits in another connection. */
const watched = Effect.gen(function* () {
  const path = yield* databasePath
  const pool = SqlPool.layerThread({ path }).pipe(Layer.provide(layerSilent))
  const services = yield* Layer.build(
    ContentRevision.layer.pipe(Layer.provideMerge(pool), Layer.provide(layerTest({ databasePath: path })))
  )
  const current = (yield* Effect.provide(Port, services)).current
  const execute = (statement: string) =>
    Effect.zipRight(
      fromOutside(path, (database) => database.exec(statement)),
      nextTurn
    )
  return { current, execute, path, prepare: Effect.provide(migrate, services) }
})

describe("the revision of the content", () => {
  it.scoped("is unknown before the database has its tables", () =>
    Effect.gen(function* () {
      const { current, prepare } = yield* watched
      expect(current()).toBeUndefined()
      yield* Effect.provide(prepare, layerSilent)
      yield* TestClock.adjust("1 second")
      expect(current()).toBeDefined()
    })
  )

  it.scoped("changes with every commit that changes what is shown, and with no other", () =>
    Effect.gen(function* () {
      const { current, execute, prepare } = yield* watched
      yield* Effect.provide(prepare, layerSilent)
      const seen = new Set([current()])
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
        expect(seen.add(current()).size, statement).toBe(before + 1)
        expect(current()).toBe([...seen].at(-1))
      }
      yield* execute("INSERT INTO search_state (name, value) VALUES ('a', 'b')")
      yield* execute("BEGIN; INSERT INTO search_state (name, value) VALUES ('c', 'd'); ROLLBACK")
      expect(current()).toBe([...seen].at(-1))
    })
  )

  it.scoped("changes when a scheduled post becomes due, and back when the clock is set back", () =>
    Effect.gen(function* () {
      const { current, execute, prepare } = yield* watched
      yield* Effect.provide(prepare, layerSilent)
      yield* TestClock.setTime(10_000)
      yield* execute(insert("scheduled", 15_000))
      const before = current()
      yield* TestClock.setTime(14_999)
      expect(current()).toBe(before)
      yield* TestClock.setTime(15_000)
      expect(current()).not.toBe(before)
      yield* TestClock.setTime(12_000)
      expect(current()).toBe(before)
    })
  )

  it.scoped("is unknown while another file lies in the place of the database", () =>
    Effect.gen(function* () {
      const { current, path, prepare } = yield* watched
      yield* Effect.provide(prepare, layerSilent)
      yield* TestClock.adjust("2 seconds")
      const before = current()
      expect(before).toBeDefined()
      renameSync(path, `${path}.away`)
      writeFileSync(path, "something else")
      yield* TestClock.adjust("2 seconds")
      expect(current()).toBeUndefined()
      renameSync(`${path}.away`, path)
      yield* nextTurn
      yield* TestClock.adjust("2 seconds")
      yield* TestClock.adjust("2 seconds")
      expect(current() ?? current()).toBe(before)
    })
  )
})
