import type { SqlClient, SqlError } from "@effect/sql"
import { describe, expect, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Layer, Random, Scope, TestClock } from "effect"
import { CapturedLogs, layerCapture, layerSilent } from "../../../layers/memory/Logger.js"
import type { PoolLimits } from "../../../layers/sql/pool/SqlPool.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { Logger } from "../../../src/services/Logger.js"
import { PatientReads, type PoolName, SqlPool } from "../../../src/services/SqlPool.js"
import { eventually } from "../../fixtures/Eventually.js"

type Options = PoolLimits

/** A database without tables, and connections to it beside the pool. */
export interface Ground {
  readonly layer: (options: Options) => Layer.Layer<SqlPool, DatabaseOpenFailed, Logger>
  /** Whether nobody holds the write lock. */
  readonly isWritable: Effect.Effect<boolean>
  /** Holds the write lock from another process or connection, until the result runs. */
  readonly holdLock: Effect.Effect<Effect.Effect<void>, never, Scope.Scope>
  /** The ids in `notes`. */
  readonly ids: Effect.Effect<ReadonlyArray<number>>
  /** Whether nothing but the data is left once the pool is closed. */
  readonly isTidy: Effect.Effect<boolean>
}

/** What an engine calls things. */
export interface Names {
  readonly integer: string
  readonly bytes: string
  readonly real: string
  /** Code of a reference to nothing. */
  readonly orphan: string
  /** What becomes of U+0000. */
  readonly nul: string
  /** A second note 1: it fails, and the transaction with it. */
  readonly ending: string
}

type Sql = SqlClient.SqlClient

const insert = (sql: Sql, id: number) => sql`INSERT INTO notes VALUES (${id}, NULL)`

/** Contract of `SqlPool`. */
export const conforms = (name: string, names: Names, newGround: Effect.Effect<Ground, never, Scope.Scope>) =>
  describe(`SqlPool: ${name}`, () => {
    /** A pool on a new database with `notes(id, parent)`; `parent` is checked at the commit. */
    const withPool = <A, E, R>(options: Options, body: (ground: Ground) => Effect.Effect<A, E, R>) =>
      Effect.gen(function* () {
        const ground = yield* newGround
        const prepared = Effect.gen(function* () {
          const pool = yield* SqlPool
          yield* pool.write(
            (sql) => sql`CREATE TABLE notes (
              id ${sql.literal(names.integer)} PRIMARY KEY,
              parent ${sql.literal(names.integer)} REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED
            )`
          )
          return yield* body(ground)
        })
        return yield* Effect.provide(prepared, ground.layer(options))
      })

    const test = (
      title: string,
      options: Options,
      body: (ground: Ground) => Effect.Effect<unknown, unknown, SqlPool | Scope.Scope>
    ) => it.scoped(title, () => withPool(options, body).pipe(Effect.provide(layerSilent)))

    const testLive = (
      title: string,
      options: Options,
      body: (ground: Ground) => Effect.Effect<unknown, unknown, SqlPool | Scope.Scope>
    ) => it.scopedLive(title, () => withPool(options, body).pipe(Effect.provide(layerSilent)))

    const ids = Effect.flatMap(SqlPool, (pool) =>
      pool.read((sql) =>
        Effect.map(sql<{ id: number }>`SELECT id FROM notes ORDER BY id`, (rows) => rows.map(({ id }) => id))
      )
    )

    const poolStats = (which: PoolName) =>
      Effect.flatMap(SqlPool, (pool) => Effect.map(pool.stats, (stats) => stats[which]))

    /** Checks that all connections were returned, no transaction is open, and others can write. */
    const atRest = ({ isWritable }: Ground) =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        const { reader, writer } = yield* eventually(
          pool.stats,
          (stats) => stats.reader.active + stats.writer.active === 0
        )
        expect(reader).toMatchObject({ active: 0, waiting: 0, acquired: reader.released })
        expect(writer).toMatchObject({ active: 0, waiting: 0, acquired: writer.released, available: 1 })
        expect(yield* isWritable).toBe(true)
      })

    /** Holds the writer, with an open transaction, until the deferred is completed. */
    const holdWriter = Effect.gen(function* () {
      const pool = yield* SqlPool
      const [held, release] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const fiber = yield* Effect.fork(
        pool.write(() => Effect.zipRight(Deferred.succeed(held, undefined), Deferred.await(release)))
      )
      yield* Deferred.await(held)
      return { fiber, release: Effect.zipRight(Deferred.succeed(release, undefined), Fiber.join(fiber)) }
    })

    const waiting = (which: PoolName, count: number) => eventually(poolStats(which), (stats) => stats.waiting === count)

    describe("lending", () => {
      test("written values of every kind can be read", {}, () =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const row = { a: 1.5, b: "it's ünïcödé\u0000 🦄", c: null, d: 2 ** 53 - 1 }
          const { bytes, integer, nul, real } = names
          const columns = `a ${real}, b TEXT, c TEXT, d ${integer}, e ${bytes}`
          yield* pool.write((sql) => sql`CREATE TABLE kinds (${sql.literal(columns)})`)
          yield* pool.write((sql) => sql`INSERT INTO kinds ${sql.insert({ ...row, e: Buffer.from("bytes") })}`)
          const [found] = yield* pool.read((sql) => sql<typeof row & { e: Uint8Array }>`SELECT * FROM kinds`)
          expect(found).toMatchObject({ ...row, b: row.b.replace("\0", nul) })
          expect(Buffer.from(found?.e ?? []).toString()).toBe("bytes")
          expect(yield* pool.read((sql) => sql`SELECT d FROM kinds`.values)).toEqual([[row.d]])
        })
      )

      test("a reader connection refuses every write", {}, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const attempts = [
            pool.read((sql) => insert(sql, 1)),
            pool.read((sql) => sql.withTransaction(insert(sql, 2))),
            pool.read((sql) => sql`DELETE FROM notes RETURNING id`),
            pool.write(() => pool.read((sql) => insert(sql, 3)))
          ]
          for (const attempt of attempts) expect((yield* Effect.flip(attempt))._tag).toBe("DatabaseReadOnly")
          expect(yield* ids).toEqual([])
          yield* atRest(ground)
        })
      )

      test("serves callers in the order in which they came", {}, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const held = yield* holdWriter
          const order: Array<number> = []
          const fibers = yield* Effect.forEach([1, 2, 3, 4, 5, 6], (n) =>
            Effect.zipLeft(Effect.fork(pool.write(() => Effect.sync(() => order.push(n)))), waiting("writer", n))
          )
          // One in the middle leaves: the others keep their order.
          yield* Effect.forEach(fibers.slice(2, 3), Fiber.interrupt)
          yield* held.release
          yield* Effect.forEach(fibers, Fiber.await)
          expect(order).toEqual([1, 2, 4, 5, 6])
          yield* atRest(ground)
        })
      )

      test("a connection that is handed to a leaving caller goes to the next one", {}, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          for (let round = 0; round < 50; round++) {
            const [held, go] = [yield* Deferred.make<void>(), yield* Deferred.make<Fiber.Fiber<unknown, unknown>>()]
            const holder = yield* Effect.fork(
              pool
                .write(() => Effect.zipRight(Deferred.succeed(held, undefined), Deferred.await(go)))
                .pipe(Effect.flatMap(Fiber.interruptFork))
            )
            yield* Deferred.await(held)
            const leaving = yield* Effect.fork(pool.write((sql) => insert(sql, round)))
            yield* waiting("writer", 1)
            const next = yield* Effect.fork(pool.write(() => Effect.void))
            yield* waiting("writer", 2)
            yield* Deferred.succeed(go, leaving)
            yield* Fiber.join(holder)
            yield* Fiber.await(leaving)
            yield* Fiber.join(next)
          }
          yield* atRest(ground)
        })
      )

      test(
        "a caller that waits longer than the acquire timeout fails, and a later one is served",
        { writeTimeout: "2 seconds" },
        (ground) =>
          Effect.gen(function* () {
            const pool = yield* SqlPool
            const held = yield* holdWriter
            const early = yield* Effect.fork(Effect.flip(pool.write((sql) => insert(sql, 1))))
            yield* waiting("writer", 1)
            yield* TestClock.adjust("1 seconds")
            const late = yield* Effect.fork(pool.write((sql) => insert(sql, 2)))
            yield* waiting("writer", 2)
            yield* TestClock.adjust("1 seconds")
            expect(yield* Fiber.join(early)).toMatchObject({
              _tag: "PoolExhausted",
              pool: "writer",
              size: 1,
              timeoutMillis: 2000
            })
            yield* held.release
            yield* Fiber.join(late)
            expect(yield* ids).toEqual([2])
            expect(yield* poolStats("writer")).toMatchObject({ timeouts: 1, wait_time_total: 3 })
            yield* atRest(ground)
          })
      )

      test(
        "the reads of a fiber that writes wait as long as its writes",
        { readers: 1, acquireTimeout: "2 seconds", writeTimeout: "10 seconds" },
        (ground) =>
          Effect.gen(function* () {
            const pool = yield* SqlPool
            const [held, release] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
            const holder = yield* Effect.fork(
              pool.read(() => Effect.zipRight(Deferred.succeed(held, undefined), Deferred.await(release)))
            )
            yield* Deferred.await(held)
            const visitor = yield* Effect.fork(Effect.flip(ids))
            yield* waiting("reader", 1)
            const author = yield* Effect.fork(Effect.provideService(ids, PatientReads, true))
            yield* waiting("reader", 2)
            yield* TestClock.adjust("9 seconds")
            expect(yield* Fiber.join(visitor)).toMatchObject({ _tag: "PoolExhausted", timeoutMillis: 2000 })
            yield* Deferred.succeed(release, undefined)
            expect(yield* Fiber.join(author)).toEqual([])
            yield* Fiber.join(holder)
            yield* atRest(ground)
          })
      )

      test("closes idle readers, and opens them again when callers wait", { readers: 3 }, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const together = (count: number) =>
            Effect.gen(function* () {
              const release = yield* Deferred.make<void>()
              const readers = yield* Effect.fork(
                Effect.all(
                  Effect.replicate(
                    pool.read(() => Deferred.await(release)),
                    count
                  ),
                  { concurrency: "unbounded", discard: true }
                )
              )
              yield* eventually(poolStats("reader"), ({ active }) => active === count)
              yield* Deferred.succeed(release, undefined)
              yield* Fiber.join(readers)
            })
          yield* together(3)
          yield* eventually(poolStats("reader"), ({ available }) => available === 3)
          yield* TestClock.adjust("30 seconds")
          expect(yield* ids).toEqual([])
          yield* TestClock.adjust("30 seconds")
          yield* eventually(poolStats("reader"), ({ available }) => available === 1)
          yield* TestClock.adjust("10 minutes")
          expect(yield* poolStats("reader")).toMatchObject({ available: 1, created: 3, invalidated: 0 })
          yield* together(3)
          expect(yield* poolStats("reader")).toMatchObject({ created: 5, invalidated: 0 })
          yield* atRest(ground)
        })
      )

      test("a full queue refuses at once", { maxWaiting: 1 }, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const held = yield* holdWriter
          const inLine = yield* Effect.fork(pool.write((sql) => insert(sql, 1)))
          yield* waiting("writer", 1)
          const refused = yield* Effect.flip(pool.write((sql) => insert(sql, 2)))
          expect(refused).toMatchObject({ _tag: "PoolExhausted", pool: "writer", waiting: 1 })
          yield* held.release
          yield* Fiber.join(inLine)
          yield* atRest(ground)
        })
      )

      testLive("2,000 acquisitions by 20 workers: all served, all given back", {}, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const before = yield* poolStats("reader")
          yield* Effect.forEach(
            Array.from({ length: 20 }),
            () =>
              Effect.replicateEffect(
                pool.read((sql) => sql`SELECT 1`),
                100
              ),
            { concurrency: "unbounded" }
          )
          const after = yield* poolStats("reader")
          expect(after.acquired - before.acquired).toBe(2000)
          expect(after.released - before.released).toBe(2000)
          expect(after).toMatchObject({ timeouts: 0, invalidated: 0 })
          expect(after.created).toBeLessThanOrEqual(after.pool_size)
          yield* atRest(ground)
        })
      )
    })

    describe("transactions", () => {
      test("a unit of work that fails, dies or is interrupted changes nothing", {}, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const endings = [Effect.fail("no"), Effect.die(new Error("bug")), Effect.interrupt]
          for (const ending of endings) {
            const exit = yield* Effect.exit(pool.write((sql) => Effect.zipRight(insert(sql, 1), ending)))
            expect(Exit.isFailure(exit)).toBe(true)
            expect(yield* ids).toEqual([])
            yield* atRest(ground)
          }
        })
      )

      testLive("a thousand failures later the lock is still free for others", {}, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const failing = Effect.exit(pool.write((sql) => Effect.zipRight(insert(sql, 1), Effect.die("thrown"))))
          yield* Effect.replicateEffect(failing, 1000, { concurrency: 10, discard: true })
          yield* atRest(ground)
          expect(yield* ids).toEqual([])
          expect(yield* poolStats("writer")).toMatchObject({ created: 1, invalidated: 0 })
        })
      )

      test("a COMMIT that fails is a typed failure and leaves nothing open", {}, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const orphan = pool.write((sql) => sql`INSERT INTO notes VALUES (1, 99)`)
          expect(yield* Effect.flip(orphan)).toMatchObject({
            _tag: "ConstraintViolated",
            driverCode: names.orphan
          })
          yield* atRest(ground)
          yield* pool.write((sql) => insert(sql, 2))
          expect(yield* ids).toEqual([2])
        })
      )

      test("commits nothing after a statement failed that ended the transaction", {}, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          yield* pool.write((sql) => insert(sql, 1))
          const careless = pool.write((sql) =>
            insert(sql, 2).pipe(
              Effect.zipRight(Effect.ignore(sql`${sql.literal(names.ending)}`)),
              Effect.zipRight(Effect.ignore(insert(sql, 3)))
            )
          )
          expect((yield* Effect.flip(careless))._tag).toBe("ConstraintViolated")
          expect(yield* ids).toEqual([1])
          yield* atRest(ground)
        })
      )

      test("a nested unit of work is rolled back alone, or together with its parent", {}, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const failing = (sql: Sql, id: number) => Effect.zipRight(insert(sql, id), Effect.fail("inner" as const))
          yield* pool.write((sql) =>
            Effect.gen(function* () {
              yield* insert(sql, 1)
              yield* Effect.exit(pool.write((inner) => failing(inner, 2)))
              yield* Effect.exit(sql.withTransaction(failing(sql, 3)))
              yield* pool.write((inner) =>
                Effect.zipRight(insert(inner, 4), Effect.exit(inner.withTransaction(failing(inner, 5))))
              )
              expect(yield* ids).toEqual([1, 4])
            })
          )
          expect(yield* ids).toEqual([1, 4])
          yield* Effect.exit(
            pool.write((sql) =>
              Effect.zipRight(
                pool.write((inner) => insert(inner, 6)),
                failing(sql, 7)
              )
            )
          )
          expect(yield* ids).toEqual([1, 4])
          yield* atRest(ground)
        })
      )

      test("nested units of work side by side take turns", {}, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const half = (id: number) =>
            pool.write((sql) =>
              Effect.zipRight(
                Effect.zipRight(insert(sql, id), Effect.yieldNow()),
                id % 2 === 0 ? Effect.fail("even") : Effect.void
              )
            )
          yield* pool.write(() =>
            Effect.forEach([1, 2, 3, 4, 5], (id) => Effect.exit(half(id)), { concurrency: "unbounded" })
          )
          expect(yield* ids).toEqual([1, 3, 5])
          yield* atRest(ground)
        })
      )

      test("a nested request to the pool never deadlocks", { readers: 1, maxWaiting: 0 }, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          yield* pool.read(() => pool.read(() => pool.write((sql) => Effect.zipRight(insert(sql, 1), ids))))
          yield* pool.write((sql) =>
            Effect.zipRight(
              insert(sql, 2),
              pool.write(() => Effect.timeout(ids, "1 seconds"))
            )
          )
          expect(yield* ids).toEqual([1, 2])
          yield* atRest(ground)
        })
      )

      test("a fiber that outlives its unit of work gets a connection of its own", {}, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const go = yield* Deferred.make<void>()
          const fiber = yield* pool.write(() =>
            Effect.forkDaemon(
              Effect.zipRight(
                Deferred.await(go),
                pool.write((sql) => insert(sql, 1))
              )
            )
          )
          const held = yield* holdWriter
          yield* Deferred.succeed(go, undefined)
          yield* waiting("writer", 1)
          yield* held.release
          yield* Fiber.join(fiber)
          expect(yield* ids).toEqual([1])
          yield* atRest(ground)
        })
      )

      test("a client is refused after its connection was returned", {}, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const kept: { statement?: Effect.Effect<unknown, SqlError.SqlError> } = {}
          yield* pool.write((sql) =>
            Effect.gen(function* () {
              const context = yield* Effect.context<never>()
              kept.statement = Effect.provide(insert(sql, 1), context)
            })
          )
          expect((yield* Effect.flip(kept.statement ?? Effect.void))?._tag).toBe("SqlError")
          expect(yield* ids).toEqual([])
          yield* atRest(ground)
        })
      )

      testLive("interrupted in any window, every unit of work is whole or absent", { readers: 1 }, (ground) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          const pair = (id: number) =>
            pool.write((sql) =>
              insert(sql, id).pipe(Effect.zipRight(Effect.yieldNow()), Effect.zipRight(insert(sql, 10_000 + id)))
            )
          const operations = Effect.forEach(
            Array.from({ length: 400 }, (_, index) => index),
            (id) =>
              Effect.gen(function* () {
                const micros = yield* Random.nextIntBetween(0, 4_000)
                const operation: Effect.Effect<unknown, DatabaseFailure, SqlPool> =
                  id % 3 === 0 ? ids : id % 3 === 1 ? pair(id) : pool.write(() => pair(id))
                const exit = yield* Effect.exit(Effect.timeout(operation, `${micros} micros`))
                return { id, stored: id % 3 !== 0 && Exit.isSuccess(exit) }
              }),
            { concurrency: 60 }
          )
          const acknowledged = (yield* operations).filter(({ stored }) => stored).map(({ id }) => id)
          yield* atRest(ground)
          const found = new Set(yield* ids)
          expect(acknowledged.filter((id) => !found.has(id))).toEqual([])
          expect([...found].filter((id) => !found.has(id < 10_000 ? id + 10_000 : id - 10_000))).toEqual([])
          expect((yield* poolStats("reader")).available).toBe(1)
        })
      )
    })

    describe("other processes", () => {
      testLive(
        "while one holds the lock the event loop turns, and then the write goes through",
        { busyTimeout: "20 seconds" },
        (ground) =>
          Effect.gen(function* () {
            const pool = yield* SqlPool
            const release = yield* ground.holdLock
            const write = yield* Effect.fork(pool.write((sql) => insert(sql, 1)))
            let turns = 0
            yield* eventually(
              Effect.sync(() => ++turns),
              (count) => count >= 1000
            )
            expect(yield* ids).toEqual([])
            expect(yield* Fiber.poll(write)).toMatchObject({ _tag: "None" })
            yield* release
            yield* Fiber.join(write)
            expect(yield* ids).toEqual([1])
            yield* atRest(ground)
          })
      )

      testLive(
        "who holds the lock for too long is reported, and can be tried again",
        { busyTimeout: "100 millis" },
        (ground) =>
          Effect.gen(function* () {
            const pool = yield* SqlPool
            const release = yield* ground.holdLock
            const failure = yield* Effect.flip(pool.write((sql) => insert(sql, 1)))
            expect(failure).toMatchObject({ _tag: "DatabaseLocked", waitedMillis: 100 })
            expect((yield* Effect.flip(pool.ping("writer")))._tag).toBe("DatabaseLocked")
            yield* pool.ping("reader")
            yield* release
            yield* pool.write((sql) => insert(sql, 1))
            yield* pool.ping("writer")
            yield* atRest(ground)
          })
      )
    })

    describe("monitoring", () => {
      it.scoped("names the holder of a connection that is held for long, and again when it returns", () =>
        withPool({ leakThreshold: "5 seconds", writeTimeout: "1 minute" }, () =>
          Effect.gen(function* () {
            const held = yield* Effect.annotateLogs(holdWriter, "request_id", "r-1")
            const pool = yield* SqlPool
            yield* TestClock.adjust("4 seconds")
            const logs = yield* CapturedLogs
            expect(yield* logs.events).toEqual([])
            const late = yield* Effect.forEach([1, 2], (id) => Effect.fork(pool.write((sql) => insert(sql, id))))
            yield* waiting("writer", 2)
            yield* TestClock.adjust("20 seconds")
            yield* held.release
            yield* Effect.forEach(late, Fiber.join)
            const events = (yield* logs.events).map(({ fields, level, message }) => ({ level, message, fields }))
            expect(events).toMatchObject([
              { level: "WARNING", fields: { pool: "writer", held_by_request_id: "r-1" } },
              { level: "INFO", fields: { pool: "writer", held_ms: 24_000 } },
              // Both waited long; one line reports it.
              { level: "WARNING", message: "Long wait for a connection", fields: { waited_ms: 20_000 } }
            ])
            expect(String(events[0]?.fields.held_by)).toContain("conformance/SqlPool.ts")
          })
        ).pipe(Effect.provide(layerCapture))
      )
    })

    describe("closing", () => {
      it.scoped("on close refuses new and waiting callers, waits for connections in use, and cleans up", () =>
        Effect.gen(function* () {
          const ground = yield* newGround
          const scope = yield* Scope.make()
          const context = yield* Layer.buildWithScope(ground.layer({}), scope)
          yield* Effect.gen(function* () {
            const pool = yield* SqlPool
            yield* pool.write(
              (sql) =>
                sql`CREATE TABLE notes (id ${sql.literal(names.integer)} PRIMARY KEY, parent ${sql.literal(names.integer)})`
            )
            const [held, go] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
            const lent = yield* Effect.fork(
              pool.write((sql) =>
                Deferred.succeed(held, undefined).pipe(
                  Effect.zipRight(Deferred.await(go)),
                  Effect.zipRight(insert(sql, 1))
                )
              )
            )
            yield* Deferred.await(held)
            const inLine = yield* Effect.fork(Effect.flip(pool.write((sql) => insert(sql, 2))))
            yield* waiting("writer", 1)
            const closing = yield* Effect.fork(Scope.close(scope, Exit.void))
            expect((yield* Fiber.join(inLine))._tag).toBe("PoolClosed")
            expect((yield* Effect.flip(pool.write((sql) => insert(sql, 3))))._tag).toBe("PoolClosed")
            yield* Deferred.succeed(go, undefined)
            yield* Fiber.join(lent)
            yield* Fiber.join(closing)
            expect((yield* Effect.flip(pool.read((sql) => sql`SELECT 1`)))._tag).toBe("PoolClosed")
          }).pipe(Effect.provide(context))
          expect(yield* ground.isTidy).toBe(true)
          expect(yield* ground.ids).toEqual([1])
        }).pipe(Effect.provide(layerSilent))
      )
    })
  })
