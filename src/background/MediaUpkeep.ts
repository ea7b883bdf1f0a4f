import { Duration, Effect, Layer, Schedule } from "effect"
import { annotateJob } from "../services/Correlation.js"
import { Logger } from "../services/Logger.js"
import { MediaStore } from "../services/MediaStore.js"
import type { SecureRandom } from "../services/SecureRandom.js"

/** Interval of the cleanup; jittered. */
const interval = Duration.hours(6)

/**
 * Removes leftovers of uploads of killed processes, at the start and at intervals. A failing run is logged; the next
 * one catches up.
 */
export const layer: Layer.Layer<never, never, MediaStore | Logger | SecureRandom> = Layer.scopedDiscard(
  Effect.gen(function* () {
    const media = yield* MediaStore
    const log = (yield* Logger).named("starpunk.media")
    const round = media.sweep.pipe(
      Effect.catchAll((error) => log.warning("Leftovers of uploads not removed", { error })),
      annotateJob("media_upkeep")
    )
    yield* Effect.forkScoped(Effect.repeat(round, Schedule.jittered(Schedule.spaced(interval))))
  })
)
