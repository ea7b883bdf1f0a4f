import { Duration, Effect, Layer, Schedule } from "effect"
import { AccessTokens } from "../services/AccessTokens.js"
import { Authorizations } from "../services/Authorizations.js"
import { annotateJob } from "../services/Correlation.js"
import { Logger } from "../services/Logger.js"
import type { SecureRandom } from "../services/SecureRandom.js"

/** Interval of the cleanup; jittered, so that instances on one database do not run at the same time. */
const interval = Duration.minutes(10)

/**
 * Removes expired requests, codes and refresh tokens at intervals while the server runs. A failing run is logged; the
 * next one catches up.
 */
export const layer: Layer.Layer<never, never, Authorizations | AccessTokens | Logger | SecureRandom> =
  Layer.scopedDiscard(
    Effect.gen(function* () {
      const authorizations = yield* Authorizations
      const tokens = yield* AccessTokens
      const log = (yield* Logger).named("starpunk.indieauth")
      const round = Effect.zipRight(authorizations.cleanup, tokens.cleanup).pipe(
        Effect.catchAll((error) => log.warning("Expired authorizations not removed", { error })),
        annotateJob("authorization_cleanup")
      )
      yield* Effect.forkScoped(Effect.schedule(round, Schedule.jittered(Schedule.spaced(interval))))
    })
  )
