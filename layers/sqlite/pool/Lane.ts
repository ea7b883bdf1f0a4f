import { Deferred, Duration, Effect, Exit, Fiber } from "effect"
import { type DatabaseFailure, DatabaseUnavailable, PoolClosed, PoolExhausted } from "../../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import * as Metrics from "../../../src/metrics/Database.js"
import { Logger } from "../../../src/services/Logger.js"
import type { LaneName, LaneStats } from "../../../src/services/SqlPool.js"
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

/** A group of equal connections, leased in order of request. */
export interface Lane {
  /** Leases a connection. Run it uninterruptibly: only the wait can be interrupted, and then nothing is leased. */
  readonly take: (site: Holders.Site) => Effect.Effect<Supply.Slot, DatabaseFailure>
  /** Takes a connection back, rolled back, or replaces it. Waits for a rollback, but never for a running query. */
  readonly giveBack: (slot: Supply.Slot) => Effect.Effect<void>
  readonly stats: () => LaneStats
  /** The holder that has had a connection of this lane longest, as log fields. */
  readonly oldest: Holders.Holders["oldest"]
}

/** A place in the queue. `slot` is set in the same step in which the connection is handed over. */
interface Ticket {
  readonly ready: Deferred.Deferred<void, DatabaseFailure>
  readonly holder: Holders.Holder
  slot: Supply.Slot | undefined
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
  const idle: Array<Supply.Slot> = []
  /** A Set keeps the order of insertion and removes any entry in constant time. */
  const line = new Set<Ticket>()
  const drained = yield* Deferred.make<void>()
  let closed = false
  let acquired = 0
  let released = 0
  let timeouts = 0
  let waitedMillis = 0

  const failLine = (failure: DatabaseFailure) => {
    for (const ticket of line) Deferred.unsafeDone(ticket.ready, Exit.fail(failure))
    line.clear()
  }

  const poolName = Metrics.lane(lane)

  const lend = (slot: Supply.Slot, holder: Holders.Holder) => {
    acquired++
    slot.holder = holder
    holders.begin(holder)
  }

  /** Hands the connection directly to the caller that has waited longest, so that none overtakes. */
  const offer = (slot: Supply.Slot) => {
    const [next] = line
    if (next === undefined) {
      idle.push(slot)
      return
    }
    line.delete(next)
    next.slot = slot
    lend(slot, next.holder)
    Deferred.unsafeDone(next.ready, Exit.void)
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

  const exhausted = () => {
    timeouts++
    return new PoolExhausted({
      lane,
      size: options.size,
      waiting: line.size,
      timeoutMillis: Duration.toMillis(options.acquireTimeout)
    })
  }

  /** Ends a lease in one step: counts it, and offers the connection to the next caller or discards it. */
  const free = (slot: Supply.Slot, loss: DatabaseFailure | undefined) =>
    Effect.withFiberRuntime((fiber) => {
      const { holder } = slot
      released++
      slot.holder = undefined
      if (holder !== undefined) {
        Metrics.useTime.record(poolName, (Holders.monotonicMillis(fiber) - holder.since) / 1_000)
      }
      const reported = holder === undefined ? Effect.void : holders.end(holder)
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

  const wait = (ticket: Ticket) => {
    const since = ticket.holder.since
    return Effect.interruptible(
      Deferred.await(ticket.ready).pipe(
        Effect.timeoutTo({ duration: options.acquireTimeout, onTimeout: () => undefined, onSuccess: () => undefined })
      )
    ).pipe(
      Effect.matchCauseEffect({
        onFailure: (cause) => {
          // Interrupted after the hand-over, so the connection goes to the next caller.
          if (ticket.slot !== undefined) return Effect.zipRight(giveBack(ticket.slot), Effect.failCause(cause))
          line.delete(ticket)
          return Effect.failCause(cause)
        },
        onSuccess: () => {
          if (ticket.slot !== undefined) return Effect.succeed(ticket.slot)
          line.delete(ticket)
          return Effect.fail(exhausted())
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

  const take = (site: Holders.Site): Effect.Effect<Supply.Slot, DatabaseFailure> =>
    Effect.withFiberRuntime<Supply.Slot, DatabaseFailure>((fiber) => {
      if (closed) return Effect.fail(new PoolClosed({ lane }))
      const holder = Holders.holderOf(fiber, site)
      const slot = idle.pop()
      if (slot !== undefined) {
        const loss = lossOf(slot)
        // The connection broke while it was idle.
        if (loss !== undefined) return Effect.zipRight(supply.lose(slot, loss), take(site))
        lend(slot, holder)
        Metrics.waitTime.record(poolName, 0)
        return Effect.succeed(slot)
      }
      const outage = supply.outage()
      if (outage !== undefined) return Effect.fail(outage)
      if (line.size >= options.maxWaiting) return Effect.fail(exhausted())
      const ticket: Ticket = { ready: Deferred.unsafeMake(fiber.id()), holder, slot: undefined }
      line.add(ticket)
      supply.request()
      return wait(ticket)
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
  return { take, giveBack, stats, oldest: holders.oldest } satisfies Lane
})
