import { Deferred, Duration, Effect, Exit, Fiber } from "effect"
import { type DatabaseFailure, DatabaseUnavailable, PoolClosed, PoolExhausted } from "../../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import * as Metrics from "../../../src/metrics/Database.js"
import { Logger } from "../../../src/services/Logger.js"
import type { LaneName, LaneStats } from "../../../src/services/SqlPool.js"
import { CallerQueue, type Rank, type Ticket } from "./CallerQueue.js"
import type { Driver } from "./Driver.js"
import { DriverFailure, toDatabaseFailure } from "./DriverFailure.js"
import * as Holders from "./Holders.js"
import * as Supply from "./Supply.js"

/** Options of a lane. */
export interface LaneOptions {
  readonly name: LaneName
  /** Maximum number of connections. The first is opened at once, others when a caller has to wait. */
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
  readonly busyTimeout: Duration.Duration
  /** Opens a connection. `create`: whether to create a missing file. */
  readonly open: (create: boolean) => Effect.Effect<Driver, DatabaseOpenFailed>
}

/** Request for a connection. */
export interface Ask {
  readonly site: Holders.Site
  readonly rank?: Rank
  /** Whether it accepts a connection with an open transaction of others. */
  readonly shares?: boolean
  /** How long it waits. Default `acquireTimeout` of the lane. */
  readonly patience?: Duration.Duration | undefined
  /** Takes back a connection that was handed over just before the caller was interrupted. Default `giveBack`. */
  readonly decline?: (slot: Supply.Slot) => Effect.Effect<void>
}

/** A group of equal connections, leased in order of rank and request. */
export interface Lane {
  /** Leases a connection. Run it uninterruptibly: only the wait can be interrupted, and then nothing is leased. */
  readonly take: (ask: Ask) => Effect.Effect<Supply.Slot, DatabaseFailure>
  /** Hands a connection with its open transaction to the next caller; returns false if there is none who shares it. */
  readonly pass: (slot: Supply.Slot) => Effect.Effect<boolean>
  /** Fails all callers that have waited at least this long. */
  readonly refuseWaiting: (failure: DatabaseFailure, leastMillis: number) => Effect.Effect<void>
  /** Takes a connection back, rolled back, or replaces it. Waits for a rollback, but never for a running query. */
  readonly giveBack: (slot: Supply.Slot) => Effect.Effect<void>
  readonly stats: () => LaneStats
  /** The holder that has had a connection of this lane longest, as log fields. */
  readonly oldest: Holders.Holders["oldest"]
}

/**
 * Runs an effect in its own fiber, so that it completes even if the caller is interrupted, and can be raced with a
 * timeout.
 */
const apart = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.forkDaemon(Effect.interruptible(effect))

/**
 * Makes a lane with its first connection open. When its scope ends, it refuses new callers, fails queued ones, waits
 * for leased connections, and then closes all connections.
 */
export const make = Effect.fnUntraced(function* (options: LaneOptions) {
  const lane = options.name
  const busyTimeoutMillis = Duration.toMillis(options.busyTimeout)
  const logger = (yield* Logger).named("starpunk.pool")
  const clock = yield* Effect.clock
  const now = () => Number(clock.unsafeCurrentTimeNanos()) / 1e6
  const idle: Array<Supply.Slot> = []
  const line = new CallerQueue()
  const drained = yield* Deferred.make<void>()
  let closed = false
  let acquired = 0
  let released = 0
  let timeouts = 0
  let waitedMillis = 0

  const failLine = (failure: DatabaseFailure, since = Number.POSITIVE_INFINITY) => {
    for (const ticket of line.takeSince(since)) Deferred.unsafeDone(ticket.ready, Exit.fail(failure))
  }

  const poolName = Metrics.lane(lane)

  const lend = (slot: Supply.Slot, holder: Holders.Holder) => {
    acquired++
    slot.holder = holder
    holders.begin(holder)
  }

  /** Hands the connection directly to the next caller, so that none overtakes. */
  const handOver = (slot: Supply.Slot, next: Ticket) => {
    line.delete(next)
    next.slot = slot
    lend(slot, next.holder)
    Deferred.unsafeDone(next.ready, Exit.void)
  }

  const offer = (slot: Supply.Slot) => {
    const next = line.next(now())
    if (next === undefined) idle.push(slot)
    else handOver(slot, next)
  }

  const supply = yield* Supply.make({
    lane,
    size: options.size,
    busyTimeoutMillis,
    closeTimeout: options.closeTimeout,
    open: options.open,
    demand: () => line.size > 0,
    onOpened: offer,
    onOutage: failLine
  })
  const holders = yield* Holders.make({ lane, leakThreshold: options.leakThreshold })

  const exhausted = (patience: Duration.Duration) => {
    timeouts++
    return new PoolExhausted({
      lane,
      size: options.size,
      waiting: line.size,
      timeoutMillis: Duration.toMillis(patience)
    })
  }

  /** Counts the end of a lease. */
  const endLease = (slot: Supply.Slot) => {
    const { holder } = slot
    released++
    slot.holder = undefined
    if (holder === undefined) return Effect.void
    Metrics.useTime.record(poolName, (now() - holder.since) / 1_000)
    return holders.end(holder)
  }

  /** Ends a lease in one step: counts it, and offers the connection to the next caller or discards it. */
  const free = (slot: Supply.Slot, loss: DatabaseFailure | undefined) =>
    Effect.suspend(() => {
      const reported = endLease(slot)
      if (closed && holders.active() === 0) Deferred.unsafeDone(drained, Exit.void)
      if (loss !== undefined) return Effect.zipRight(supply.lose(slot, loss), reported)
      offer(slot)
      return reported
    })

  const lossOf = ({ driver }: Supply.Slot): DatabaseFailure | undefined => {
    const broken = driver.broken()
    return broken && toDatabaseFailure(broken, busyTimeoutMillis)
  }

  const giveBack = (slot: Supply.Slot) =>
    Effect.suspend(() => {
      const { driver } = slot
      if (driver.broken() !== undefined) return free(slot, lossOf(slot))
      const running = driver.pending() > 0
      if (!running && !driver.inTransaction()) return free(slot, undefined)
      const clean = driver.settled.pipe(
        Effect.zipRight(driver.run({ do: "rollback" })),
        Effect.timeoutFail({
          duration: options.abandonAfter,
          onTimeout: () => new DriverFailure({ code: "ABANDONED", message: "a statement did not end in time" })
        }),
        Effect.matchEffect({
          onFailure: () => free(slot, lossOf(slot) ?? new DatabaseUnavailable({ driverCode: "ABANDONED" })),
          onSuccess: () => free(slot, lossOf(slot))
        }),
        apart
      )
      return running ? Effect.asVoid(clean) : Effect.flatMap(clean, Fiber.join)
    })

  const wait = (ticket: Ticket, { decline = giveBack, patience = options.acquireTimeout }: Ask) => {
    const since = ticket.holder.since
    return Effect.interruptible(
      Deferred.await(ticket.ready).pipe(
        Effect.timeoutTo({ duration: patience, onTimeout: () => undefined, onSuccess: () => undefined })
      )
    ).pipe(
      Effect.matchCauseEffect({
        onFailure: (cause) => {
          // Interrupted after the hand-over, so the connection goes to the next caller.
          if (ticket.slot !== undefined) return Effect.zipRight(decline(ticket.slot), Effect.failCause(cause))
          line.delete(ticket)
          return Effect.failCause(cause)
        },
        onSuccess: () => {
          if (ticket.slot !== undefined) return Effect.succeed(ticket.slot)
          line.delete(ticket)
          return Effect.fail(exhausted(patience))
        }
      }),
      (settled) =>
        Effect.onExit(settled, () =>
          Effect.withFiberRuntime<void>((fiber) => {
            const now = Holders.monotonicMillis(fiber)
            ticket.holder.since = now
            waitedMillis += now - since
            if (ticket.slot !== undefined) Metrics.waitTime.record(poolName, (now - since) / 1_000)
            return holders.waited(now - since)
          })
        )
    )
  }

  const pass = (slot: Supply.Slot) =>
    Effect.suspend(() => {
      const next = line.next(now())
      if (next?.shares !== true) return Effect.succeed(false)
      const reported = endLease(slot)
      handOver(slot, next)
      return Effect.as(reported, true)
    })

  const take = (ask: Ask): Effect.Effect<Supply.Slot, DatabaseFailure> =>
    Effect.withFiberRuntime<Supply.Slot, DatabaseFailure>((fiber) => {
      if (closed) return Effect.fail(new PoolClosed({ lane }))
      const { rank = "usual", shares = false, site } = ask
      const holder = Holders.holderOf(fiber, site)
      const slot = idle.pop()
      if (slot !== undefined) {
        const loss = lossOf(slot)
        // The connection broke while it was idle.
        if (loss !== undefined) return Effect.zipRight(supply.lose(slot, loss), take(ask))
        lend(slot, holder)
        Metrics.waitTime.record(poolName, 0)
        return Effect.succeed(slot)
      }
      const outage = supply.outage()
      if (outage !== undefined) return Effect.fail(outage)
      if (line.size >= options.maxWaiting && rank !== "again")
        return Effect.fail(exhausted(ask.patience ?? options.acquireTimeout))
      const ticket: Ticket = { ready: Deferred.unsafeMake(fiber.id()), holder, rank, shares, slot: undefined }
      line.add(ticket)
      supply.request()
      return wait(ticket, ask)
    })

  const stats = (): LaneStats => ({
    acquired,
    released,
    created: supply.created(),
    wait_time_total: waitedMillis / 1_000,
    active: holders.active(),
    pool_size: options.size,
    available: idle.length,
    waiting: line.size,
    timeouts,
    invalidated: supply.invalidated()
  })

  const shut = Effect.gen(function* () {
    closed = true
    failLine(new PoolClosed({ lane }))
    if (holders.active() > 0) yield* Effect.timeoutOption(Deferred.await(drained), options.closeTimeout)
    if (holders.active() > 0) {
      yield* logger.warning("Closing the database while connections are still in use", {
        lane,
        active: holders.active()
      })
    }
  })

  const first = yield* Effect.acquireRelease(supply.first, () => Effect.flatMap(apart(shut), Fiber.join))
  offer(first)
  const refuseWaiting = (failure: DatabaseFailure, leastMillis: number) =>
    Effect.sync(() => failLine(failure, now() - leastMillis))

  return { take, pass, refuseWaiting, giveBack, stats, oldest: holders.oldest } satisfies Lane
})
