import { Clock, Context, Duration, Effect, type Fiber, FiberRef, HashMap, Option, Queue } from "effect"
import { type Fields, Logger } from "../../../src/services/Logger.js"
import type { LaneName } from "../../../src/services/SqlPool.js"

/** Where in the program a connection was asked for. The text is only made when `stack` is read. */
export interface Site {
  readonly stack?: string
}

/** Remembers the three frames above `callee`; about a microsecond, since V8 formats a stack only when it is read. */
export const siteAbove = (callee: (...args: never) => unknown): Site => {
  const site: Site = {}
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 3
  Error.captureStackTrace(site, callee)
  Error.stackTraceLimit = limit
  return site
}

/** Who has a connection. */
export interface Holder {
  readonly site: Site
  /** The request it serves, if it serves one. */
  readonly requestId: unknown
  /** Monotonic milliseconds at which it got the connection. */
  since: number
  /** Whether it was reported for holding too long. */
  reported: boolean
}

type AnyFiber = Fiber.RuntimeFiber<unknown, unknown>

/** Monotonic milliseconds: a step of the wall clock must neither end nor lengthen anybody's wait. */
export const monotonicMillis = (fiber: AnyFiber): number =>
  Number(Context.get(fiber.currentDefaultServices, Clock.Clock).unsafeCurrentTimeNanos()) / 1e6

/** The holder that a fiber becomes when it gets its connection. */
export const holderOf = (fiber: AnyFiber, site: Site): Holder => ({
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

/** A wait this long is worth a line. */
const slowWaitMillis = 1_000

/** But one line for all of them: a stall makes everybody wait at once. */
const slowWaitLineEveryMillis = 10_000

/**
 * Who holds a lane's connections, watched: whoever holds one past the threshold is reported once, with where it was
 * acquired and for which request, and once more when it gives it back after all.
 */
export interface Holders {
  readonly active: () => number
  readonly begin: (holder: Holder) => void
  readonly end: (holder: Holder) => Effect.Effect<void>
  /** Whoever has held a connection longest, as fields for the log; none while nobody holds one. */
  readonly oldest: Effect.Effect<Fields | undefined>
  /** Reports a long wait, together with whoever has held a connection longest. */
  readonly waited: (millis: number) => Effect.Effect<void>
}

/** Starts the watch; it ends with the scope. */
export const make = Effect.fnUntraced(function* (options: {
  readonly lane: LaneName
  readonly leakThreshold: Duration.Duration
}) {
  const { lane } = options
  const threshold = Duration.toMillis(options.leakThreshold)
  const logger = (yield* Logger).named("starpunk.pool")
  /** In order of acquisition: the first has held longest. */
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
        return logger.warning("A connection is held for very long", { lane, ...described(holder, now) })
      },
      { discard: true }
    )
  })
  const interval = Math.max(threshold / 4, 10)
  /** Looks round while somebody holds a connection, and sleeps without a timer while nobody does. */
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
      logger.info("A connection held for very long was given back", {
        lane,
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
      const fields = { lane, waited_ms: Math.round(millis), slow_waits_unsaid: slowWaitsUnsaid }
      lastSlowWaitLine = now
      slowWaitsUnsaid = 0
      return logger.warning(
        "Waited long for a connection",
        oldest === undefined ? fields : { ...fields, ...described(oldest, now) }
      )
    })
  }

  return { active: () => active.size, begin, end, oldest, waited } satisfies Holders
})
