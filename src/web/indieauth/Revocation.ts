import { HttpServerResponse } from "@effect/platform"
import { Effect, Redacted } from "effect"
import { AccessTokens } from "../../services/AccessTokens.js"
import { fromForm } from "./Parameters.js"
import { required } from "./Redemption.js"
import { notKept } from "./Token.js"

/**
 * Ends an access token, or the one that a refresh token renews (RFC 7009, IndieAuth §7). To hold it is enough. Answers the
 * same whether it was known or not, since for whoever asks it opens nothing either way.
 */
export const revocation = Effect.gen(function* () {
  const tokens = yield* AccessTokens
  return Effect.gen(function* () {
    const token = yield* required(yield* fromForm, "token", "the token that is to be revoked")
    yield* tokens.surrender(Redacted.make(token))
    return HttpServerResponse.empty({ status: 200, ...notKept })
  })
})
