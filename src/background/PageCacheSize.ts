import { Effect, Layer } from "effect"
import type { Logger } from "../services/Logger.js"
import { Machine } from "../services/Machine.js"
import { PageCache } from "../services/PageCache.js"
import type { SecureRandom } from "../services/SecureRandom.js"
import { Settings } from "../settings/Config.js"
import { atIntervals } from "./Interval.js"

/** Fraction of its normal size to which the page cache shrinks while memory is short. */
const whenShort = 0.25

/** Fractions of the health check's memory threshold: memory is short above `short`, until it falls below `enough`. */
const limits = { short: 0.9, enough: 0.8 }

/**
 * Shrinks the page cache while the memory of the process is near the threshold of the health check, so that the site is
 * not reported as degraded. Removed pages can be rendered again.
 */
export const layer: Layer.Layer<never, never, Machine | Logger | SecureRandom | Settings> = Layer.scopedDiscard(
  Effect.gen(function* () {
    const machine = yield* Machine
    const pages = yield* PageCache
    const { health } = yield* Settings
    const threshold = health.memoryThresholdMb * 1_000_000
    yield* atIntervals(
      {
        name: "page_cache",
        logger: "starpunk.http",
        failed: "Page cache not adjusted",
        interval: "5 seconds",
        atOnce: false,
        everywhere: true
      },
      Effect.map(machine.process, ({ residentBytes }) => {
        if (residentBytes > limits.short * threshold) pages.limit(whenShort)
        else if (residentBytes < limits.enough * threshold) pages.limit(1)
      })
    )
  })
)
