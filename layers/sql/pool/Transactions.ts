import type { SqlError } from "@effect/sql"
import { Cause, Deferred, type Duration, Effect, Exit, Fiber, FiberId } from "effect"
import type { DatabaseFailure, DatabaseLocked } from "../../../src/errors/Database.js"
import * as Metrics from "../../../src/metrics/Database.js"
import type { Rank } from "./CallerQueue.js"
import type { ConnectionPool } from "./ConnectionPool.js"
import type { PooledConnection } from "./ConnectionSupply.js"
import type { Driver } from "./Driver.js"
import { DriverFailure } from "./DriverFailure.js"
import type { Engine } from "./Engine.js"
import type { CallSite } from "./LeakDetector.js"
import { Lease, toSqlError } from "./Lease.js"

/** Most units of work in one transaction. */
export const maxUnits = 64

/** Milliseconds after the begin of a transaction, after which no further unit of work joins it. */
export const maxMillis = 50

/** A unit of work, and how it is queued. */
export interface Unit<A, E, R> {
  readonly site: CallSite
  readonly rank: Rank
  /** Whether its transaction may be shared with others. */
  readonly shares: boolean
  /** Called when its transaction has begun. */
  readonly onBegun: () => void
  readonly use: Effect.Effect<A, E, R>
}

/** Outcome of a transaction. `again`: nothing of it is stored, and each unit of work gets a transaction of its own. */
type Outcome =
  | { readonly isStored: true }
  | { readonly isStored: false; readonly failure: DriverFailure; readonly again: boolean }

/** An open transaction. Its units of work run one after another, each in a savepoint, except the first. */
class Transaction {
  readonly outcome = Deferred.unsafeMake<Outcome>(FiberId.none)
  /** Units of work that are done and in the transaction. */
  done = 0
  /** Callers that wait for the outcome: of those units, and of failed ones that may have read their changes. */
  waiting = 0
  /** The latest savepoint, and whether it was rolled back, so that the next unit of work can use it. */
  savepoint: { readonly name: string; readonly isEmpty: boolean } | undefined
  #serial = 0

  constructor(
    readonly connection: PooledConnection,
    readonly since: number,
    /** Whether others may join. */
    readonly shares: boolean
  ) {}

  /** Names of savepoints differ, so that a missing one is an error, and never another unit's. */
  nextSavepoint(): string {
    return `starpunk_unit_${++this.#serial}`
  }
}

type Restore = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>

/** The result of a unit of work that has to run again. */
const again = Symbol("again")

/** Result of a unit of work, and whether it depends on the outcome of its transaction. */
interface Result<A, E> {
  readonly exit: Exit.Exit<A, E | SqlError.SqlError>
  readonly waits: boolean
}

const inOutcome = <A, E>(
  exit: Exit.Exit<A, E>,
  outcome: Outcome
): Exit.Exit<A | typeof again, E | SqlError.SqlError> => {
  if (outcome.isStored) return exit
  return outcome.again ? Exit.succeed(again) : Exit.fail(toSqlError(outcome.failure))
}

/** Runs an effect in its own fiber, so that the caller's interruption does not end it. */
const apart = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.forkDaemon(Effect.interruptible(effect))

const control = (driver: Driver, sql: string) =>
  driver.run({
    do: "execute",
    statement: { shape: "raw", sql, params: [], safeIntegers: false, prepared: true, scope: "transaction" }
  })

const transactionEnded = () =>
  new DriverFailure({ code: "TRANSACTION_ENDED", message: "the transaction was ended by an earlier error" })

const abandoned = () => new DriverFailure({ code: "ABANDONED", message: "a statement did not end in time" })

/** The lease of a unit of work, and its savepoint; none if nothing else is in the transaction. */
interface Joined {
  readonly lease: Lease
  readonly name: string | undefined
}

const join = (transaction: Transaction, owner: object): Joined => {
  const { done, savepoint, connection } = transaction
  const isReady = done === 0 || savepoint?.isEmpty === true
  if (isReady) return { lease: Lease.on(connection, "transaction", owner), name: savepoint?.name }
  const name = transaction.nextSavepoint()
  const before = [...(savepoint === undefined ? [] : [`RELEASE ${savepoint.name}`]), `SAVEPOINT ${name}`]
  return { lease: Lease.on(connection, "transaction", owner, before), name }
}

/**
 * Runs write transactions on the writer's connection. Units of work that wait for it at the same time share a
 * transaction, because its commit costs much more than their statements. Each has its own result: one that fails or is
 * interrupted is rolled back alone. No caller gets a result before the commit, not even one that failed, because its
 * reason may be a change that is not stored in the end. If the transaction is lost and nothing of it can be stored,
 * each other unit of work runs again, alone.
 */
export const make = Effect.fnUntraced(function* (options: {
  readonly pool: ConnectionPool
  readonly owner: object
  readonly engine: Engine
  readonly busyTimeoutMillis: number
  readonly abandonAfter: Duration.Duration
}) {
  const { abandonAfter, busyTimeoutMillis, engine, pool, owner } = options
  const clock = yield* Effect.clock
  const now = () => Number(clock.unsafeCurrentTimeNanos()) / 1e6
  let open: Transaction | undefined
  /** The failure of the latest attempt to begin, if another process held the lock. */
  let foreignLock: DatabaseLocked | undefined

  /** Commits whose outcome has arrived: see `Commits`. */
  let commits = 0

  const settle = (transaction: Transaction, outcome: Outcome) =>
    Effect.suspend(() => {
      if (open === transaction) open = undefined
      Deferred.unsafeDone(transaction.outcome, Exit.succeed(outcome))
      return pool.release(transaction.connection)
    })

  const lose = (transaction: Transaction, failure: DriverFailure) =>
    settle(transaction, { isStored: false, failure, again: true })

  const counted = Effect.ensuring(
    Effect.sync(() => {
      commits++
    })
  )

  const commit = (transaction: Transaction) =>
    Effect.matchEffect(counted(transaction.connection.driver.run({ do: "commit" })), {
      onSuccess: () => {
        Metrics.transactionWrites.record({}, transaction.done)
        return settle(transaction, { isStored: true })
      },
      onFailure: (failure) =>
        settle(transaction, { isStored: false, failure, again: transaction.waiting > 1 && engine.isUnstored(failure) })
    })

  /** Lets the next caller join, or commits. An interrupted caller does not wait for the commit. */
  const proceed = (transaction: Transaction, isInterrupted = false): Effect.Effect<void> =>
    Effect.suspend(() => {
      const { done, shares, since } = transaction
      const isClosed = !shares || done >= maxUnits || now() - since >= maxMillis
      const passed = isClosed ? Effect.succeed(false) : pool.pass(transaction.connection)
      const committed = isInterrupted ? Effect.asVoid(apart(commit(transaction))) : commit(transaction)
      return Effect.flatMap(passed, (hasJoined) => (hasJoined ? Effect.void : committed))
    })

  /** The caller was interrupted when it got the connection. */
  const decline = (connection: PooledConnection) =>
    Effect.suspend(() => (open?.connection === connection ? proceed(open, true) : pool.release(connection)))

  /** Takes the write lock, and records whether another process holds it. */
  const lock = (driver: Driver) =>
    driver.run({ do: "begin" }).pipe(
      Effect.tapBoth({
        onSuccess: () =>
          Effect.sync(() => {
            foreignLock = undefined
          }),
        onFailure: (failure) => {
          const reported = engine.toDatabaseFailure(failure)
          foreignLock = reported._tag === "DatabaseLocked" ? reported : undefined
          // These callers have waited for the same lock, as long as the one that fails.
          return foreignLock === undefined ? Effect.void : pool.refuseWaiting(foreignLock, busyTimeoutMillis)
        }
      })
    )

  const begin = (connection: PooledConnection, shares: boolean, restore: Restore) =>
    restore(lock(connection.driver)).pipe(
      Effect.matchCauseEffect({
        onSuccess: () => {
          open = new Transaction(connection, now(), shares)
          return Effect.succeed(open)
        },
        onFailure: (cause) => Effect.zipRight(pool.release(connection), Effect.failCause(Cause.map(cause, toSqlError)))
      })
    )

  /** Rolls a unit of work back, and lets the next caller join or commits. */
  const undo = (transaction: Transaction, { lease, name }: Joined, isInterrupted: boolean) => {
    // Its first statement would have made its savepoint.
    if (lease.state.before !== undefined) return proceed(transaction, isInterrupted)
    // Nothing else is in the transaction, which is rolled back when the connection is returned.
    if (name === undefined) return lose(transaction, transactionEnded())
    return Effect.matchEffect(control(transaction.connection.driver, `ROLLBACK TO ${name}`), {
      onFailure: (failure) => lose(transaction, failure),
      onSuccess: () => {
        transaction.savepoint = { name, isEmpty: true }
        return proceed(transaction, isInterrupted)
      }
    })
  }

  /** Keeps a unit of work in the transaction, or removes it from there. */
  const conclude = <A, E>(transaction: Transaction, joined: Joined, exit: Exit.Exit<A, E>) =>
    Effect.suspend((): Effect.Effect<Result<A, E>> => {
      const { driver } = transaction.connection
      const { state } = joined.lease
      const gone = driver.broken() ?? (driver.inTransaction() ? undefined : (state.endedBy ?? transactionEnded()))
      const reason = state.endedBy ?? gone ?? driver.aborted()
      const result: Exit.Exit<A, E | SqlError.SqlError> =
        reason !== undefined && Exit.isSuccess(exit) ? Exit.fail(toSqlError(reason)) : exit
      if (gone !== undefined) return Effect.as(lose(transaction, gone), { exit: result, waits: false })
      if (Exit.isSuccess(result)) {
        transaction.done++
        transaction.waiting++
        if (state.before === undefined && joined.name !== undefined) {
          transaction.savepoint = { name: joined.name, isEmpty: false }
        }
        return Effect.as(proceed(transaction), { exit: result, waits: true })
      }
      const isInterrupted = Cause.isInterrupted(result.cause)
      const waits = transaction.done > 0 && !isInterrupted
      if (waits) transaction.waiting++
      return Effect.as(undo(transaction, joined, isInterrupted), { exit: result, waits })
    })

  /** As `conclude`, after the running statement; only a successful caller waits for that. */
  const concludeLater = <A, E>(transaction: Transaction, joined: Joined, exit: Exit.Exit<A, E>) => {
    const concluded: Effect.Effect<Result<A, E>> = joined.lease.settled.pipe(
      Effect.timeoutFail({ duration: abandonAfter, onTimeout: abandoned }),
      Effect.matchEffect({
        onFailure: (failure) =>
          Effect.as(lose(transaction, failure), { exit: Exit.fail(toSqlError(failure)), waits: false }),
        onSuccess: () => conclude(transaction, joined, exit)
      })
    )
    return Exit.isSuccess(exit)
      ? Effect.flatMap(apart(concluded), Fiber.join)
      : Effect.as(apart(concluded), { exit, waits: false })
  }

  const attempt = <A, E, R>({ onBegun, rank, shares, site, use }: Unit<A, E, R>) =>
    Effect.uninterruptibleMask((restore) =>
      pool.acquire({ site, rank, shares, decline }).pipe(
        Effect.flatMap((connection) =>
          open?.connection === connection ? Effect.succeed(open) : begin(connection, shares, restore)
        ),
        Effect.flatMap((transaction) => {
          onBegun()
          const joined = join(transaction, owner)
          return Effect.exit(restore(joined.lease.provide(use))).pipe(
            Effect.flatMap((exit): Effect.Effect<Result<A, E>> => {
              joined.lease.end()
              return (joined.lease.isBusy ? concludeLater : conclude)(transaction, joined, exit)
            }),
            Effect.flatMap(({ exit, waits }) =>
              waits ? Effect.flatMap(Deferred.await(transaction.outcome), (outcome) => inOutcome(exit, outcome)) : exit
            )
          )
        })
      )
    )

  const run = <A, E, R>(unit: Unit<A, E, R>): Effect.Effect<A, E | SqlError.SqlError | DatabaseFailure, R> =>
    Effect.flatMap(attempt(unit), (result) =>
      result === again ? run({ ...unit, rank: "again", shares: false }) : Effect.succeed(result)
    )

  return { run, lock, foreignLock: () => foreignLock, commits: () => commits }
})
