import { HttpServerResponse } from "@effect/platform"
import { Effect, Redacted } from "effect"
import { AccessTokens } from "../../services/AccessTokens.js"
import { AppRequest } from "../http/AppAuth.js"
import { notKept } from "./NotKept.js"
import { fromForm } from "./Parameters.js"
import { required } from "./Redemption.js"

const seconds = (millis: number): number => Math.floor(millis / 1000)

/**
 * Token introspection (RFC 7662, IndieAuth §6.1). The caller has to have a valid token, which may be the same one;
 * about an invalid token it learns only that it is not active.
 */
export const introspection = Effect.gen(function* () {
  const tokens = yield* AccessTokens
  return Effect.gen(function* () {
    const values = yield* fromForm
    const own = values.get("access_token")
    yield* (yield* AppRequest).authenticate(own === undefined ? [] : [own])
    const token = yield* required(values, "token", "the token to look up")
    const answer = yield* tokens.verify(Redacted.make(token)).pipe(
      Effect.map(({ clientId, createdAt, expiresAt, me, scopes }) => ({
        active: true,
        me,
        client_id: clientId,
        scope: scopes.join(" "),
        token_type: "Bearer",
        iat: seconds(createdAt),
        exp: expiresAt === undefined ? undefined : seconds(expiresAt)
      })),
      Effect.catchTag("TokenInvalid", () => Effect.succeed({ active: false }))
    )
    return yield* HttpServerResponse.json(answer, notKept)
  })
})
