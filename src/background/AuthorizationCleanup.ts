import { Effect, Layer } from "effect"
import { AccessTokens } from "../services/AccessTokens.js"
import { Authorizations } from "../services/Authorizations.js"
import type { Logger } from "../services/Logger.js"
import type { SecureRandom } from "../services/SecureRandom.js"
import { atIntervals } from "./Interval.js"

/** Removes expired requests, codes and refresh tokens at intervals while the server runs. */
export const layer: Layer.Layer<never, never, Authorizations | AccessTokens | Logger | SecureRandom> =
  Layer.scopedDiscard(
    Effect.gen(function* () {
      const authorizations = yield* Authorizations
      const tokens = yield* AccessTokens
      yield* atIntervals(
        {
          name: "authorization_cleanup",
          logger: "starpunk.indieauth",
          failed: "Expired authorizations not removed",
          interval: "10 minutes",
          atOnce: false
        },
        Effect.zipRight(authorizations.cleanup, tokens.cleanup)
      )
    })
  )
