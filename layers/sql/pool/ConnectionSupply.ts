import { Duration, Effect, Fiber, Queue } from "effect"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import * as Metrics from "../../../src/metrics/Database.js"
import { Logger } from "../../../src/services/Logger.js"
import type { PoolName } from "../../../src/services/SqlPool.js"
import type { Driver } from "./Driver.js"
import type { Engine } from "./Engine.js"
import { type Holder, monotonicMillis } from "./LeakDetector.js"

/** One connection of a pool, and its holder. */
export interface PooledConnection {
  readonly driver: Driver
  holder: Holder | undefined
  /** When it was returned, in milliseconds of the monotonic clock, while it is idle. */
  idleSince: number
}

/** Options and callbacks of a supply. */
export interface SupplyOptions {
  readonly pool: PoolName
  /** Maximum number of connections. */
  readonly size: number
  readonly engine: Engine
  /** How long the end of the scope waits for connections to close. */
  readonly closeTimeout: Duration.Duration
  /** Opens a connection. `create`: whether to create a missing file. */
  readonly open: (create: boolean) => Effect.Effect<Driver, DatabaseOpenFailed>
  /** Whether a caller is waiting for a connection. */
  readonly demand: () => boolean
  readonly onOpened: (connection: PooledConnection) => void
  readonly onOutage: (failure: DatabaseFailure) => void
}

/** The connections of a pool: opened on demand, replaced when they break. */
export interface ConnectionSupply {
  readonly connections: ReadonlySet<PooledConnection>
  /** Opens the first connection, and creates the database file if it is missing. */
  readonly first: Effect.Effect<PooledConnection, DatabaseOpenFailed>
  /** Opens another connection in the background, if there is demand and the maximum is not reached. */
  readonly request: () => void
  /** Removes a broken connection; it is replaced in the background. */
  readonly lose: (connection: PooledConnection, loss: DatabaseFailure) => Effect.Effect<void>
  /** Closes a connection that is not needed any more. */
  readonly dismiss: (connection: PooledConnection) => Effect.Effect<void>
  /** The failure to report while there is no connection, until the next attempt is due. */
  readonly outage: () => DatabaseFailure | undefined
  readonly created: () => number
  readonly invalidated: () => number
}

/** Time without losses after which a lost connection is replaced at once. */
const calmMillis = 30_000

/**
 * Completes when callers have waited a while for a connection that is in use, so that another one is worth its thread, which
 * takes 8 MB and a tenth of a second of CPU. A start, or a page that reads twice, does not need it. Real time, because it is
 * about threads.
 */
const overlap = Effect.async<void>((resume) => {
  const timer = setTimeout(() => resume(Effect.void), 20)
  return Effect.sync(() => clearTimeout(timer))
})

/** 0, 50 ms, 100 ms … 2 s, so that a damaged file or a missing disk does not cause endless attempts. */
const backoffMillis = (strikes: number) => (strikes <= 1 ? 0 : Math.min(50 * 2 ** (strikes - 2), 2_000))

const now = Effect.withFiberRuntime<number>((fiber) => Effect.succeed(monotonicMillis(fiber)))

/** Makes a supply without connections, and a fiber that opens them until the scope ends. */
export const make = Effect.fnUntraced(function* (options: SupplyOptions) {
  const { engine, pool } = options
  const logger = (yield* Logger).named("starpunk.pool")
  /** Signals that a connection may be missing. */
  const bell = yield* Queue.sliding<void>(1)
  const connections = new Set<PooledConnection>()
  let created = 0
  let invalidated = 0
  /** Number of connections that are closing: a worker ends only after its running statement. */
  let closing = 0
  /** The latest loss, until its backoff is over. */
  let loss: DatabaseFailure | undefined
  let outage: DatabaseFailure | undefined

  /**
   * Set when a write to the disk failed: the content of the disk is then uncertain, and must be checked before the next
   * write.
   */
  let suspect = false

  const request = () => void bell.unsafeOffer(undefined)

  const open = (create: boolean) =>
    // Opening can be interrupted, but an open connection is always registered.
    Effect.uninterruptible(
      Effect.map(Effect.timed(Effect.interruptible(options.open(create))), ([took, driver]) => {
        Metrics.createTime.record(Metrics.poolLabel(pool), Duration.toSeconds(took))
        const connection: PooledConnection = { driver, holder: undefined, idleSince: 0 }
        connections.add(connection)
        created++
        outage = undefined
        return connection
      })
    )

  const close = (connection: PooledConnection) =>
    Effect.suspend(() => {
      connections.delete(connection)
      closing++
      return connection.driver.close
    }).pipe(
      Effect.ensuring(
        Effect.sync(() => {
          closing--
          request()
        })
      )
    )

  const lose = (connection: PooledConnection, failure: DatabaseFailure) =>
    Effect.suspend(() => {
      if (!connections.delete(connection)) return Effect.void
      invalidated++
      loss = failure
      suspect ||= pool === "writer" && engine.isFailedWrite(failure)
      request()
      return Effect.zipRight(
        Effect.forkDaemon(close(connection)),
        logger.warning("Database connection replaced", { pool, error: failure })
      )
    })

  /** One connection is always open; more if callers wait, unless too many are still closing. */
  const missing = () =>
    connections.size < options.size && closing <= options.size && (connections.size === 0 || options.demand())

  const fail = (failure: DatabaseFailure) => {
    loss = failure
    if (connections.size > 0) return
    outage = failure
    options.onOutage(failure)
  }

  /**
   * After a failed write or fsync the operating system may drop pages that SQLite believes written, and reports that
   * only once. So a new connection reads the file before anything else is written.
   */
  const check = (connection: PooledConnection) =>
    engine.check(connection.driver).pipe(
      Effect.timed,
      Effect.flatMap(([took]) => {
        suspect = false
        return logger.info("Database checked after a failed write: no damage found", {
          pool,
          duration_ms: Math.round(Duration.toMillis(took))
        })
      }),
      Effect.onError(() => close(connection))
    )

  const openForUse = Effect.gen(function* () {
    const connection = yield* Effect.mapError(open(false), (refused) => ({
      failure: engine.whileUnopened(refused),
      error: refused
    }))
    if (suspect) yield* Effect.mapError(check(connection), (failure) => ({ failure, error: failure }))
    return connection
  })

  const keeper = Effect.gen(function* () {
    let strikes = 0
    let lastStrike = Number.NEGATIVE_INFINITY
    while (true) {
      yield* Queue.take(bell)
      while (missing()) {
        if (connections.size > 0 && loss === undefined) {
          yield* overlap
          if (!missing()) continue
        }
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
          yield* logger.warning("Database connection not opened", { pool, error: opened.left.error })
        }
      }
    }
  })
  // Finalizers run in reverse: the fiber stops before the last connection is closed, and opens no other.
  yield* Effect.addFinalizer(() =>
    Effect.forEach([...connections], close, { concurrency: "unbounded", discard: true }).pipe(
      Effect.disconnect,
      Effect.timeoutOption(options.closeTimeout),
      Effect.interruptible,
      Effect.forkDaemon,
      Effect.flatMap(Fiber.join)
    )
  )
  yield* Effect.forkScoped(Effect.interruptible(keeper))

  return {
    connections,
    first: open(true),
    request,
    lose,
    dismiss: close,
    outage: () => (connections.size === 0 ? outage : undefined),
    created: () => created,
    invalidated: () => invalidated
  } satisfies ConnectionSupply
})
