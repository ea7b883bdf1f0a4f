import { Duration, Effect, Fiber, Queue } from "effect"
import { DatabaseCorrupt, type DatabaseFailure } from "../../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import * as Metrics from "../../../src/metrics/Database.js"
import { Logger } from "../../../src/services/Logger.js"
import type { LaneName } from "../../../src/services/SqlPool.js"
import type { Command, Driver } from "./Driver.js"
import { isFailedWrite, toDatabaseFailure, whileUnopened } from "./DriverFailure.js"
import { type Holder, monotonicMillis } from "./Holders.js"

/** One connection of a lane, and its holder. */
export interface Slot {
  readonly driver: Driver
  holder: Holder | undefined
}

/** Options and callbacks of a supply. */
export interface SupplyOptions {
  readonly lane: LaneName
  /** Maximum number of connections. */
  readonly size: number
  readonly busyTimeoutMillis: number
  /** How long the end of the scope waits for connections to close. */
  readonly closeTimeout: Duration.Duration
  /** Opens a connection. `create`: whether to create a missing file. */
  readonly open: (create: boolean) => Effect.Effect<Driver, DatabaseOpenFailed>
  /** Whether a caller is waiting for a connection. */
  readonly demand: () => boolean
  readonly onOpened: (slot: Slot) => void
  readonly onOutage: (failure: DatabaseFailure) => void
}

/** The connections of a lane: opened on demand, replaced when they break. */
export interface Supply {
  readonly slots: ReadonlySet<Slot>
  /** Opens the first connection, and creates the database file if it is missing. */
  readonly first: Effect.Effect<Slot, DatabaseOpenFailed>
  /** Opens another connection in the background, if there is demand and the maximum is not reached. */
  readonly request: () => void
  /** Removes a broken connection; it is replaced in the background. */
  readonly lose: (slot: Slot, loss: DatabaseFailure) => Effect.Effect<void>
  /** Why there is no connection, until the next attempt is due. */
  readonly outage: () => DatabaseFailure | undefined
  readonly created: () => number
  readonly invalidated: () => number
}

/** A connection that is lost after this time without losses is replaced at once. */
const calmMillis = 30_000

/** 0, 50 ms, 100 ms … 2 s, so that a damaged file or a missing disk does not cause endless attempts. */
const backoffMillis = (strikes: number) => (strikes <= 1 ? 0 : Math.min(50 * 2 ** (strikes - 2), 2_000))

/**
 * Reads every page and follows every link; returns `ok` or the damage.
 * https://www.sqlite.org/pragma.html#pragma_quick_check
 */
const quickCheck: Command = {
  do: "execute",
  statement: {
    shape: "values",
    sql: "PRAGMA quick_check(1)",
    params: [],
    safeIntegers: false,
    prepared: false,
    scope: "any"
  }
}

const now = Effect.withFiberRuntime<number>((fiber) => Effect.succeed(monotonicMillis(fiber)))

/** Makes a supply without connections, and a fiber that opens them until the scope ends. */
export const make = Effect.fnUntraced(function* (options: SupplyOptions) {
  const { lane } = options
  const logger = (yield* Logger).named("starpunk.pool")
  /** Signals that a connection may be missing. */
  const bell = yield* Queue.sliding<void>(1)
  const slots = new Set<Slot>()
  let created = 0
  let invalidated = 0
  /** Number of connections that are closing: a worker ends only after its running statement. */
  let closing = 0
  /** The latest loss, until its backoff is over. */
  let loss: DatabaseFailure | undefined
  let outage: DatabaseFailure | undefined

  /** Set when a write to the disk failed: the content of the disk is unknown, and nothing is written before a check. */
  let suspect = false

  const request = () => void bell.unsafeOffer(undefined)

  const open = (create: boolean) =>
    // Opening can be interrupted, but an open connection is always registered.
    Effect.uninterruptible(
      Effect.map(Effect.timed(Effect.interruptible(options.open(create))), ([took, driver]) => {
        Metrics.createTime.record(Metrics.lane(lane), Duration.toSeconds(took))
        const slot: Slot = { driver, holder: undefined }
        slots.add(slot)
        created++
        outage = undefined
        return slot
      })
    )

  const close = (slot: Slot) =>
    Effect.suspend(() => {
      slots.delete(slot)
      closing++
      return slot.driver.close
    }).pipe(
      Effect.ensuring(
        Effect.sync(() => {
          closing--
          request()
        })
      )
    )

  const lose = (slot: Slot, failure: DatabaseFailure) =>
    Effect.suspend(() => {
      if (!slots.delete(slot)) return Effect.void
      invalidated++
      loss = failure
      suspect ||= lane === "writer" && isFailedWrite(failure)
      request()
      return Effect.zipRight(
        Effect.forkDaemon(close(slot)),
        logger.warning("Database connection replaced", { lane, error: failure })
      )
    })

  /** One connection is always open; more if callers wait, unless too many are still closing. */
  const missing = () => slots.size < options.size && closing <= options.size && (slots.size === 0 || options.demand())

  const fail = (failure: DatabaseFailure) => {
    loss = failure
    if (slots.size > 0) return
    outage = failure
    options.onOutage(failure)
  }

  /**
   * After a failed write or fsync the operating system may drop pages that SQLite believes written, and reports that
   * only once. So a new connection reads the file before anything else is written.
   */
  const check = (slot: Slot) =>
    slot.driver.run(quickCheck).pipe(
      Effect.mapError((failure) => toDatabaseFailure(failure, options.busyTimeoutMillis)),
      Effect.filterOrFail(
        (rows) => Array.isArray(rows) && String(rows[0]) === "ok",
        () => new DatabaseCorrupt({ driverCode: "QUICK_CHECK" })
      ),
      Effect.timed,
      Effect.flatMap(([took]) => {
        suspect = false
        return logger.info("Database checked after a failed write: no damage found", {
          lane,
          duration_ms: Math.round(Duration.toMillis(took))
        })
      }),
      Effect.onError(() => close(slot))
    )

  const openForUse = Effect.gen(function* () {
    const slot = yield* Effect.mapError(open(false), (refused) => ({
      failure: whileUnopened(refused, options.busyTimeoutMillis),
      error: refused
    }))
    if (suspect) yield* Effect.mapError(check(slot), (failure) => ({ failure, error: failure }))
    return slot
  })

  const keeper = Effect.gen(function* () {
    let strikes = 0
    let lastStrike = Number.NEGATIVE_INFINITY
    while (true) {
      yield* Queue.take(bell)
      while (missing()) {
        if (loss !== undefined) {
          const at = yield* now
          strikes = at - lastStrike > calmMillis ? 1 : strikes + 1
          lastStrike = at
          if (backoffMillis(strikes) > 0) {
            fail(loss)
            yield* Effect.sleep(backoffMillis(strikes))
          }
          loss = undefined
        }
        const opened = yield* Effect.either(openForUse)
        if (opened._tag === "Right") options.onOpened(opened.right)
        else {
          fail(opened.left.failure)
          yield* logger.warning("Database connection not opened", { lane, error: opened.left.error })
        }
      }
    }
  })
  // Finalizers run in reverse: the fiber stops before the last connection is closed, and opens no other.
  yield* Effect.addFinalizer(() =>
    Effect.forEach([...slots], close, { concurrency: "unbounded", discard: true }).pipe(
      Effect.disconnect,
      Effect.timeoutOption(options.closeTimeout),
      Effect.interruptible,
      Effect.forkDaemon,
      Effect.flatMap(Fiber.join)
    )
  )
  yield* Effect.forkScoped(Effect.interruptible(keeper))

  return {
    slots,
    first: open(true),
    request,
    lose,
    outage: () => (slots.size === 0 ? outage : undefined),
    created: () => created,
    invalidated: () => invalidated
  } satisfies Supply
})
