import { HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Redacted } from "effect"
import type { IssuedToken } from "../../domain/indieauth/AccessToken.js"
import { presentScopes } from "../../domain/indieauth/Scope.js"
import { GrantTypeUnsupported } from "../../errors/IndieAuth.js"
import { AccessTokens } from "../../services/AccessTokens.js"
import { Authorizations } from "../../services/Authorizations.js"
import { AppRequest } from "../http/AppAuth.js"
import { noteActivity } from "../http/RequestContext.js"
import { grantTypes } from "./Metadata.js"
import { notKept } from "./NotKept.js"
import { fromForm, noSecretInAddress } from "./Parameters.js"
import { type ProfileFor, profiles } from "./Profile.js"
import { clientFrom, redemptionFrom, required } from "./Redemption.js"
import { revokeWith } from "./Revocation.js"

/** Exchanges a code or a refresh token for an access token (IndieAuth §5.3.3, RFC 6749 §4.1.3 and §6). */
export const token = Effect.gen(function* () {
  const authorizations = yield* Authorizations
  const tokens = yield* AccessTokens
  const profileNow = yield* profiles
  const revoke = revokeWith(tokens)

  const answer = Effect.fnUntraced(function* ({ record, refresh, token }: IssuedToken, profileFor: ProfileFor) {
    yield* noteActivity({ token: record })
    const now = yield* Clock.currentTimeMillis
    return yield* HttpServerResponse.json(
      {
        access_token: Redacted.value(token),
        token_type: "Bearer",
        scope: record.scopes.join(" "),
        me: record.me,
        ...profileFor(record.scopes),
        ...(record.expiresAt === undefined ? {} : { expires_in: Math.floor((record.expiresAt - now) / 1000) }),
        ...(refresh === undefined ? {} : { refresh_token: Redacted.value(refresh) })
      },
      notKept
    )
  })

  const exchange = Effect.fnUntraced(function* (values: ReadonlyMap<string, string>) {
    const { code, shown } = yield* redemptionFrom(values)
    // Before the code is used up: nothing may fail once there is a token.
    const profileFor = yield* profileNow
    return yield* answer(yield* authorizations.exchange(code, shown), profileFor)
  })

  const renew = Effect.fnUntraced(function* (values: ReadonlyMap<string, string>) {
    yield* noteActivity({ asked: "token renewal" })
    const refresh = yield* required(values, "refresh_token", "the refresh token that came with the access token")
    const clientId = yield* clientFrom(values)
    const given = values.get("scope")
    const scopes = given === undefined ? undefined : presentScopes(given.split(/\s+/).filter((scope) => scope !== ""))
    const renewal = { clientId, ...(scopes === undefined ? {} : { scopes }) }
    const profileFor = yield* profileNow
    return yield* answer(yield* tokens.refresh(Redacted.make(refresh), renewal), profileFor)
  })

  return Effect.gen(function* () {
    const values = yield* fromForm
    // Older programs revoke tokens here (IndieAuth §7.1).
    if (values.get("action") === "revoke") return yield* revoke(values)
    switch (yield* required(values, "grant_type", grantTypes.join(" or "))) {
      case "authorization_code":
        return yield* exchange(values)
      case "refresh_token":
        return yield* renew(values)
      default:
        return yield* new GrantTypeUnsupported({ supported: grantTypes })
    }
  })
})

/**
 * Verifies the token of a request, for servers that use the method from before introspection (IndieAuth 2020, §6.3.4):
 * GET with the token in the header.
 */
export const whose = Effect.gen(function* () {
  yield* noSecretInAddress
  const { clientId, me, scopes } = yield* (yield* AppRequest).authenticate()
  return yield* HttpServerResponse.json({ me, client_id: clientId, scope: scopes.join(" ") }, notKept)
})
