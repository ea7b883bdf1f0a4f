import { Clock, Context, Duration, Effect, type Fiber, FiberRef, HashMap, Option, Queue } from "effect"
import { type Fields, Logger } from "../../../src/services/Logger.js"
import type { PoolName } from "../../../src/services/SqlPool.js"

/** The call site that asked for a connection. The text is made only when `stack` is read. */
export interface CallSite {
  readonly stack?: string
}

/** Captures three frames above `callee`; takes about a microsecond, because V8 formats a stack only when it is read. */
export const callSiteAbove = (callee: (...args: never) => unknown): CallSite => {
  const site: CallSite = {}
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 3
  Error.captureStackTrace(site, callee)
  Error.stackTraceLimit = limit
  return site
}

/** The holder of a leased connection. */
export interface Holder {
  readonly site: CallSite
  /** Id of the request that it serves, if there is one. */
  readonly requestId: unknown
  /** Time at which it got the connection, in monotonic milliseconds. */
  since: number
  /** Whether it was reported for holding the connection too long. */
  reported: boolean
}

type AnyFiber = Fiber.RuntimeFiber<unknown, unknown>

/** Current time in monotonic milliseconds, so that a change of the wall clock does not affect waits. */
export const monotonicMillis = (fiber: AnyFiber): number =>
  Number(Context.get(fiber.currentDefaultServices, Clock.Clock).unsafeCurrentTimeNanos()) / 1e6

/** Makes the holder for a fiber that gets its connection. */
export const holderOf = (fiber: AnyFiber, site: CallSite): Holder => ({
  site,
  requestId: Option.getOrUndefined(HashMap.get(fiber.getFiberRef(FiberRef.currentLogAnnotations), "request_id")),
  since: monotonicMillis(fiber),
  reported: false
})

const described = (holder: Holder, now: number) => ({
  held_ms: Math.round(now - holder.since),
  held_by_request_id: holder.requestId,
  held_by: holder.site.stack
    ?.split("\n")
    .slice(1)
    .map((frame) => frame.trim())
})

/** Waits from this length on are logged. */
const slowWaitMillis = 1_000

/** Minimum time between two such log lines, because a stall delays all callers at once. */
const slowWaitLineEveryMillis = 10_000

/**
 * Registers the holders of a pool's connections. Reports a holder once when it exceeds the threshold, with its call
 * site and request, and again when it returns the connection.
 */
export interface LeakDetector {
  readonly active: () => number
  readonly begin: (holder: Holder) => void
  readonly end: (holder: Holder) => Effect.Effect<void>
  /** The holder that has had a connection longest, as log fields; none if there is no holder. */
  readonly oldest: Effect.Effect<Fields | undefined>
  /** Reports a long wait, together with the oldest holder. */
  readonly waited: (millis: number) => Effect.Effect<void>
}

/** Starts the leak detector; it ends with the scope. */
export const make = Effect.fnUntraced(function* (options: {
  readonly pool: PoolName
  readonly leakThreshold: Duration.Duration
}) {
  const { pool } = options
  const threshold = Duration.toMillis(options.leakThreshold)
  const logger = (yield* Logger).named("starpunk.pool")
  /** In order of acquisition: the first has held its connection longest. */
  const active = new Set<Holder>()
  const bell = yield* Queue.sliding<void>(1)
  let watching = false
  let lastSlowWaitLine = Number.NEGATIVE_INFINITY
  let slowWaitsUnsaid = 0

  const report = Effect.withFiberRuntime<void>((fiber) => {
    const now = monotonicMillis(fiber)
    const late = [...active].filter((holder) => !holder.reported && now - holder.since >= threshold)
    return Effect.forEach(
      late,
      (holder) => {
        holder.reported = true
        return logger.warning("Connection held for a long time", { pool, ...described(holder, now) })
      },
      { discard: true }
    )
  })
  const interval = Math.max(threshold / 4, 10)
  /** Checks while there are leaks, and sleeps without a timer while there are none. */
  const watch = Effect.gen(function* () {
    while (true) {
      yield* Queue.take(bell)
      while (active.size > 0) {
        yield* Effect.sleep(interval)
        yield* report
      }
      watching = false
    }
  })
  yield* Effect.forkScoped(Effect.interruptible(watch))

  const begin = (holder: Holder) => {
    active.add(holder)
    if (watching) return
    watching = true
    bell.unsafeOffer(undefined)
  }

  const end = (holder: Holder) => {
    active.delete(holder)
    if (!holder.reported) return Effect.void
    return Effect.withFiberRuntime<void>((fiber) =>
      logger.info("Connection returned after a long time", {
        pool,
        ...described(holder, monotonicMillis(fiber))
      })
    )
  }

  const oldest = Effect.withFiberRuntime<Fields | undefined>((fiber) => {
    const [holder] = active
    return Effect.succeed(holder && described(holder, monotonicMillis(fiber)))
  })

  const waited = (millis: number) => {
    if (millis < slowWaitMillis) return Effect.void
    return Effect.withFiberRuntime<void>((fiber) => {
      const now = monotonicMillis(fiber)
      if (now - lastSlowWaitLine < slowWaitLineEveryMillis) {
        slowWaitsUnsaid++
        return Effect.void
      }
      const [oldest] = active
      const fields = { pool, waited_ms: Math.round(millis), slow_waits_unsaid: slowWaitsUnsaid }
      lastSlowWaitLine = now
      slowWaitsUnsaid = 0
      return logger.warning(
        "Long wait for a connection",
        oldest === undefined ? fields : { ...fields, ...described(oldest, now) }
      )
    })
  }

  return { active: () => active.size, begin, end, oldest, waited } satisfies LeakDetector
})
