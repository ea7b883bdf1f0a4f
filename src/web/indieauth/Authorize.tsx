import { HttpServerResponse } from "@effect/platform"
import { Effect, Either } from "effect"
import { issuer } from "../../domain/indieauth/Endpoints.js"
import type { Scope } from "../../domain/indieauth/Scope.js"
import { GrantTypeUnsupported } from "../../errors/IndieAuth.js"
import { Authorizations } from "../../services/Authorizations.js"
import { Settings } from "../../settings/Config.js"
import { OwnerSession, requireProof } from "../http/OwnerAuth.js"
import { noteActivity } from "../http/RequestContext.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site as currentSite } from "../theme/Site.js"
import { whatIsAsked, whoAsks } from "./AuthorizationRequest.js"
import { clientInformation } from "./ClientInformation.js"
import { ConsentPage } from "./ConsentPage.js"
import { FaultPage } from "./FaultPage.js"
import { formTargets } from "./FormTargets.js"
import { notKept } from "./NotKept.js"
import { fromForm, fromQuery } from "./Parameters.js"
import { profiles } from "./Profile.js"
import { redemptionFrom } from "./Redemption.js"
import { returnAddress, returnTo } from "./Return.js"

/** Scopes that only reveal the owner's identity. */
const identityScopes: ReadonlySet<string> = new Set<Scope>(["profile", "email"])

/**
 * `GET /indieauth/authorize`: asks the owner to authorize an app (IndieAuth §5.2). Requires a login before the request
 * is validated, so that only the owner can cause requests to other servers or redirects.
 */
export const authorize = Effect.gen(function* () {
  const authorizations = yield* Authorizations
  const settings = yield* Settings
  const lookup = yield* clientInformation

  return Effect.gen(function* () {
    const session = yield* OwnerSession
    const site = yield* currentSite
    const parameters = yield* fromQuery
    const asker = yield* whoAsks(parameters, lookup)
    const { client, redirectUri, state } = asker
    const given = state === undefined ? {} : { state }
    const asked = whatIsAsked(parameters, asker, settings.indieauth.pkce)
    if (Either.isLeft(asked)) {
      yield* noteActivity({ returned: asked.left })
      const back = { redirectUri, ...given, issuer: issuer(settings) }
      if (yield* authorizations.isKnown(client.clientId)) return returnTo(back, { ...asked.left })
      // Anyone can make up an app and an invalid request, so the owner decides whether to follow the link.
      const address = returnAddress(back, { ...asked.left })
      return adminResponse(<FaultPage site={site} client={client} fault={asked.left} address={address} />, {
        status: 400
      })
    }
    const { codeChallenge, scopes } = asked.right
    // A token outlives the session that grants it, so it needs recent authentication; for the owner's identity a
    // session is enough.
    if (scopes.some((scope) => !identityScopes.has(scope))) yield* requireProof(session)
    const { clientId, name } = client
    const request = yield* authorizations.ask({
      sessionId: session.id,
      clientId,
      ...(name === undefined ? {} : { clientName: name }),
      redirectUri,
      ...given,
      ...(codeChallenge === undefined ? {} : { codeChallenge }),
      scopes
    })
    return adminResponse(
      <ConsentPage
        site={site}
        client={client}
        me={session.owner}
        redirectUri={redirectUri}
        requestId={request.id}
        isUnprotected={codeChallenge === undefined}
        scopes={scopes}
      />,
      { formTargets: formTargets(redirectUri) }
    )
  })
})

/** `POST /indieauth/authorize`: a program redeems a code for the owner's identity only (IndieAuth §5.3.2). */
export const identify = Effect.gen(function* () {
  const authorizations = yield* Authorizations
  const profileNow = yield* profiles

  return Effect.gen(function* () {
    const values = yield* fromForm
    const grantType = values.get("grant_type")
    // Programs from before IndieAuth had grant types send none here.
    if (grantType !== undefined && grantType !== "authorization_code") {
      return yield* new GrantTypeUnsupported({ supported: ["authorization_code"] })
    }
    const { code, shown } = yield* redemptionFrom(values)
    // Before the code is used up.
    const profileFor = yield* profileNow
    const { me, scopes } = yield* authorizations.redeem(code, shown)
    return yield* HttpServerResponse.json({ me, ...profileFor(scopes) }, notKept)
  })
})
