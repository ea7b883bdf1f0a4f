import { HttpServerResponse } from "@effect/platform"
import { Effect, Redacted } from "effect"
import type { DatabaseFailure } from "../../errors/Database.js"
import type { IndieAuthMalformed } from "../../errors/IndieAuth.js"
import { AccessTokens } from "../../services/AccessTokens.js"
import { notKept } from "./NotKept.js"
import { fromForm } from "./Parameters.js"
import { required } from "./Redemption.js"

/** Revokes the token in a request, or the token of a refresh token. No other authorization is needed. */
export const revokeWith =
  (tokens: AccessTokens["Type"]) =>
  (
    values: ReadonlyMap<string, string>
  ): Effect.Effect<HttpServerResponse.HttpServerResponse, IndieAuthMalformed | DatabaseFailure> =>
    Effect.gen(function* () {
      const token = yield* required(values, "token", "the token to revoke")
      yield* tokens.surrender(Redacted.make(token))
      return HttpServerResponse.empty({ status: 200, ...notKept })
    })

/**
 * `POST /indieauth/revoke` (RFC 7009, IndieAuth §7). The response does not depend on whether the token was known,
 * because it is not valid afterwards either way.
 */
export const revocation = Effect.map(AccessTokens, (tokens) => Effect.flatMap(fromForm, revokeWith(tokens)))
