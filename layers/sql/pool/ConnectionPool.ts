import { Deferred, Duration, Effect, Exit, Fiber } from "effect"
import { type DatabaseFailure, DatabaseUnavailable, PoolClosed, PoolExhausted } from "../../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import * as Metrics from "../../../src/metrics/Database.js"
import { Logger } from "../../../src/services/Logger.js"
import type { PoolName, PoolStats } from "../../../src/services/SqlPool.js"
import { CallerQueue, type Rank, type Waiter } from "./CallerQueue.js"
import * as ConnectionSupply from "./ConnectionSupply.js"
import type { Driver } from "./Driver.js"
import { DriverFailure } from "./DriverFailure.js"
import type { Engine } from "./Engine.js"
import * as LeakDetector from "./LeakDetector.js"
import * as Patience from "./Patience.js"

/** Options of a pool. */
export interface ConnectionPoolOptions {
  readonly name: PoolName
  /**
   * Maximum number of connections. The first is opened at once, others when a caller has to wait. Connections that are
   * idle for a minute are closed.
   */
  readonly size: number
  /** Maximum number of callers in the queue; one more is refused at once. */
  readonly maxWaiting: number
  readonly acquireTimeout: Duration.Duration
  /** How long a connection that was returned during a statement may take to become free before it is replaced. */
  readonly abandonAfter: Duration.Duration
  /** Time after which a holder is reported. */
  readonly leakThreshold: Duration.Duration
  /** How long closing waits for leased connections. */
  readonly closeTimeout: Duration.Duration
  readonly engine: Engine
  /** Opens a connection. `create`: whether to create a missing file. */
  readonly open: (create: boolean) => Effect.Effect<Driver, DatabaseOpenFailed>
}

/** Request for a connection. */
export interface LeaseRequest {
  readonly site: LeakDetector.CallSite
  readonly rank?: Rank
  /** Whether it accepts a connection with an open transaction of others. */
  readonly shares?: boolean
  /** How long it waits. Default `acquireTimeout` of the pool. */
  readonly patience?: Duration.Duration | undefined
  /** Takes back a connection that was handed over just before the caller was interrupted. Default `release`. */
  readonly decline?: (connection: ConnectionSupply.PooledConnection) => Effect.Effect<void>
}

/** A group of equal connections, leased in order of rank and request. */
export interface ConnectionPool {
  /** Leases a connection. Run it uninterruptibly: only the wait can be interrupted, and then nothing is leased. */
  readonly acquire: (request: LeaseRequest) => Effect.Effect<ConnectionSupply.PooledConnection, DatabaseFailure>
  /** Hands a connection with its open transaction to the next caller; returns false if no caller shares it. */
  readonly pass: (connection: ConnectionSupply.PooledConnection) => Effect.Effect<boolean>
  /** Fails all callers that have waited at least this long. */
  readonly refuseWaiting: (failure: DatabaseFailure, leastMillis: number) => Effect.Effect<void>
  /** Takes a connection back, rolled back, or replaces it. Waits for a rollback, but never for a running query. */
  readonly release: (connection: ConnectionSupply.PooledConnection) => Effect.Effect<void>
  readonly stats: () => PoolStats
  /** The holder that has had a connection of this pool longest, as log fields. */
  readonly oldest: LeakDetector.LeakDetector["oldest"]
}

/** How long an idle connection stays open, in milliseconds. A worker thread takes some 8 MB. */
const idleMillis = 60_000

/**
 * Runs an effect in its own fiber, so that it completes even if the caller is interrupted, and can be raced with a
 * timeout.
 */
const apart = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.forkDaemon(Effect.interruptible(effect))

/**
 * Makes a pool with its first connection open. When its scope ends, it refuses new callers, fails queued ones, waits
 * for leased connections, and then closes all connections.
 */
export const make = Effect.fnUntraced(function* (options: ConnectionPoolOptions) {
  const pool = options.name
  const logger = (yield* Logger).named("starpunk.pool")
  const clock = yield* Effect.clock
  const now = () => Number(clock.unsafeCurrentTimeNanos()) / 1e6
  const idle: Array<ConnectionSupply.PooledConnection> = []
  /** Open while more than one connection is idle. */
  const isSpare = yield* Effect.makeLatch()
  const line = new CallerQueue()
  const drained = yield* Deferred.make<void>()
  let closed = false
  let acquired = 0
  let released = 0
  let timeouts = 0
  let waitedMillis = 0

  const failLine = (failure: DatabaseFailure, since = Number.POSITIVE_INFINITY) => {
    for (const waiter of line.takeSince(since)) Deferred.unsafeDone(waiter.ready, Exit.fail(failure))
  }

  const poolName = Metrics.poolLabel(pool)

  const lend = (connection: ConnectionSupply.PooledConnection, holder: LeakDetector.Holder) => {
    acquired++
    connection.holder = holder
    leaks.begin(holder)
  }

  /** Hands the connection directly to the next caller, so that no other caller overtakes it. */
  const handOver = (connection: ConnectionSupply.PooledConnection, next: Waiter) => {
    line.delete(next)
    next.connection = connection
    lend(connection, next.holder)
    Deferred.unsafeDone(next.ready, Exit.succeed(connection))
  }

  const offer = (connection: ConnectionSupply.PooledConnection) => {
    const next = line.next(now())
    if (next !== undefined) return handOver(connection, next)
    connection.idleSince = now()
    idle.push(connection)
    if (idle.length > 1) isSpare.unsafeOpen()
  }

  const supply = yield* ConnectionSupply.make({
    pool,
    size: options.size,
    engine: options.engine,
    closeTimeout: options.closeTimeout,
    open: options.open,
    demand: () => line.size > 0,
    onOpened: offer,
    onOutage: failLine
  })
  const leaks = yield* LeakDetector.make({ pool, leakThreshold: options.leakThreshold })

  const exhausted = (timeoutMillis: number) => {
    timeouts++
    return new PoolExhausted({ pool, size: options.size, waiting: line.size, timeoutMillis })
  }

  const patienceOf = ({ patience = options.acquireTimeout }: LeaseRequest) => Duration.toMillis(patience)

  const patience = yield* Patience.make({
    line,
    now,
    refuse: (waiter) => {
      line.delete(waiter)
      Deferred.unsafeDone(waiter.ready, Exit.fail(exhausted(waiter.patience)))
    }
  })

  /** Counts the end of a lease. */
  const endLease = (connection: ConnectionSupply.PooledConnection) => {
    const { holder } = connection
    released++
    connection.holder = undefined
    if (holder === undefined) return Effect.void
    Metrics.useTime.record(poolName, (now() - holder.since) / 1_000)
    return leaks.end(holder)
  }

  /** Ends a lease in one step: counts it, and offers the connection to the next caller or discards it. */
  const free = (connection: ConnectionSupply.PooledConnection, loss: DatabaseFailure | undefined) =>
    Effect.suspend(() => {
      const reported = endLease(connection)
      if (closed && leaks.active() === 0) Deferred.unsafeDone(drained, Exit.void)
      if (loss !== undefined) return Effect.zipRight(supply.lose(connection, loss), reported)
      offer(connection)
      return reported
    })

  const lossOf = ({ driver }: ConnectionSupply.PooledConnection): DatabaseFailure | undefined => {
    const broken = driver.broken()
    return broken && options.engine.toDatabaseFailure(broken)
  }

  const release = (connection: ConnectionSupply.PooledConnection) =>
    Effect.suspend(() => {
      const { driver } = connection
      if (driver.broken() !== undefined) return free(connection, lossOf(connection))
      const running = driver.pending() > 0
      if (!running && !driver.inTransaction()) return free(connection, undefined)
      const clean = driver.settled.pipe(
        Effect.zipRight(driver.run({ do: "rollback" })),
        Effect.timeoutFail({
          duration: options.abandonAfter,
          onTimeout: () => new DriverFailure({ code: "ABANDONED", message: "a statement did not end in time" })
        }),
        Effect.matchEffect({
          onFailure: () => free(connection, lossOf(connection) ?? new DatabaseUnavailable({ driverCode: "ABANDONED" })),
          onSuccess: () => free(connection, lossOf(connection))
        }),
        apart
      )
      return running ? Effect.asVoid(clean) : Effect.flatMap(clean, Fiber.join)
    })

  const wait = (waiter: Waiter, { decline = release }: LeaseRequest) => {
    const since = waiter.holder.since
    return Effect.interruptible(Deferred.await(waiter.ready)).pipe(
      Effect.matchCauseEffect({
        onFailure: (cause) => {
          // Interrupted after the hand-over, so the connection goes to the next caller.
          if (waiter.connection !== undefined)
            return Effect.zipRight(decline(waiter.connection), Effect.failCause(cause))
          line.delete(waiter)
          return Effect.failCause(cause)
        },
        onSuccess: (connection) => Effect.succeed(connection)
      }),
      (settled) =>
        Effect.onExit(settled, () =>
          Effect.withFiberRuntime<void>((fiber) => {
            const now = LeakDetector.monotonicMillis(fiber)
            waiter.holder.since = now
            waitedMillis += now - since
            if (waiter.connection !== undefined) Metrics.waitTime.record(poolName, (now - since) / 1_000)
            return leaks.waited(now - since)
          })
        )
    )
  }

  const pass = (connection: ConnectionSupply.PooledConnection) =>
    Effect.suspend(() => {
      const next = line.next(now())
      if (next?.shares !== true) return Effect.succeed(false)
      const reported = endLease(connection)
      handOver(connection, next)
      return Effect.as(reported, true)
    })

  const acquire = (request: LeaseRequest): Effect.Effect<ConnectionSupply.PooledConnection, DatabaseFailure> =>
    Effect.withFiberRuntime<ConnectionSupply.PooledConnection, DatabaseFailure>((fiber) => {
      if (closed) return Effect.fail(new PoolClosed({ pool }))
      const { rank = "usual", shares = false, site } = request
      const holder = LeakDetector.holderOf(fiber, site)
      const connection = idle.pop()
      if (connection !== undefined) {
        const loss = lossOf(connection)
        // The connection broke while it was idle.
        if (loss !== undefined) return Effect.zipRight(supply.lose(connection, loss), acquire(request))
        lend(connection, holder)
        Metrics.waitTime.record(poolName, 0)
        return Effect.succeed(connection)
      }
      const outage = supply.outage()
      if (outage !== undefined) return Effect.fail(outage)
      if (line.size >= options.maxWaiting && rank !== "again") return Effect.fail(exhausted(patienceOf(request)))
      const waiter: Waiter = {
        ready: Deferred.unsafeMake(fiber.id()),
        holder,
        patience: patienceOf(request),
        rank,
        shares,
        connection: undefined
      }
      line.add(waiter)
      supply.request()
      return Effect.zipRight(patience.watch(waiter.patience), wait(waiter, request))
    })

  /** Closes connections that nobody has used for a while. The one that was used last stays. */
  const dismissIdle = Effect.gen(function* () {
    yield* isSpare.await
    yield* Effect.sleep(idleMillis)
    while (idle.length > 1 && (idle[0]?.idleSince ?? 0) <= now() - idleMillis) {
      const oldest = idle.shift()
      if (oldest !== undefined) yield* Effect.uninterruptible(supply.dismiss(oldest))
    }
    if (idle.length <= 1) yield* isSpare.close
  })

  const stats = (): PoolStats => ({
    acquired,
    released,
    created: supply.created(),
    wait_time_total: waitedMillis / 1_000,
    active: leaks.active(),
    pool_size: options.size,
    available: idle.length,
    waiting: line.size,
    timeouts,
    invalidated: supply.invalidated()
  })

  const shut = Effect.gen(function* () {
    closed = true
    failLine(new PoolClosed({ pool }))
    if (leaks.active() > 0) yield* Effect.timeoutOption(Deferred.await(drained), options.closeTimeout)
    if (leaks.active() > 0) {
      yield* logger.warning("Closing the database while connections are still in use", {
        pool,
        active: leaks.active()
      })
    }
  })

  const first = yield* Effect.acquireRelease(supply.first, () => Effect.flatMap(apart(shut), Fiber.join))
  offer(first)
  if (options.size > 1) yield* Effect.forkScoped(Effect.forever(dismissIdle))
  const refuseWaiting = (failure: DatabaseFailure, leastMillis: number) =>
    Effect.sync(() => failLine(failure, now() - leastMillis))

  return { acquire, pass, refuseWaiting, release, stats, oldest: leaks.oldest } satisfies ConnectionPool
})
