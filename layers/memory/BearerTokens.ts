import { Effect, Layer } from "effect"
import { AccessTokens } from "../../src/services/AccessTokens.js"
import { BearerTokens } from "../../src/services/BearerTokens.js"

/** Only the tokens of this site, as where the site is the owner's identity: nobody else is asked. */
export const layer: Layer.Layer<BearerTokens, never, AccessTokens> = Layer.effect(
  BearerTokens,
  Effect.map(AccessTokens, ({ verify }) => ({ verify }))
)
