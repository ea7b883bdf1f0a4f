import { Effect, Layer } from "effect"
import { AccessTokens } from "../../src/services/AccessTokens.js"
import { BearerTokens } from "../../src/services/BearerTokens.js"

/** Verifies only tokens of this site, as on a site that is the owner's identity. */
export const layer: Layer.Layer<BearerTokens, never, AccessTokens> = Layer.effect(
  BearerTokens,
  Effect.map(AccessTokens, ({ verify }) => ({ verify }))
)
