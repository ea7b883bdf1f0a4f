import { monitorEventLoopDelay } from "node:perf_hooks"
import { Effect, type Scope } from "effect"
import { type Check, degraded, healthy, unhealthy } from "./Check.js"

/** Sampling interval of the delay, which the histogram subtracts. */
const resolutionMillis = 50
/** A delay that visitors notice. */
const slowMillis = 1_000
/** A delay after which the process counts as stuck, if it repeats in consecutive windows. */
const stuckMillis = 5_000
const stuckWindows = 3

/**
 * Judges the longest delay since the last run: `unhealthy` only if it exceeded five seconds in three consecutive runs.
 * A permanently blocked loop answers no request at all.
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

/** Monitors the event loop of this process. */
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
