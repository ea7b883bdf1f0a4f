import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import type { Driver } from "../../../layers/sql/pool/Driver.js"
import { DriverFailure } from "../../../layers/sql/pool/DriverFailure.js"
import { layerWith } from "../../../layers/sqlite/pool/SqlPool.js"
import * as ThreadDriver from "../../../layers/sqlite/pool/ThreadDriver.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { databasePath } from "../../fixtures/Database.js"

/** A disk that fails this many of the next statements or commands with this beginning, on any connection. */
const failingDisk = () => {
  const disk = { begins: "", code: "SQLITE_IOERR_READ", failures: 0, asked: 0 }
  const failing = (driver: Driver): Driver => {
    let broken: DriverFailure | undefined
    return {
      ...driver,
      broken: () => broken ?? driver.broken(),
      run: (command) => {
        const text = command.do === "execute" ? command.statement.sql : command.do
        if (!text.startsWith(disk.begins)) return driver.run(command)
        disk.asked++
        if (disk.failures === 0) return driver.run(command)
        disk.failures--
        broken = new DriverFailure({ code: disk.code, message: "as the disk says" })
        return Effect.fail(broken)
      }
    }
  }
  return { disk, make: layerWith((options) => Effect.map(ThreadDriver.open(options), failing)) }
}

const withPool = <A, E>(make: ReturnType<typeof failingDisk>["make"], body: Effect.Effect<A, E, SqlPool>) =>
  Effect.flatMap(databasePath, (path) =>
    Effect.provide(body, make({ path, readers: 1 }).pipe(Layer.provide(layerSilent)))
  )

const one = (sql: Parameters<Parameters<typeof SqlPool.Service.read>[0]>[0]) => sql<{ one: number }>`SELECT 1 AS one`

describe("A transient disk error", () => {
  it.scopedLive("a read is retried on a fresh connection, without an error", () => {
    const { disk, make } = failingDisk()
    return withPool(
      make,
      Effect.gen(function* () {
        const pool = yield* SqlPool
        Object.assign(disk, { begins: "SELECT 1", failures: 2 })
        expect(yield* pool.read(one)).toEqual([{ one: 1 }])
        expect(disk.asked).toBe(3)
        expect((yield* pool.stats).reader).toMatchObject({ invalidated: 2, active: 0 })
      })
    )
  })

  it.scopedLive("a lasting disk error is reported after a few attempts", () => {
    const { disk, make } = failingDisk()
    return withPool(
      make,
      Effect.gen(function* () {
        const pool = yield* SqlPool
        Object.assign(disk, { begins: "SELECT 1", failures: Number.POSITIVE_INFINITY })
        expect(yield* Effect.flip(pool.read(one))).toMatchObject({
          _tag: "DatabaseUnavailable",
          driverCode: "SQLITE_IOERR_READ"
        })
        expect(disk.asked).toBeLessThan(6)
      })
    )
  })

  it.scopedLive("damage is permanent only after SQLite reported it twice", () => {
    const { disk, make } = failingDisk()
    return withPool(
      make,
      Effect.gen(function* () {
        const pool = yield* SqlPool
        Object.assign(disk, { begins: "SELECT 1", code: "SQLITE_CORRUPT", failures: 1 })
        expect(yield* pool.read(one)).toEqual([{ one: 1 }])
        Object.assign(disk, { failures: Number.POSITIVE_INFINITY })
        expect((yield* Effect.flip(pool.read(one)))._tag).toBe("DatabaseCorrupt")
        yield* Effect.sleep("300 millis")
        const before = disk.asked
        expect((yield* Effect.flip(pool.read(one)))._tag).toBe("DatabaseCorrupt")
        expect(disk.asked - before).toBeLessThanOrEqual(1)
      })
    )
  })

  it.scopedLive("a write that had not begun is retried", () => {
    const { disk, make } = failingDisk()
    return withPool(
      make,
      Effect.gen(function* () {
        const pool = yield* SqlPool
        Object.assign(disk, { begins: "begin", failures: 1 })
        yield* pool.write((sql) => sql`CREATE TABLE t (a INTEGER)`)
        expect(disk.asked).toBe(2)
      })
    )
  })

  it.scopedLive("a write that had begun is not retried", () => {
    const { disk, make } = failingDisk()
    let runs = 0
    return withPool(
      make,
      Effect.gen(function* () {
        const pool = yield* SqlPool
        yield* pool.write((sql) => sql`CREATE TABLE t (a INTEGER)`)
        Object.assign(disk, { begins: "INSERT", failures: 1 })
        const insert = pool.write((sql) =>
          Effect.zipRight(
            Effect.sync(() => runs++),
            sql`INSERT INTO t VALUES (1)`
          )
        )
        expect((yield* Effect.flip(insert))._tag).toBe("DatabaseUnavailable")
        expect(runs).toBe(1)
      })
    )
  })
})
