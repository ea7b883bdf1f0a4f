import { Effect, Either } from "effect"
import type { NewAuthorizationRequest } from "../../domain/indieauth/Authorization.js"
import { decodeClientId } from "../../domain/indieauth/ClientId.js"
import { challengeMethod, challengePattern } from "../../domain/indieauth/CodeChallenge.js"
import { isLoopbackHost } from "../../domain/indieauth/Loopback.js"
import { decodeRedirectUri, permitted } from "../../domain/indieauth/RedirectUri.js"
import { decodeScopes } from "../../domain/indieauth/Scope.js"
import { ClientIdInvalid, RedirectUriInvalid } from "../../errors/IndieAuth.js"
import type { SettingsValues } from "../../settings/Config.js"
import { noteActivity, type RequestContext } from "../http/RequestContext.js"
import type { ClientInformation } from "./ClientInformation.js"
import type { Parameters } from "./Parameters.js"

/** An app with a validated redirect address, to which errors can be returned. */
export interface Returnable {
  readonly client: ClientInformation
  /** Unchanged. */
  readonly redirectUri: string
  readonly state: string | undefined
}

/** An error that is returned to the app (RFC 6749 §4.1.2.1). */
export interface ReturnedError {
  readonly error: "invalid_request" | "unsupported_response_type" | "invalid_scope" | "access_denied"
  readonly error_description: string
}

/** Request of an app to the owner. */
export type Asked = Pick<NewAuthorizationRequest, "codeChallenge" | "scopes">

/**
 * Validates the app and its redirect address. Until both are valid nothing is redirected: failures here are shown to
 * the owner only (RFC 6749 §4.1.2.1, IndieAuth §5.2.1).
 */
export const whoAsks = (
  { repeated, values }: Parameters,
  lookup: (clientId: ClientInformation["clientId"]) => Effect.Effect<ClientInformation>
): Effect.Effect<Returnable, ClientIdInvalid | RedirectUriInvalid, RequestContext> =>
  Effect.gen(function* () {
    if (repeated.has("client_id")) return yield* new ClientIdInvalid({ reason: "repeated" })
    const given = values.get("client_id")
    if (given === undefined) return yield* new ClientIdInvalid({ reason: "missing" })
    const clientId = yield* Either.mapLeft(decodeClientId(given), (reason) => new ClientIdInvalid({ reason }))
    yield* noteActivity({ clientId })
    if (repeated.has("redirect_uri")) return yield* new RedirectUriInvalid({ reason: "repeated" })
    const redirectUri = values.get("redirect_uri") ?? ""
    const target = yield* Either.mapLeft(decodeRedirectUri(redirectUri), (reason) => new RedirectUriInvalid({ reason }))
    const client = yield* lookup(clientId)
    if (!permitted(clientId, client.redirectUris, target)) {
      const { note } = client
      return yield* new RedirectUriInvalid({ reason: "unpublished", ...(note === undefined ? {} : { note }) })
    }
    return { client, redirectUri, state: values.get("state") }
  })

const wrong = (error: ReturnedError["error"], error_description: string): Either.Either<never, ReturnedError> =>
  Either.left({ error, error_description })

const scopesAsked = (values: Parameters["values"]): Either.Either<Asked, ReturnedError> =>
  Either.match(decodeScopes(values.get("scope") ?? ""), {
    onLeft: (fault) => wrong("invalid_scope", fault),
    onRight: (scopes) => Either.right({ scopes })
  })

/**
 * Returns whether the owner may authorize an app without PKCE: one on a server, with an https redirect on its own
 * origin, so that no other program on a device can get the code, and with its own protection against forged responses
 * (`state`).
 */
const mayGoWithoutPkce = ({ client, redirectUri, state }: Returnable): boolean => {
  const home = new URL(client.clientId)
  const target = new URL(redirectUri)
  const isOnOneServer = home.protocol === "https:" && target.origin === home.origin && !isLoopbackHost(home.hostname)
  return isOnOneServer && state !== undefined
}

/**
 * Validates the request. PKCE is required, except for apps that the owner may authorize without it (`pkce`), and S256
 * is the only method (RFC 7636, RFC 9700 §2.1.1): `plain` would reveal the verifier to anyone who sees the request.
 * `state` is not required, because the verifier already binds the response to the app. Scopes without a meaning here
 * are for other sites, which verify tokens here.
 */
export const whatIsAsked = (
  { repeated, values }: Parameters,
  asker: Returnable,
  pkce: SettingsValues["indieauth"]["pkce"]
): Either.Either<Asked, ReturnedError> => {
  const [twice] = repeated
  if (twice !== undefined)
    return wrong("invalid_request", "A parameter occurs more than once; send each parameter once")
  const responseType = values.get("response_type")
  if (responseType === undefined) return wrong("invalid_request", "response_type is missing: it must be code")
  if (responseType !== "code") return wrong("unsupported_response_type", "response_type must be code")
  const codeChallenge = values.get("code_challenge")
  if (codeChallenge === undefined) {
    const isUnprotected = !values.has("code_challenge_method") && pkce === "ask" && mayGoWithoutPkce(asker)
    if (!isUnprotected) {
      return wrong("invalid_request", "code_challenge is missing: PKCE (RFC 7636) with S256 is required")
    }
    return scopesAsked(values)
  }
  const method = values.get("code_challenge_method")
  if (method === undefined) {
    return wrong("invalid_request", "code_challenge_method is missing, which means plain: it must be S256")
  }
  if (method !== challengeMethod) {
    return wrong(
      "invalid_request",
      `code_challenge_method must be S256; ${method === "plain" ? "plain" : "another method"} is rejected`
    )
  }
  if (!challengePattern.test(codeChallenge)) {
    return wrong("invalid_request", "code_challenge must be a SHA-256 hash in base64url without padding: 43 characters")
  }
  return Either.map(scopesAsked(values), ({ scopes }) => ({ codeChallenge, scopes }))
}
