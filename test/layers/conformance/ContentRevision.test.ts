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
import { conforms, insert } from "./ContentRevision.js"

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

conforms("SQLite", watched)

describe("the revision of a file", () => {
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
