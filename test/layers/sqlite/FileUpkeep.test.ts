import { statSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect, Layer, type Scope, TestClock } from "effect"
import { CapturedLogs, layerCapture } from "../../../layers/memory/Logger.js"
import { layer as layerSecureRandom } from "../../../layers/memory/SecureRandom.js"
import { layerWith } from "../../../layers/sqlite/file/FileUpkeep.js"
import { layerThread } from "../../../layers/sqlite/pool/SqlPool.js"
import { WriteAheadLog } from "../../../layers/sqlite/pool/WriteAheadLog.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { databasePath, foreignLock } from "../../fixtures/Database.js"
import { eventually } from "../../fixtures/Eventually.js"

const small = { restartAbovePages: 10, warnAbovePages: 20 }

const withUpkeep = <A, E>(
  body: (path: string) => Effect.Effect<A, E, SqlPool | WriteAheadLog | CapturedLogs | Scope.Scope>,
  checkpoints: "own" | "external" = "own"
) =>
  Effect.gen(function* () {
    const path = yield* databasePath
    const pool = layerThread({ path, readers: 1, checkpoints })
    const stack = layerWith({ ...small, checkpoints }).pipe(
      Layer.provideMerge(pool),
      Layer.provideMerge(Layer.merge(layerCapture, layerSecureRandom))
    )
    return yield* Effect.provide(body(path), stack)
  })

/** Another program whose read transaction does not end. */
const foreignReader = (path: string) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const database = new Database(path, { readonly: true })
      database.exec("BEGIN")
      database.prepare("SELECT count(*) FROM t").get()
      return database
    }),
    (database) => Effect.sync(() => database.close())
  )

const writeMuch = Effect.flatMap(SqlPool, (pool) =>
  Effect.replicateEffect(
    pool.write((sql) => sql`INSERT INTO t VALUES (zeroblob(40000))`),
    10
  )
)

const warnings = Effect.flatMap(CapturedLogs, ({ events }) =>
  Effect.map(events, (events) => events.filter(({ level }) => level === "WARNING"))
)

describe("The upkeep of the database file", () => {
  it.scoped("copies the write-ahead log into the database file and resets it", () =>
    withUpkeep(() =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        const wal = yield* WriteAheadLog
        yield* pool.write((sql) => sql`CREATE TABLE t (a BLOB)`)
        yield* writeMuch
        yield* TestClock.adjust("40 seconds")
        yield* pool.write((sql) => sql`INSERT INTO t VALUES (NULL)`)
        const after = yield* wal.checkpoint("PASSIVE", "0 seconds")
        expect(after.pages).toBeLessThan(10)
        expect(after.copied).toBe(after.pages)
        expect(yield* warnings).toEqual([])
      })
    )
  )

  it.scoped("reports what keeps the log from being restarted, and continues to write meanwhile", () =>
    withUpkeep((path) =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        yield* pool.write((sql) => sql`CREATE TABLE t (a BLOB)`)
        yield* foreignReader(path)
        yield* writeMuch
        yield* TestClock.adjust("40 seconds")
        yield* eventually(warnings, (lines) => lines.length > 0)
        const [line] = yield* warnings
        expect(line).toMatchObject({
          logger: "starpunk.database",
          message: "The write-ahead log cannot be restarted",
          fields: { job: "checkpoint" }
        })
        expect(line?.fields.log_pages).toBeGreaterThan(20)
        yield* pool.write((sql) => sql`INSERT INTO t VALUES (NULL)`)
      })
    )
  )

  it.scoped("leaves checkpoints to another program if set so, and reports a missing one", () =>
    withUpkeep(
      (path) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const wal = yield* WriteAheadLog
          yield* pool.write((sql) => sql`CREATE TABLE t (a BLOB)`)
          // Three times the size at which SQLite, or the upkeep, runs a checkpoint.
          yield* Effect.replicateEffect(writeMuch, 30)
          yield* TestClock.adjust("40 seconds")
          const { copied, pages } = yield* wal.checkpoint("NOOP", "0 seconds")
          expect(copied).toBe(0)
          expect(pages).toBeGreaterThan(3_000)
          expect(statSync(`${path}-wal`).size).toBeGreaterThan(3_000 * 4_096)
          expect(yield* warnings).toMatchObject([
            { message: "No program checkpoints the write-ahead log", fields: { log_pages: pages } }
          ])
        }),
      "external"
    )
  )

  it.scoped("names the other process that reads, if the system reveals it", () =>
    withUpkeep((path) =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        const wal = yield* WriteAheadLog
        yield* pool.write((sql) => sql`CREATE TABLE t (a BLOB)`)
        expect(yield* wal.readersBeside).toEqual([])
        const endReader = yield* foreignLock(path, "BEGIN; SELECT count(*) FROM t")
        yield* writeMuch
        yield* TestClock.adjust("40 seconds")
        yield* eventually(warnings, (lines) => lines.length > 0)
        const [line] = yield* warnings
        if (process.platform === "linux") {
          expect(line?.fields.held_by_processes).toEqual([expect.any(Number)])
          expect(line?.fields.held_by_processes).not.toContain(process.pid)
        }
        yield* endReader
        expect(yield* wal.readersBeside).toEqual([])
      })
    )
  )

  it.scoped("names a reader of this process by its request", () =>
    withUpkeep(() =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        const wal = yield* WriteAheadLog
        expect(yield* wal.oldestReader).toBeUndefined()
        const seen = yield* pool.read(() => wal.oldestReader).pipe(Effect.annotateLogs("request_id", "the-request"))
        expect(seen).toMatchObject({ held_by_request_id: "the-request" })
      })
    )
  )

  it.scoped("leaves the busy timeout of the connection unchanged", () =>
    withUpkeep(() =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        const wal = yield* WriteAheadLog
        yield* wal.checkpoint("RESTART", "1 millis")
        yield* wal.optimize
        const rows = yield* pool.write((sql) => sql<{ timeout: number }>`PRAGMA busy_timeout`)
        expect(rows[0]?.timeout).toBe(2000)
      })
    )
  )
})
