import { copyFile, rename } from "node:fs/promises"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Fiber, Layer } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import type { ConnectionOptions } from "../../../layers/sqlite/pool/Connection.js"
import * as SqlPool from "../../../layers/sqlite/pool/SqlPool.js"
import * as WorkerDriver from "../../../layers/sqlite/pool/WorkerDriver.js"
import * as ContentRevision from "../../../layers/sqlite/revision/ContentRevision.js"
import { migrate } from "../../../layers/sqlite/schema/Migrator.js"
import { ContentRevision as Port } from "../../../src/services/ContentRevision.js"
import { SqlPool as Pool } from "../../../src/services/SqlPool.js"
import { databasePath, fromOutside } from "../../fixtures/Database.js"

const insert = (slug: string, publishedAt: number) =>
  `INSERT INTO posts (slug, type, properties, status, visibility, published_at, created_at, updated_at)
    VALUES ('${slug}', 'h-entry', '{}', 'published', 'public', ${publishedAt}, 1, 1)`

const reader = (path: string): ConnectionOptions => ({
  path,
  role: "reader",
  create: false,
  busyTimeoutMillis: 2_000,
  synchronous: "full",
  checkpoints: "own",
  nativeBinding: undefined
})

/** The revision of a database of today's schema; `execute` commits in another connection, `write` in the pool. */
const watched = Effect.gen(function* () {
  const path = yield* databasePath
  const pool = SqlPool.layerThread({ path }).pipe(Layer.provide(layerSilent))
  const services = yield* Layer.build(
    ContentRevision.layerWith(WorkerDriver.open, reader(path)).pipe(Layer.provideMerge(pool))
  )
  const { read } = yield* Effect.provide(Port, services)
  const now = Effect.async<string | undefined>((resume) => read((revision) => resume(Effect.succeed(revision))))
  // What another process has committed is seen a millisecond later.
  const current = Effect.zipRight(Effect.sleep("1 millis"), now)
  const execute = (statement: string) => fromOutside(path, (database) => database.exec(statement))
  const write = (statement: string) =>
    Effect.flatMap(Pool, (pool) => pool.write((sql) => sql.unsafe(statement))).pipe(Effect.provide(services))
  const migrated = Effect.provide(migrate, Layer.merge(Layer.succeedContext(services), layerSilent))
  return {
    path,
    now,
    current,
    execute,
    write,
    // Until its connection is open, the revision is unknown.
    prepare: Effect.zipRight(migrated, Effect.repeat(current, { until: (revision) => revision !== undefined }))
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

  it.scopedLive("covers each commit of this process as soon as it is acknowledged", () =>
    Effect.gen(function* () {
      const { now, prepare, write } = yield* watched
      yield* prepare
      const seen = new Set<string | undefined>()
      for (let number = 0; number < 200; number++) {
        yield* write(insert(`note-${number}`, 0))
        // The second call comes within the millisecond of the first.
        seen.add(yield* now)
        expect(yield* now).toBe([...seen].at(-1))
      }
      expect(seen.size).toBe(200)
    })
  )

  it.scopedLive("is unknown while another file is at the path", () =>
    Effect.gen(function* () {
      const { current, path, prepare } = yield* watched
      yield* prepare
      const before = yield* current
      yield* Effect.promise(() => rename(path, `${path}.away`))
      yield* Effect.promise(() => copyFile(`${path}.away`, path))
      yield* Effect.repeat(current, { until: (revision) => revision === undefined })
      yield* Effect.promise(() => rename(`${path}.away`, path))
      expect(yield* current).toBe(before)
    })
  )
})
