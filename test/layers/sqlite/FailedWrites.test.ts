import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { CapturedLogs, layerCapture } from "../../../layers/memory/Logger.js"
import type { Command, Driver } from "../../../layers/sql/pool/Driver.js"
import { DriverFailure } from "../../../layers/sql/pool/DriverFailure.js"
import { layerWith } from "../../../layers/sqlite/pool/SqlPool.js"
import * as ThreadDriver from "../../../layers/sqlite/pool/ThreadDriver.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { databasePath } from "../../fixtures/Database.js"
import { eventually } from "../../fixtures/Eventually.js"

const isStatement = (command: Command, sql: string) => command.do === "execute" && command.statement.sql === sql

/** A disk that loses the next commit on demand, and connections that record their statements. */
const failingDisk = (quickChecks: ReadonlyArray<string> = []) => {
  const asked: Array<string> = []
  const answers = [...quickChecks]
  const disk = { failNextCommit: false, asked }
  const failing = (driver: Driver): Driver => {
    let broken: DriverFailure | undefined
    return {
      ...driver,
      broken: () => broken ?? driver.broken(),
      run: (command) => {
        asked.push(command.do === "execute" ? command.statement.sql : command.do)
        if (disk.failNextCommit && command.do === "commit") {
          disk.failNextCommit = false
          broken = new DriverFailure({ code: "SQLITE_IOERR_FSYNC", message: "disk I/O error" })
          return Effect.zipRight(driver.run({ do: "rollback" }), Effect.fail(broken))
        }
        const said = isStatement(command, "PRAGMA quick_check(1)") ? answers.shift() : undefined
        return said === undefined ? driver.run(command) : Effect.succeed([[said]])
      }
    }
  }
  const make = layerWith((options) =>
    Effect.map(ThreadDriver.open(options), (driver) => (options.role === "writer" ? failing(driver) : driver))
  )
  return { disk, make }
}

const withPool = <A, E>(
  make: ReturnType<typeof failingDisk>["make"],
  body: Effect.Effect<A, E, SqlPool | CapturedLogs>
) =>
  Effect.flatMap(databasePath, (path) =>
    Effect.provide(body, make({ path, readers: 1 }).pipe(Layer.provideMerge(layerCapture)))
  )

const values = Effect.flatMap(SqlPool, (pool) =>
  pool.read((sql) => sql<{ a: number }>`SELECT a FROM t ORDER BY a`)
).pipe(Effect.map((rows) => rows.map(({ a }) => a)))

describe("After a write that the disk refused", () => {
  it.scopedLive("the whole database is read before the next write, and other reads continue meanwhile", () => {
    const { disk, make } = failingDisk()
    return withPool(
      make,
      Effect.gen(function* () {
        const pool = yield* SqlPool
        const { events } = yield* CapturedLogs
        yield* pool.write((sql) => sql`CREATE TABLE t (a INTEGER)`)
        yield* pool.write((sql) => sql`INSERT INTO t VALUES (1)`)
        disk.failNextCommit = true
        const failure = yield* Effect.flip(pool.write((sql) => sql`INSERT INTO t VALUES (2)`))
        expect(failure).toMatchObject({ _tag: "DatabaseUnavailable", driverCode: "SQLITE_IOERR_FSYNC" })
        expect(yield* values).toEqual([1])
        yield* pool.write((sql) => sql`INSERT INTO t VALUES (3)`)
        expect(yield* values).toEqual([1, 3])
        const check = disk.asked.indexOf("PRAGMA quick_check(1)")
        expect(check).toBeGreaterThan(disk.asked.indexOf("commit"))
        expect(disk.asked.slice(check).filter((sql) => sql === "begin")).toHaveLength(1)
        expect((yield* events).map(({ message }) => message)).toContain(
          "Database checked after a failed write: no damage found"
        )
      })
    )
  })

  it.scopedLive("refuses writes while the check finds damage, and accepts them after the fix", () => {
    const { disk, make } = failingDisk(["row 1 missing from index i", "row 1 missing from index i"])
    return withPool(
      make,
      Effect.gen(function* () {
        const pool = yield* SqlPool
        yield* pool.write((sql) => sql`CREATE TABLE t (a INTEGER)`)
        disk.failNextCommit = true
        yield* Effect.flip(pool.write((sql) => sql`INSERT INTO t VALUES (2)`))
        const refused = yield* Effect.flip(pool.write((sql) => sql`INSERT INTO t VALUES (3)`))
        expect(refused).toMatchObject({ _tag: "DatabaseCorrupt", driverCode: "QUICK_CHECK" })
        expect(yield* values).toEqual([])
        yield* eventually(
          Effect.option(pool.write((sql) => sql`INSERT INTO t VALUES (4)`)),
          (written) => written._tag === "Some"
        )
        expect(yield* values).toEqual([4])
      })
    )
  })

  it.scopedLive("a connection that breaks without a disk error needs no check", () => {
    const { disk, make } = failingDisk()
    return withPool(
      make,
      Effect.gen(function* () {
        const pool = yield* SqlPool
        yield* pool.write((sql) => sql`CREATE TABLE t (a INTEGER UNIQUE)`)
        yield* pool.write((sql) => sql`INSERT INTO t VALUES (1)`)
        yield* Effect.flip(pool.write((sql) => sql`INSERT INTO t VALUES (1)`))
        yield* pool.write((sql) => sql`INSERT INTO t VALUES (2)`)
        expect(disk.asked).not.toContain("PRAGMA quick_check(1)")
      })
    )
  })
})
