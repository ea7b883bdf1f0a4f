import { Effect, Layer } from "effect"
import type { Logger } from "../services/Logger.js"
import { MediaStore } from "../services/MediaStore.js"
import type { SecureRandom } from "../services/SecureRandom.js"
import { atIntervals } from "./Interval.js"

/** Removes leftovers of uploads of killed processes, at the start and at intervals. */
export const layer: Layer.Layer<never, never, MediaStore | Logger | SecureRandom> = Layer.scopedDiscard(
  Effect.flatMap(MediaStore, ({ sweep }) =>
    atIntervals(
      {
        name: "media_upkeep",
        logger: "starpunk.media",
        failed: "Leftovers of uploads not removed",
        interval: "6 hours",
        atOnce: true,
        // Each has uploads of its own on its disk.
        everywhere: true
      },
      sweep
    )
  )
)
