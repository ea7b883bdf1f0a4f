import { Effect } from "effect"
import { type Check, degraded, healthy } from "./Check.js"

const megabyte = 1_000_000

/** Compares the process's resident memory with a threshold in MB (10⁶ bytes). At worst `degraded`. */
export const memory = (thresholdMb: number): Check => ({
  name: "memory",
  look: Effect.sync(() => {
    const usage = Math.round(process.memoryUsage.rss() / megabyte)
    const details = { usage_mb: usage, threshold_mb: thresholdMb }
    return usage < thresholdMb ? healthy(details) : degraded("over_threshold", details)
  })
})
