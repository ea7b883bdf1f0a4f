import { Effect, Option, Redacted } from "effect"
import { labelFrom } from "../../domain/indieauth/AccessToken.js"
import type { AuthorizationRequest } from "../../domain/indieauth/Authorization.js"
import { issuer } from "../../domain/indieauth/Endpoints.js"
import { lifetimeChoices, lifetimeFrom } from "../../domain/indieauth/TokenLifetime.js"
import { IndieAuthMalformed } from "../../errors/IndieAuth.js"
import { Authorizations } from "../../services/Authorizations.js"
import { Settings } from "../../settings/Config.js"
import * as Body from "../http/Body.js"
import { OwnerSession } from "../http/OwnerAuth.js"
import { noteActivity } from "../http/RequestContext.js"
import { ownerIdentity } from "../login/StartSession.js"
import { returnTo } from "./Return.js"

/** Name of a token if the owner gives it none. */
export const defaultLabel = ({ clientId, clientName }: Pick<AuthorizationRequest, "clientId" | "clientName">): string =>
  clientName ?? new URL(clientId).host

const malformed = (parameter: string, expected: string) => new IndieAuthMalformed({ parameter, expected })

/** Parses the owner's decision from the form. The app and its redirect address come from the stored request only. */
const decision = Effect.gen(function* () {
  const form = yield* Body.form()
  const first = (name: string) => form.get(name)?.[0] ?? ""
  const choice = first("decision")
  if (choice !== "allow" && choice !== "deny") return yield* malformed("decision", "allow or deny")
  const lifetime = Option.getOrUndefined(lifetimeFrom(first("lifetime") || "unlimited"))
  if (lifetime === undefined) return yield* malformed("lifetime", Object.keys(lifetimeChoices).join(", "))
  return {
    allowed: choice === "allow",
    requestId: first("request"),
    scopes: form.get("scope") ?? [],
    label: labelFrom(first("label")),
    lifetime
  }
})

/** `POST /indieauth/consent`: returns the owner's decision to the app. Each request can be decided once. */
export const consent = Effect.gen(function* () {
  const authorizations = yield* Authorizations
  const settings = yield* Settings

  return Effect.gen(function* () {
    const session = yield* OwnerSession
    const { allowed, label, lifetime, requestId, scopes } = yield* decision
    const request = yield* authorizations.decide(requestId, session.id)
    yield* noteActivity({ clientId: request.clientId })
    const back = { ...request, issuer: issuer(settings) }
    if (!allowed) {
      const denial = { error: "access_denied", error_description: "The owner denied the request" }
      yield* noteActivity({ returned: denial })
      return returnTo(back, denial)
    }
    const { clientId, clientName, codeChallenge, redirectUri } = request
    const code = yield* authorizations.issueCode({
      clientId,
      ...(clientName === undefined ? {} : { clientName }),
      ...(codeChallenge === undefined ? {} : { codeChallenge }),
      redirectUri,
      scopes: request.scopes.filter((scope) => scopes.includes(scope)),
      me: ownerIdentity(settings),
      label: label ?? defaultLabel(request),
      ...lifetime
    })
    return returnTo(back, { code: Redacted.value(code) })
  })
})
