import { Duration, Effect, Layer, Schedule } from "effect"
import { annotateJob } from "../services/Correlation.js"
import { Instances } from "../services/Instances.js"
import { Lifecycle } from "../services/Lifecycle.js"
import { Logger } from "../services/Logger.js"
import { PostRenderings } from "../services/PostRenderings.js"
import type { SecureRandom } from "../services/SecureRandom.js"

/** Interval of the search for posts without a rendering. */
const interval = Duration.minutes(1)

/**
 * Renders posts that have no rendering, after the start and every minute. A failing run is logged, and the next run
 * tries again.
 */
export const layer: Layer.Layer<never, never, PostRenderings | Lifecycle | Logger | SecureRandom> = Layer.scopedDiscard(
  Effect.gen(function* () {
    const renderings = yield* PostRenderings
    const lifecycle = yield* Lifecycle
    const { whileLeading } = yield* Instances
    const log = (yield* Logger).named("starpunk.renderer")
    const round = renderings.renew.pipe(
      Effect.tap((posts) => (posts === 0 ? Effect.void : log.info("Posts rendered", { posts }))),
      Effect.catchAll((error) => log.warning("Posts not rendered", { error })),
      annotateJob("rendering_renewal")
    )
    yield* lifecycle
      .reached("ready")
      .pipe(Effect.zipRight(Effect.repeat(whileLeading(round), Schedule.spaced(interval))), Effect.forkScoped)
  })
)
