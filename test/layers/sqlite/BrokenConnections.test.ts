import { closeSync, openSync, renameSync, writeFileSync, writeSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import type { Driver } from "../../../layers/sql/pool/Driver.js"
import { rowLimit } from "../../../layers/sqlite/pool/Connection.js"
import { layerThread, layerWith, layerWorker, type PoolOptions } from "../../../layers/sqlite/pool/SqlPool.js"
import * as WorkerDriver from "../../../layers/sqlite/pool/WorkerDriver.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { databasePath, fromOutside, writable } from "../../fixtures/Database.js"
import { eventually } from "../../fixtures/Eventually.js"

const pageSize = 4096

/** Overwrites the pages of the table's first rows, and returns how to restore them. */
const damage = (path: string) =>
  Effect.gen(function* () {
    const before = yield* fromOutside(path, (database) => {
      database.pragma("wal_checkpoint(TRUNCATE)")
      const root = Number(database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'fragile'").pluck().get())
      return { root, serialized: database.serialize() }
    })
    const write = (bytes: Uint8Array) =>
      Effect.sync(() => {
        const file = openSync(path, "r+")
        writeSync(file, bytes, 0, bytes.length, (before.root - 1) * pageSize)
        closeSync(file)
      })
    yield* write(Buffer.alloc(pageSize, 0xff))
    return write(before.serialized.subarray((before.root - 1) * pageSize, before.root * pageSize))
  })

const fragile = Effect.gen(function* () {
  const pool = yield* SqlPool
  yield* pool.write((sql) => sql`CREATE TABLE sound (a INTEGER)`)
  yield* pool.write((sql) => sql`CREATE TABLE fragile (a INTEGER)`)
  yield* pool.write((sql) => sql`INSERT INTO fragile VALUES (1)`)
})

type Sql = Parameters<Parameters<typeof SqlPool.Service.read>[0]>[0]

const count = (sql: Sql, rows: number) =>
  sql`WITH RECURSIVE c (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT ${rows}) SELECT x FROM c`

/** Keeps SQLite busy for about a second, uninterruptibly. */
const slow = (sql: Sql) =>
  sql`WITH RECURSIVE c (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT 3000000) SELECT sum(x) FROM c`

const withPool = <A, E>(
  make: typeof layerWorker,
  options: Omit<PoolOptions, "path">,
  body: (path: string) => Effect.Effect<A, E, SqlPool>
) =>
  Effect.gen(function* () {
    const path = yield* databasePath
    return yield* Effect.provide(body(path), make({ path, ...options }))
  }).pipe(Effect.provide(layerSilent))

for (const [name, make] of Object.entries({ layerThread, layerWorker })) {
  describe(`Broken connections: ${name}`, () => {
    it.scopedLive("reports damage only where it is, and replaces the connections that read it", () =>
      withPool(make, { readers: 1 }, (path) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          yield* fragile
          const repair = yield* damage(path)
          const damaged = pool.read((sql) => sql`SELECT * FROM fragile`)
          expect((yield* Effect.flip(damaged))._tag).toBe("DatabaseCorrupt")
          // The affected connections are closed, and the next is opened shortly after.
          const sound = yield* eventually(
            Effect.either(pool.read((sql) => sql`SELECT * FROM sound`)),
            ({ _tag }) => _tag === "Right"
          )
          expect(sound).toMatchObject({ right: [] })
          expect((yield* Effect.flip(damaged))._tag).toBe("DatabaseCorrupt")
          yield* repair
          const healed = yield* eventually(Effect.either(damaged), ({ _tag }) => _tag === "Right")
          expect(healed).toMatchObject({ right: [{ a: 1 }] })
          const { reader } = yield* pool.stats
          expect(reader).toMatchObject({ active: 0, available: 1 })
          expect(reader.invalidated).toBeGreaterThanOrEqual(2)
          expect(reader.created).toBe(reader.invalidated + 1)
        })
      )
    )

    it.scopedLive("a damaged file is not reopened without end", () =>
      withPool(make, { readers: 1 }, (path) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          yield* fragile
          yield* damage(path)
          const tags = yield* Effect.replicateEffect(
            Effect.map(Effect.flip(pool.read((sql) => sql`SELECT * FROM fragile`)), ({ _tag }) => _tag),
            500
          )
          expect(new Set(tags)).toEqual(new Set(["DatabaseCorrupt"]))
          expect((yield* pool.stats).reader.created).toBeLessThan(20)
        })
      )
    )

    it.scopedLive("a result without bounds is refused", () =>
      withPool(make, { readers: 1 }, () =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          expect((yield* pool.read((sql) => count(sql, rowLimit))).length).toBe(rowLimit)
          expect(yield* Effect.flip(pool.read((sql) => count(sql, 1_000_000_000)))).toMatchObject({
            _tag: "QueryFailed",
            driverCode: "RESULT_TOO_LARGE"
          })
          expect((yield* pool.stats).reader).toMatchObject({ invalidated: 0, created: 1, available: 1 })
        })
      )
    )

    it.scopedLive("nothing is written into a file that replaced the database", () =>
      withPool(make, { readers: 1 }, (path) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          yield* fragile
          const insert = pool.write((sql) => sql`INSERT INTO sound VALUES (2)`)
          yield* insert
          renameSync(path, `${path}.away`)
          writeFileSync(path, "")
          expect(yield* Effect.flip(insert)).toMatchObject({
            _tag: "DatabaseUnavailable",
            driverCode: "FILE_REPLACED"
          })
          renameSync(`${path}.away`, path)
          yield* insert
          expect(yield* pool.read((sql) => sql`SELECT count(*) AS count FROM sound`)).toEqual([{ count: 2 }])
        })
      )
    )

    it.scopedLive("detects a file that was moved away, and creates no empty one", () =>
      withPool(make, { readers: 1 }, (path) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          yield* fragile
          renameSync(path, `${path}.away`)
          for (const name of ["reader", "writer"] as const) {
            expect(yield* Effect.flip(pool.ping(name))).toMatchObject({
              _tag: "DatabaseUnavailable",
              driverCode: "FILE_REPLACED"
            })
          }
          renameSync(`${path}.away`, path)
          yield* pool.ping("writer")
        })
      )
    )
  })
}

/** A pool on worker threads, and the connections that it opened. */
const watched = () => {
  const opened: Array<Driver> = []
  const make = layerWith((options) =>
    Effect.tap(WorkerDriver.open(options), (driver) => {
      opened.push(driver)
    })
  )
  return { make, opened }
}

describe("A connection's thread", () => {
  it.scopedLive("that ended while idle is replaced for the next caller", () => {
    const { make, opened } = watched()
    return withPool(make, { readers: 1 }, () =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        yield* Effect.forEach(opened, (driver) => driver.close)
        expect(yield* pool.read((sql) => sql`SELECT 1 AS one`)).toEqual([{ one: 1 }])
        yield* pool.write((sql) => sql`CREATE TABLE t (a)`)
        const { reader, writer } = yield* pool.stats
        expect(reader).toMatchObject({ invalidated: 1, created: 2, acquired: 1, released: 1 })
        expect(writer).toMatchObject({ invalidated: 1, created: 2, acquired: 1, released: 1 })
      })
    )
  })

  it.scopedLive("that ends during a statement fails it, and rolls its transaction back", () => {
    const { make, opened } = watched()
    return withPool(make, { readers: 1 }, () =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        yield* fragile
        const running = yield* Effect.fork(
          pool.write((sql) => Effect.zipRight(sql`INSERT INTO fragile VALUES (2)`, slow(sql)))
        )
        yield* eventually(
          Effect.sync(() => opened[0]?.inTransaction()),
          (begun) => begun === true
        )
        yield* Effect.forEach(opened, (driver) => driver.close)
        const failure = yield* Effect.flip(Fiber.join(running))
        expect(failure).toMatchObject({ _tag: "DatabaseUnavailable", driverCode: "WORKER_ENDED" })
        expect(yield* pool.read((sql) => sql`SELECT a FROM fragile`)).toEqual([{ a: 1 }])
        yield* pool.write((sql) => sql`INSERT INTO fragile VALUES (3)`)
      })
    )
  })

  it.scopedLive("answers an interrupted caller at once, and is leased again only when SQLite has finished", () =>
    withPool(layerWorker, { readers: 1, abandonAfter: "1 minute", acquireTimeout: "1 minute" }, () =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        const running = yield* Effect.fork(pool.read(slow))
        yield* eventually(pool.stats, ({ reader }) => reader.active === 1)
        yield* Fiber.interrupt(running)
        expect((yield* pool.stats).reader).toMatchObject({ active: 1, available: 0 })
        const next = yield* Effect.fork(pool.read((sql) => sql`SELECT 1`))
        yield* eventually(pool.stats, ({ reader }) => reader.waiting === 1)
        yield* Fiber.join(next)
        expect((yield* pool.stats).reader).toMatchObject({ active: 0, available: 1, invalidated: 0, created: 1 })
      })
    )
  )

  it.scopedLive("that does not return in time is abandoned, and its transaction is undone", () =>
    withPool(layerWorker, { readers: 1, abandonAfter: "20 millis", busyTimeout: "20 seconds" }, (path) =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        yield* fragile
        const begun = yield* Deferred.make<void>()
        const running = yield* Effect.fork(
          pool.write((sql) =>
            sql`INSERT INTO fragile VALUES (2)`.pipe(
              Effect.zipRight(Deferred.succeed(begun, undefined)),
              Effect.zipRight(slow(sql))
            )
          )
        )
        yield* Deferred.await(begun)
        yield* Fiber.interrupt(running)
        yield* eventually(pool.stats, ({ writer }) => writer.active === 0)
        expect((yield* pool.stats).writer.invalidated).toBe(1)
        yield* eventually(writable(path), (free) => free)
        yield* pool.write((sql) => sql`INSERT INTO fragile VALUES (3)`)
        expect(yield* pool.read((sql) => sql`SELECT a FROM fragile`)).toEqual([{ a: 1 }, { a: 3 }])
      })
    )
  )
})
