import { Effect, Layer, Schedule } from "effect"
import { annotateJob } from "../services/Correlation.js"
import { Lifecycle } from "../services/Lifecycle.js"
import { Logger } from "../services/Logger.js"
import type { SecureRandom } from "../services/SecureRandom.js"
import { SiteAddresses } from "../services/SiteAddresses.js"

/** Short waits at first, at most ten minutes later. */
const pace = Schedule.exponential("1 second").pipe(Schedule.union(Schedule.spaced("10 minutes")))

/**
 * Converts former addresses of the site in posts, once after each start with a new address. Until this succeeds, those
 * posts show pictures at their old address, so a failed run is logged and repeated.
 */
export const layer: Layer.Layer<never, never, SiteAddresses | Lifecycle | Logger | SecureRandom> = Layer.scopedDiscard(
  Effect.gen(function* () {
    const addresses = yield* SiteAddresses
    const lifecycle = yield* Lifecycle
    const log = (yield* Logger).named("starpunk.addresses")
    const conversion = Effect.gen(function* () {
      yield* lifecycle.reached("ready")
      const posts = yield* addresses.convertPosts
      if (posts > 0) yield* log.info("Addresses in posts converted", { posts })
    }).pipe(
      Effect.tapError((error) => log.warning("Addresses in posts not converted", { error })),
      Effect.retry(pace),
      annotateJob("address_conversion")
    )
    yield* Effect.forkScoped(conversion)
  })
)
