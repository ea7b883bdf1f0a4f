import type { SqlClient } from "@effect/sql"
import { describe, expect, it } from "@effect/vitest"
import { Cause, Deferred, Effect, Exit, FastCheck, Fiber, type Scope, TestClock } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import * as Transactions from "../../../layers/sql/pool/Transactions.js"
import type { Open } from "../../../layers/sqlite/pool/Connecting.js"
import { layerWith, type PoolOptions } from "../../../layers/sqlite/pool/SqlPool.js"
import * as ThreadDriver from "../../../layers/sqlite/pool/ThreadDriver.js"
import * as WorkerDriver from "../../../layers/sqlite/pool/WorkerDriver.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { databasePath, writable } from "../../fixtures/Database.js"
import { eventually } from "../../fixtures/Eventually.js"
import { type Fault, type FaultyDisk, faultyDisk } from "../../fixtures/FaultyDriver.js"

type Sql = SqlClient.SqlClient

/** Two rows, so that half a unit of work shows; the name is unique. */
const put = (sql: Sql, unit: number, name = `unit ${unit}`) =>
  Effect.zipRight(sql`INSERT INTO notes VALUES (${unit}, ${name})`, sql`INSERT INTO halves VALUES (${unit})`)

const schema = Effect.flatMap(SqlPool, (pool) =>
  pool.write((sql) =>
    Effect.all([
      sql`CREATE TABLE notes (unit INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT`,
      sql`CREATE TABLE halves (unit INTEGER PRIMARY KEY) STRICT`,
      sql`CREATE TABLE parents (id INTEGER PRIMARY KEY) STRICT`,
      sql`CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED) STRICT`
    ])
  )
)

const stored = Effect.flatMap(SqlPool, (pool) =>
  pool.read((sql) =>
    Effect.gen(function* () {
      const notes = yield* sql<{ unit: number; name: string }>`SELECT * FROM notes ORDER BY unit`
      const halves = yield* sql<{ unit: number }>`SELECT unit FROM halves ORDER BY unit`
      expect(
        halves.map(({ unit }) => unit),
        "whole units of work"
      ).toEqual(notes.map(({ unit }) => unit))
      return notes
    })
  )
)

const units = Effect.map(stored, (notes) => notes.map(({ unit }) => unit))

const writer = Effect.flatMap(SqlPool, (pool) => Effect.map(pool.stats, (stats) => stats.writer))

const queued = (count: number) => eventually(writer, ({ waiting }) => waiting === count)

/** Holds the writer until the returned effect runs, so that others queue. */
const held = Effect.gen(function* () {
  const pool = yield* SqlPool
  const [taken, release] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
  const fiber = yield* Effect.fork(
    pool.writeAlone(() => Effect.zipRight(Deferred.succeed(taken, undefined), Deferred.await(release)))
  )
  yield* Deferred.await(taken)
  return Effect.zipRight(Deferred.succeed(release, undefined), Fiber.join(fiber))
})

/** Queues writes one after another, and runs them together. */
const together = <A, E>(writes: ReadonlyArray<Effect.Effect<A, E, SqlPool>>) =>
  Effect.gen(function* () {
    const release = yield* held
    const fibers: Array<Fiber.RuntimeFiber<A, E>> = []
    for (const write of writes) {
      fibers.push(yield* Effect.fork(write))
      yield* queued(fibers.length)
    }
    yield* release
    return yield* Effect.forEach(fibers, Fiber.await)
  })

const write = (unit: number, after: (sql: Sql) => Effect.Effect<unknown, unknown> = () => Effect.void) =>
  Effect.flatMap(SqlPool, (pool) => pool.write((sql) => Effect.zipRight(put(sql, unit), after(sql))))

const atRest = (path: string) =>
  Effect.gen(function* () {
    // A connection that was lost at last is replaced in the background.
    const stats = yield* eventually(writer, ({ active, available }) => active === 0 && available === 1)
    expect(stats).toMatchObject({ waiting: 0, acquired: stats.released })
    expect(yield* writable(path)).toBe(true)
  })

const failureOf = (exit: Exit.Exit<unknown, unknown> | undefined) =>
  exit !== undefined && Exit.isFailure(exit) ? Cause.squash(exit.cause) : undefined

const drivers: Readonly<Record<string, Open>> = {
  "connections in the calling thread": ThreadDriver.open,
  "connections on worker threads": WorkerDriver.open
}

describe.each(Object.entries(drivers))("Writes that wait together: %s", (_, open) => {
  const withPool = <A, E>(
    body: (disk: FaultyDisk, path: string) => Effect.Effect<A, E, SqlPool | Scope.Scope>,
    options: Omit<PoolOptions, "path"> = {}
  ) =>
    Effect.gen(function* () {
      const path = yield* databasePath
      const { disk, open: faulty } = faultyDisk(open)
      const prepared = Effect.gen(function* () {
        yield* schema
        disk.commits = 0
        disk.asked.length = 0
        const result = yield* body(disk, path)
        yield* atRest(path)
        return result
      })
      return yield* Effect.provide(prepared, layerWith(faulty)({ path, readers: 1, ...options }))
    }).pipe(Effect.provide(layerSilent))

  it.scoped("share one commit, and are answered after it", () =>
    withPool((disk) =>
      Effect.gen(function* () {
        const exits = yield* together([1, 2, 3, 4, 5].map((unit) => write(unit)))
        expect(exits.every(Exit.isSuccess)).toBe(true)
        expect(yield* units).toEqual([1, 2, 3, 4, 5])
        // One of the holder, one of all others.
        expect(disk.commits).toBe(2)
        expect(yield* writer).toMatchObject({ created: 1, invalidated: 0 })
      })
    )
  )

  it.scoped("a single write needs no savepoint and no second message for its commit", () =>
    withPool((disk) =>
      Effect.gen(function* () {
        yield* write(1)
        expect(disk.asked).toEqual([
          "begin",
          "INSERT INTO notes VALUES (?, ?)",
          "INSERT INTO halves VALUES (?)",
          "commit"
        ])
      })
    )
  )

  it.scoped("a write that fails, dies, is interrupted or breaks a constraint is rolled back alone", () =>
    withPool((disk) =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        const exits = yield* together<unknown, unknown>([
          write(1, () => Effect.fail("no")),
          write(2),
          write(3, () => Effect.die("bug")),
          write(4),
          write(5, () => Effect.interrupt),
          pool.write((sql) => Effect.zipRight(put(sql, 6), put(sql, 60, "unit 4"))),
          write(7, (sql) => Effect.exit(sql.withTransaction(Effect.zipRight(put(sql, 70), Effect.fail("inner"))))),
          pool.write(() => Effect.fail("before any statement")),
          write(8),
          write(9, () => Effect.fail("last"))
        ])
        expect(exits.map(Exit.isSuccess)).toEqual([false, true, false, true, false, false, true, false, true, false])
        expect(failureOf(exits[5])).toMatchObject({ _tag: "ConstraintViolated" })
        expect(yield* units).toEqual([2, 4, 7, 8])
        // The first one failed alone, so its transaction was rolled back.
        expect(disk.commits).toBe(2)
      })
    )
  )

  it.scoped("a write that was interrupted while it waited, or when its turn came, is skipped", () =>
    withPool(() =>
      Effect.gen(function* () {
        const release = yield* held
        const first = yield* Effect.fork(write(1, () => Fiber.interruptFork(third)))
        yield* queued(1)
        const second = yield* Effect.fork(write(2))
        yield* queued(2)
        const third: Fiber.Fiber<unknown, unknown> = yield* Effect.fork(write(3))
        yield* queued(3)
        const fourth = yield* Effect.fork(write(4))
        yield* queued(4)
        yield* Fiber.interrupt(second)
        yield* release
        expect(Exit.isSuccess(yield* Fiber.await(first))).toBe(true)
        expect(Exit.isInterrupted(yield* Fiber.await(third))).toBe(true)
        expect(Exit.isSuccess(yield* Fiber.await(fourth))).toBe(true)
        expect(yield* units).toEqual([1, 4])
      })
    )
  )

  it.scoped("a caller that is interrupted after its work is done leaves after the commit", () =>
    withPool((disk) =>
      Effect.gen(function* () {
        const [done, go] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
        const release = yield* held
        const first = yield* Effect.fork(write(1, () => Deferred.succeed(done, undefined)))
        yield* queued(1)
        const second = yield* Effect.fork(write(2, () => Deferred.await(go)))
        yield* queued(2)
        yield* release
        yield* Deferred.await(done)
        yield* Fiber.interruptFork(first)
        yield* Effect.repeatN(Effect.yieldNow(), 20)
        expect(yield* Fiber.poll(first)).toMatchObject({ _tag: "None" })
        yield* Deferred.succeed(go, undefined)
        yield* Effect.forEach([first, second], Fiber.await)
        expect(disk.commits).toBe(2)
        expect(yield* units).toEqual([1, 2])
      })
    )
  )

  it.scoped("a transaction has at most 64 writes, and takes none after 50 ms", () =>
    withPool((disk) =>
      Effect.gen(function* () {
        yield* together(Array.from({ length: 150 }, (_, unit) => write(unit)))
        expect(disk.commits).toBe(1 + Math.ceil(150 / Transactions.maxUnits))
        disk.commits = 0
        const slow = write(1_000, () => TestClock.adjust(Transactions.maxMillis))
        yield* together([write(1_001), slow, write(1_002), write(1_003)])
        // The holder; the slow one and the one before it; the others.
        expect(disk.commits).toBe(3)
        expect(yield* units).toHaveLength(154)
      })
    )
  )

  it.scoped("long writes have a transaction of their own, and let others go first for a second", () =>
    withPool((disk) =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        const order: Array<number> = []
        const done = (unit: number) => Effect.sync(() => order.push(unit))
        const long = (unit: number) => pool.writeAlone((sql) => Effect.zipRight(put(sql, unit), done(unit)))
        yield* together([long(1), long(2), write(3, () => done(3)), write(4, () => done(4))])
        expect(order).toEqual([3, 4, 1, 2])
        expect(disk.commits).toBe(4)
        const release = yield* held
        const late = yield* Effect.fork(long(5))
        yield* queued(1)
        yield* TestClock.adjust("1 seconds")
        const usual = yield* Effect.fork(write(6, () => done(6)))
        yield* queued(2)
        yield* release
        yield* Effect.forEach([late, usual], Fiber.await)
        expect(order).toEqual([3, 4, 1, 2, 5, 6])
      })
    )
  )

  it.scoped("checks of the writer are not in a transaction of others", () =>
    withPool((disk) =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        yield* together<unknown, unknown>([write(1), write(2), pool.ping("writer"), write(3)])
        expect(disk.asked.filter((text) => /^(begin|commit|ROLLBACK|verify)$/.test(text))).toEqual([
          "begin",
          "commit",
          "begin",
          "commit",
          "verify",
          "begin",
          "ROLLBACK",
          "begin",
          "commit"
        ])
        expect(yield* units).toEqual([1, 2, 3])
      })
    )
  )

  it.scoped("a constraint that is checked at the commit fails only the one that breaks it", () =>
    withPool(() =>
      Effect.gen(function* () {
        const orphan = write(3, (sql) => sql`INSERT INTO children VALUES (99)`)
        const exits = yield* together([write(1), write(2), orphan, write(4)])
        expect(exits.map(Exit.isSuccess)).toEqual([true, true, false, true])
        expect(failureOf(exits[2])).toMatchObject({ driverCode: "SQLITE_CONSTRAINT_FOREIGNKEY" })
        expect(yield* units).toEqual([1, 2, 4])
      })
    )
  )

  it.scoped("a statement without disk space ends the transaction, and only its own caller gets the error", () =>
    withPool((disk) =>
      Effect.gen(function* () {
        disk.plan({ on: "execute", after: 4, code: "SQLITE_FULL" })
        const exits = yield* together([write(1), write(2), write(3), write(4)])
        expect(exits.map(Exit.isSuccess)).toEqual([true, true, false, true])
        expect(failureOf(exits[2])).toMatchObject({ _tag: "DatabaseFull" })
        expect(yield* units).toEqual([1, 2, 4])
      })
    )
  )

  it.scoped("a commit without disk space is repeated for each write alone", () =>
    withPool((disk) =>
      Effect.gen(function* () {
        disk.plan({ on: "commit", after: 1, code: "SQLITE_FULL" }, { on: "commit", after: 3, code: "SQLITE_FULL" })
        const exits = yield* together([write(1), write(2), write(3)])
        expect(exits.map(Exit.isSuccess)).toEqual([true, false, true])
        expect(failureOf(exits[1])).toMatchObject({ _tag: "DatabaseFull" })
        expect(yield* units).toEqual([1, 3])
      })
    )
  )

  for (const [code, tag] of [
    ["SQLITE_IOERR_FSYNC", "DatabaseUnavailable"],
    ["SQLITE_BUSY", "DatabaseLocked"]
  ] as const) {
    it.scoped(`a commit that fails with ${code} fails all of them, and nothing is stored`, () =>
      withPool((disk) =>
        Effect.gen(function* () {
          disk.plan({ on: "commit", after: 1, code })
          const refused = write(4, () => Effect.fail("refused"))
          const exits = yield* together([write(1), write(2), write(3), refused])
          expect(exits.map((exit) => failureOf(exit))).toMatchObject(Array.from({ length: 4 }, () => ({ _tag: tag })))
          expect(yield* units).toEqual([])
          yield* write(5)
          expect(yield* units).toEqual([5])
        })
      )
    )
  }

  it.scoped("a change that is not stored refuses no other write", () =>
    withPool((disk) =>
      Effect.gen(function* () {
        const pool = yield* SqlPool
        // The commit fails, then the first unit of work alone: the second, refused because of it, is stored.
        disk.plan({ on: "commit", after: 1, code: "SQLITE_FULL" }, { on: "commit", after: 2, code: "SQLITE_FULL" })
        const named = (unit: number) => pool.write((sql) => put(sql, unit, "the same name"))
        const exits = yield* together([named(1), named(2)])
        expect(exits.map(Exit.isSuccess)).toEqual([false, true])
        expect(yield* units).toEqual([2])
      })
    )
  )

  it.scoped("if the connection ends before the commit, no caller gets a success, and finished writes run again", () =>
    withPool((disk) =>
      Effect.gen(function* () {
        disk.plan({ on: "execute", after: 5, code: "WORKER_ENDED" })
        const exits = yield* together([write(1), write(2), write(3), write(4)])
        expect(exits.map(Exit.isSuccess)).toEqual([true, true, false, true])
        expect(failureOf(exits[2])).toMatchObject({ _tag: "DatabaseUnavailable", driverCode: "WORKER_ENDED" })
        expect(yield* units).toEqual([1, 2, 4])
      })
    )
  )

  it.scoped("if the connection ends during the commit, every caller gets an unknown outcome", () =>
    withPool((disk) =>
      Effect.gen(function* () {
        disk.plan({ on: "commit", after: 1, code: "WORKER_ENDED", isStored: true })
        const exits = yield* together([write(1), write(2)])
        expect(exits.map((exit) => failureOf(exit))).toMatchObject([
          { _tag: "DatabaseUnavailable", driverCode: "WORKER_ENDED" },
          { _tag: "DatabaseUnavailable", driverCode: "WORKER_ENDED" }
        ])
      })
    )
  )

  /** A unit of work of the property: what it does, how it ends, and when its caller gives up. */
  const Unit = FastCheck.record({
    name: FastCheck.integer({ min: 0, max: 12 }),
    pauses: FastCheck.integer({ min: 0, max: 4 }),
    inner: FastCheck.constantFrom("none", "kept", "undone"),
    ending: FastCheck.oneof(
      { weight: 6, arbitrary: FastCheck.constant("succeeds") },
      FastCheck.constantFrom("fails", "dies", "interrupts")
    ),
    isAlone: FastCheck.boolean(),
    patienceMillis: FastCheck.option(FastCheck.integer({ min: 0, max: 6 }), { nil: undefined, freq: 4 }),
    delay: FastCheck.integer({ min: 0, max: 6 })
  })
  const PlannedFault = FastCheck.record({
    on: FastCheck.constantFrom<Fault["on"]>("begin", "execute", "commit"),
    after: FastCheck.integer({ min: 0, max: 30 }),
    code: FastCheck.constantFrom("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_BUSY", "WORKER_ENDED")
  })
  const Run = FastCheck.record({
    units: FastCheck.array(Unit, { minLength: 2, maxLength: 16 }),
    faults: FastCheck.array(PlannedFault, { maxLength: 3 })
  })

  const runs = (input: typeof Run extends FastCheck.Arbitrary<infer T> ? T : never) =>
    withPool(
      (disk) =>
        Effect.gen(function* () {
          const pool = yield* SqlPool
          disk.plan(...input.faults)
          const exits = yield* Effect.forEach(
            input.units,
            ({ delay, ending, inner, isAlone, name, patienceMillis, pauses }, unit) => {
              const use = (sql: Sql) =>
                Effect.gen(function* () {
                  yield* put(sql, unit, `name ${name}`)
                  yield* Effect.repeatN(Effect.yieldNow(), pauses)
                  if (inner === "kept") yield* sql.withTransaction(sql`INSERT INTO parents VALUES (${unit})`)
                  if (inner === "undone") {
                    const undone = Effect.zipRight(sql`INSERT INTO parents VALUES (${-1 - unit})`, Effect.fail("inner"))
                    yield* Effect.ignore(sql.withTransaction(undone))
                  }
                  if (ending === "fails") yield* Effect.fail("by itself")
                  if (ending === "dies") yield* Effect.die("by itself")
                  if (ending === "interrupts") yield* Effect.interrupt
                })
              const written = isAlone ? pool.writeAlone(use) : pool.write(use)
              const patient =
                patienceMillis === undefined
                  ? written
                  : Effect.timeoutFail(written, { duration: patienceMillis, onTimeout: () => "gave up" })
              return Effect.zipRight(Effect.repeatN(Effect.yieldNow(), delay), Effect.exit(patient))
            },
            { concurrency: "unbounded" }
          )
          const notes = yield* stored
          const has = new Set(notes.map(({ unit }) => unit))
          const names = new Map(notes.map(({ name, unit }) => [name, unit]))
          const unlucky: Record<string, number> = {}
          for (const [unit, exit] of exits.entries()) {
            const failure = failureOf(exit)
            const tag =
              typeof failure === "object" && failure !== null && "_tag" in failure ? String(failure._tag) : failure
            if (Exit.isSuccess(exit)) expect(has.has(unit), `unit ${unit} was acknowledged`).toBe(true)
            else if (tag !== "gave up") expect(has.has(unit), `unit ${unit} failed with ${String(tag)}`).toBe(false)
            if (tag === "ConstraintViolated") {
              const holder = names.get(`name ${input.units[unit]?.name}`)
              expect(holder, `unit ${unit} was refused because of one that is stored`).toBeDefined()
            }
            if (typeof tag === "string" && tag.startsWith("Database")) unlucky[tag] = (unlucky[tag] ?? 0) + 1
          }
          // Each of these faults has one victim, however many shared its transaction.
          expect(unlucky.DatabaseFull ?? 0).toBeLessThanOrEqual(
            disk.struck.filter(({ code }) => code === "SQLITE_FULL").length
          )
          if (disk.struck.length === 0) expect(unlucky).toEqual({})
          const inner = yield* pool.read((sql) => sql<{ id: number }>`SELECT id FROM parents`)
          expect(inner.filter(({ id }) => !has.has(id))).toEqual([])
        }),
      { busyTimeout: "1 seconds" }
    )

  it.scopedLive(
    "agree with a model under every interleaving of successes, failures, interruptions and faults",
    () =>
      Effect.promise(() =>
        FastCheck.assert(
          FastCheck.asyncProperty(Run, (input) => Effect.runPromise(Effect.scoped(runs(input)))),
          { numRuns: Number(process.env.STARPUNK_INTERLEAVINGS ?? (open === ThreadDriver.open ? 25 : 8)) }
        )
      ),
    120_000
  )
})
