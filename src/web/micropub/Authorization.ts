import type { HttpServerRequest } from "@effect/platform"
import { Effect, Either, Redacted } from "effect"
import type { AccessToken } from "../../domain/indieauth/AccessToken.js"
import { missingScope, type NeededScopes, permits } from "../../domain/posts/PostRights.js"
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

const tokenInHeader = (request: HttpServerRequest.HttpServerRequest): string | undefined =>
  bearer.exec(request.headers.authorization?.trim() ?? "")?.groups?.token

/** Whether the request names its token before its body begins. */
export const hasTokenInHeader = (request: HttpServerRequest.HttpServerRequest): boolean =>
  (tokenInHeader(request) ?? "").trim() !== ""

const hasTokenInAddress = (request: HttpServerRequest.HttpServerRequest): boolean =>
  /[?&](?:access_token|token)=[^&]/.test(request.url)

/**
 * Returns the token that the request carries in the header, in the fields of a form, or in both. Programs that do not
 * know which of them a server reads send it twice; that is one token. Different tokens are refused, because nobody can say
 * which one is meant (RFC 6750 §2). So is a token in the address, which ends up in logs and histories. Blank ones count
 * as absent. Counts writes with the token against `RateLimits`.
 */
export const authenticate = (
  tokens: BearerTokens["Type"],
  request: HttpServerRequest.HttpServerRequest,
  tokensInBody: ReadonlyArray<string> = []
): Effect.Effect<AccessToken, AuthorizationFailure> =>
  Effect.gen(function* () {
    if (hasTokenInAddress(request)) {
      return yield* new MicropubMalformed({
        part: "access_token",
        expected: "the token in the Authorization header or in a form body, never in the address"
      })
    }
    const given = [tokenInHeader(request) ?? "", ...tokensInBody].map((text) => text.trim())
    const [token, other] = new Set(given.filter((text) => text !== ""))
    if (other !== undefined) return yield* new TokenAmbiguous()
    if (token === undefined) return yield* new TokenMissing()
    const verified = yield* tokens.verify(Redacted.make(token))
    yield* Trace.note({ token: verified })
    if (request.method === "POST") yield* countWrite(verified.id)
    return verified
  })

/**
 * The same for a form with files, whose token has to be known before the first of them: nothing is stored for strangers.
 */
export const authenticateUpload: typeof authenticate = (tokens, request, tokensInBody) =>
  Effect.catchTag(authenticate(tokens, request, tokensInBody), "TokenMissing", () =>
    Effect.fail(new TokenMissing({ reason: "before_files" }))
  )

/** Passes a token that has one of these sets of scopes; names a scope that would do to whoever has none of them. */
export const requireScopes = (
  { scopes }: Pick<AccessToken, "scopes">,
  needed: NeededScopes
): Either.Either<void, ScopeMissing> =>
  permits(scopes, needed)
    ? Either.void
    : Either.left(new ScopeMissing({ needed: missingScope(scopes, needed) ?? "", given: scopes }))
