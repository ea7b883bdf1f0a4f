import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { layerThread, layerWorker } from "../../../layers/sqlite/pool/SqlPool.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { databasePath, foreignLock } from "../../fixtures/Database.js"

for (const [name, make] of Object.entries({ layerThread, layerWorker })) {
  describe(`A lock that another process keeps: ${name}`, () => {
    it.scopedLive("is reported to every caller, also to those in the queue, until it is released", () =>
      Effect.gen(function* () {
        const path = yield* databasePath
        yield* Effect.gen(function* () {
          const pool = yield* SqlPool
          yield* pool.write((sql) => sql`CREATE TABLE t (a INTEGER)`)
          const insert = pool.write((sql) => sql`INSERT INTO t VALUES (1)`)
          const release = yield* foreignLock(path)
          expect((yield* Effect.flip(insert))._tag).toBe("DatabaseLocked")
          const told = yield* Effect.all(
            [Effect.flip(insert), Effect.flip(insert), Effect.flip(insert), Effect.flip(pool.ping("writer"))],
            {
              concurrency: "unbounded"
            }
          )
          expect(new Set(told.map(({ _tag }) => _tag))).toEqual(new Set(["DatabaseLocked"]))
          yield* release
          yield* insert
          yield* pool.ping("writer")
        }).pipe(Effect.provide(make({ path, readers: 1, busyTimeout: "300 millis", writeTimeout: "1 minute" })))
      }).pipe(Effect.provide(layerSilent))
    )
  })
}
