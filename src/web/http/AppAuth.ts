import { HttpLayerRouter, HttpServerRequest, type HttpServerResponse } from "@effect/platform"
import { Context, Effect, Either, Redacted } from "effect"
import type { AccessToken } from "../../domain/indieauth/AccessToken.js"
import { missingScope, type NeededScopes, permits } from "../../domain/posts/PostRights.js"
import type { RateLimited } from "../../errors/Availability.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import {
  MicropubMalformed,
  ScopeMissing,
  TokenAmbiguous,
  type TokenInvalid,
  TokenMissing
} from "../../errors/Micropub.js"
import type { MeMismatch, ProviderFailure } from "../../errors/Provider.js"
import { AccessTokens } from "../../services/AccessTokens.js"
import { BearerTokens } from "../../services/BearerTokens.js"
import { bearerToken } from "./BearerToken.js"
import { RequestContext } from "./RequestContext.js"

/** Why a request is not authorized. */
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

const hasTokenInAddress = (request: HttpServerRequest.HttpServerRequest): boolean =>
  /[?&](?:access_token|token)=[^&]/.test(request.url)

/**
 * The token access of a route for apps. The token may be in the header or in a form field, so a handler may have to
 * read the body first. A handler that responds without verifying the token is a bug, and its response is not sent.
 */
export class AppRequest extends Context.Tag("starpunk/AppRequest")<
  AppRequest,
  {
    /** Whether the request has a token in its header. */
    readonly hasTokenInHeader: boolean
    /**
     * Verifies the token that the request carries in the header, in the fields of a form, or in both. Programs that do
     * not know which of them a server reads send it twice; that is one token. Different tokens are refused, because it
     * is unknown which one is meant (RFC 6750 §2). So is a token in the address, which ends up in logs and histories.
     * Blank tokens count as absent. Counts writes with the token against its rate limit.
     */
    readonly authenticate: (
      tokensInBody?: ReadonlyArray<string>
    ) => Effect.Effect<AccessToken, AuthorizationFailure, RequestContext>
    /**
     * As `authenticate`, for a form with files, whose token has to come before the first file: nothing is stored for
     * unauthorized clients.
     */
    readonly authenticateUpload: (
      tokensInBody?: ReadonlyArray<string>
    ) => Effect.Effect<AccessToken, AuthorizationFailure, RequestContext>
  }
>() {}

const make = (
  verify: BearerTokens["Type"]["verify"],
  request: HttpServerRequest.HttpServerRequest,
  onVerified: () => void
): AppRequest["Type"] => {
  const inHeader = bearerToken(request.headers.authorization) ?? ""
  const authenticate = Effect.fnUntraced(function* (tokensInBody: ReadonlyArray<string> = []) {
    if (hasTokenInAddress(request)) {
      return yield* new MicropubMalformed({
        part: "access_token",
        expected: "the token in the Authorization header or in a form body, never in the URL"
      })
    }
    const given = [inHeader, ...tokensInBody].map((text) => text.trim())
    const [token, other] = new Set(given.filter((text) => text !== ""))
    if (other !== undefined) return yield* new TokenAmbiguous()
    if (token === undefined) return yield* new TokenMissing()
    const verified = yield* verify(Redacted.make(token))
    const { countWrite, note } = yield* RequestContext
    yield* note({ token: verified })
    if (request.method === "POST") yield* countWrite(verified.id)
    onVerified()
    return verified
  })
  return {
    hasTokenInHeader: inHeader !== "",
    authenticate,
    authenticateUpload: (tokensInBody) =>
      Effect.catchTag(authenticate(tokensInBody), "TokenMissing", () =>
        Effect.fail(new TokenMissing({ reason: "before_files" }))
      )
  }
}

/** Makes a guard for routes whose tokens this verifies. */
const guard =
  (verify: BearerTokens["Type"]["verify"]) =>
  <E, R>(handler: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>) =>
    Effect.gen(function* () {
      const request = yield* HttpServerRequest.HttpServerRequest
      let isVerified = false
      const app = make(verify, request, () => {
        isVerified = true
      })
      const response = yield* Effect.provideService(handler, AppRequest, app)
      return isVerified ? response : yield* Effect.dieMessage("A route for apps responded without checking the token")
    })

/**
 * Provides the tokens of apps, of this site or of the owner's IndieAuth server. Routes with the caller `app` need it.
 */
export const AppAuth = HttpLayerRouter.middleware<{ provides: AppRequest }>()(
  Effect.map(BearerTokens, ({ verify }) => guard(verify))
).layer

/** Like `AppAuth`, but only for tokens that this site issued. */
export const OwnTokenAuth = HttpLayerRouter.middleware<{ provides: AppRequest }>()(
  Effect.map(AccessTokens, ({ verify }) => guard(verify))
).layer

/** Fails if the scopes include none of these sets; the failure names a scope that is missing. */
export const requireScopes = (
  { scopes }: Pick<AccessToken, "scopes">,
  needed: NeededScopes
): Either.Either<void, ScopeMissing> =>
  permits(scopes, needed)
    ? Either.void
    : Either.left(new ScopeMissing({ needed: missingScope(scopes, needed) ?? "", given: scopes }))
