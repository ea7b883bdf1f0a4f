import { monitorEventLoopDelay } from "node:perf_hooks"
import { Effect, type Scope } from "effect"
import { type Check, degraded, healthy, unhealthy } from "./Check.js"

/** How often the delay is sampled; the histogram counts this much as no delay at all. */
const resolutionMillis = 50
/** A delay that visitors notice. */
const slowMillis = 1_000
/** A delay at which a process is as good as dead, when it comes back in window after window. */
const stuckMillis = 5_000
const stuckWindows = 3

/**
 * The longest time since the last look for which the event loop did nothing else: `unhealthy` only when it was more than
 * five seconds in three looks in a row. A loop that is blocked for good answers nobody, which says the same.
 */
export const judge = (): ((longestMillis: number) => ReturnType<typeof healthy>) => {
  let windows = 0
  return (longestMillis) => {
    windows = longestMillis > stuckMillis ? windows + 1 : 0
    const details = { longest_delay_ms: longestMillis }
    if (windows >= stuckWindows) return unhealthy("blocked", details)
    return longestMillis > slowMillis ? degraded("slow", details) : healthy(details)
  }
}

/** Watches this process's event loop. */
export const eventLoop: Effect.Effect<Check, never, Scope.Scope> = Effect.gen(function* () {
  const histogram = yield* Effect.acquireRelease(
    Effect.sync(() => {
      const histogram = monitorEventLoopDelay({ resolution: resolutionMillis })
      histogram.enable()
      return histogram
    }),
    (histogram) => Effect.sync(() => histogram.disable())
  )
  const opinion = judge()
  return {
    name: "event_loop",
    look: Effect.sync(() => {
      const longest = histogram.count === 0 ? 0 : histogram.max / 1e6 - resolutionMillis
      histogram.reset()
      return opinion(Math.max(0, Math.round(longest)))
    })
  }
})
