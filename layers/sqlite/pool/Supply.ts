import { Duration, Effect, Fiber, Queue } from "effect"
import { DatabaseCorrupt, type DatabaseFailure } from "../../../src/errors/failure/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/failure/Startup.js"
import * as Metrics from "../../../src/metrics/Database.js"
import { Logger } from "../../../src/services/Logger.js"
import type { LaneName } from "../../../src/services/SqlPool.js"
import type { Command, Driver } from "./Driver.js"
import { isFailedWrite, toDatabaseFailure, whileUnopened } from "./DriverFailure.js"
import { type Holder, monotonicMillis } from "./Holders.js"

/** One connection of a lane, and who has it. */
export interface Slot {
  readonly driver: Driver
  holder: Holder | undefined
}

/** What a supply needs to know, and whom it tells. */
export interface SupplyOptions {
  readonly lane: LaneName
  /** Connections at most. */
  readonly size: number
  readonly busyTimeoutMillis: number
  /** How long the scope's end waits for connections to close. */
  readonly closeTimeout: Duration.Duration
  /** Opens a connection. `create`: whether a missing file may be made. */
  readonly open: (create: boolean) => Effect.Effect<Driver, DatabaseOpenFailed>
  /** Whether somebody is waiting for a connection. */
  readonly demand: () => boolean
  readonly onOpened: (slot: Slot) => void
  readonly onOutage: (failure: DatabaseFailure) => void
}

/** A lane's connections: opened when they are wanted, replaced when they break. */
export interface Supply {
  readonly slots: ReadonlySet<Slot>
  /** Opens one now, making the database file if it is missing. */
  readonly first: Effect.Effect<Slot, DatabaseOpenFailed>
  /** Opens another one in the background, if there is demand and room. */
  readonly request: () => void
  /** Takes a broken connection out; its place is filled again in the background. */
  readonly lose: (slot: Slot, loss: DatabaseFailure) => Effect.Effect<void>
  /** Why there is no connection at all, while there is none and the next attempt is not due. */
  readonly outage: () => DatabaseFailure | undefined
  readonly created: () => number
  readonly invalidated: () => number
}

/** A connection lost after this long a calm is made good at once. */
const calmMillis = 30_000

/** 0, 50 ms, 100 ms … 2 s: a damaged file or a missing disk must not have connections opened without end. */
const backoffMillis = (strikes: number) => (strikes <= 1 ? 0 : Math.min(50 * 2 ** (strikes - 2), 2_000))

/** Reads every page and follows every link; answers `ok` or what is wrong. https://www.sqlite.org/pragma.html#pragma_quick_check */
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

/** A supply without connections yet, and its keeper, who opens them until the scope ends. */
export const make = Effect.fnUntraced(function* (options: SupplyOptions) {
  const { lane } = options
  const logger = (yield* Logger).named("starpunk.pool")
  /** Rung when a connection may be missing. */
  const bell = yield* Queue.sliding<void>(1)
  const slots = new Set<Slot>()
  let created = 0
  let invalidated = 0
  /** Connections on their way out: a worker ends only after the statement that it is in. */
  let closing = 0
  /** The latest loss, until its backoff was waited for. */
  let loss: DatabaseFailure | undefined
  let outage: DatabaseFailure | undefined

  /** Set when a write to the disk failed: what the disk holds is not known then, and nothing is written before a check. */
  let suspect = false

  const request = () => void bell.unsafeOffer(undefined)

  const open = (create: boolean) =>
    // The opening may be interrupted, but an open connection is never forgotten.
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
        logger.warning("A database connection is replaced", { lane, error: failure })
      )
    })

  /** One connection is always wanted; more when somebody waits, unless too many are still on their way out. */
  const missing = () => slots.size < options.size && closing <= options.size && (slots.size === 0 || options.demand())

  const fail = (failure: DatabaseFailure) => {
    loss = failure
    if (slots.size > 0) return
    outage = failure
    options.onOutage(failure)
  }

  /**
   * After a failed write or fsync the operating system may have dropped pages that SQLite believes written, and tells so
   * only once. So the file is read anew, from the disk's own side, before anything is built on it.
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
        return logger.info("The database was checked after a failed write and is sound", {
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
          yield* logger.warning("A database connection cannot be opened", { lane, error: opened.left.error })
        }
      }
    }
  })
  // In this order: at the end the keeper stops before the last connection is closed, and opens no other.
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
