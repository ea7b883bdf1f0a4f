import type { HttpServerRequest } from "@effect/platform"
import { Effect, Redacted } from "effect"
import type { AccessToken } from "../../domain/AccessToken.js"
import type { Scope } from "../../domain/Scope.js"
import type { DatabaseFailure } from "../../errors/failure/Database.js"
import type { RateLimited } from "../../errors/failure/Http.js"
import {
  MicropubMalformed,
  ScopeMissing,
  TokenAmbiguous,
  type TokenInvalid,
  TokenMissing
} from "../../errors/failure/Micropub.js"
import type { MeMismatch, ProviderFailure } from "../../errors/failure/Provider.js"
import type { BearerTokens } from "../../services/BearerTokens.js"
import { countWrite } from "../http/RateLimits.js"
import * as Trace from "../http/Trace.js"

/** Why a request may not do what it asks. */
export type AuthorizationFailure =
  | TokenMissing
  | TokenInvalid
  | TokenAmbiguous
  | ScopeMissing
  | MicropubMalformed
  | MeMismatch
  | ProviderFailure
  | RateLimited
  | DatabaseFailure

/** The credentials of `Authorization: Bearer …` (RFC 6750 §2.1); other schemes are no token. */
const bearer = /^bearer(?: +(?<token>.*))?$/i

const tokenInHeader = (request: HttpServerRequest.HttpServerRequest): string | undefined => {
  const match = bearer.exec(request.headers.authorization?.trim() ?? "")
  return match === null ? undefined : (match.groups?.token?.trim() ?? "")
}

const hasTokenInAddress = (request: HttpServerRequest.HttpServerRequest): boolean =>
  /[?&](?:access_token|token)=/.test(request.url)

/**
 * Finds out whose token the request bears: in the header, or in the body of a form, but not in both (RFC 6750 §2).
 * A token in the address is refused by name: addresses end up in logs and histories. With one token, nobody writes more
 * often than `RateLimits` has it.
 */
export const authenticate = (
  tokens: BearerTokens["Type"],
  request: HttpServerRequest.HttpServerRequest,
  tokenInBody?: string
): Effect.Effect<AccessToken, AuthorizationFailure> =>
  Effect.gen(function* () {
    if (hasTokenInAddress(request)) {
      return yield* new MicropubMalformed({
        part: "access_token",
        expected: "the token in the Authorization header or in a form body, never in the address"
      })
    }
    const inHeader = tokenInHeader(request)
    if (inHeader !== undefined && tokenInBody !== undefined) return yield* new TokenAmbiguous()
    const token = inHeader ?? tokenInBody
    if (token === undefined) return yield* new TokenMissing()
    const verified = yield* tokens.verify(Redacted.make(token))
    yield* Trace.note({ token: verified })
    if (request.method === "POST") yield* countWrite(verified.id)
    return verified
  })

/** Passes a token that is good for one of these; names the first of them to whoever lacks all. */
export const requireAny = (
  token: AccessToken,
  scopes: readonly [Scope, ...ReadonlyArray<Scope>]
): Effect.Effect<void, ScopeMissing> =>
  scopes.some((scope) => token.scopes.includes(scope))
    ? Effect.void
    : Effect.fail(new ScopeMissing({ needed: scopes[0], given: token.scopes }))
