import { Context, type Effect, type Redacted } from "effect"
import type { IssuedToken } from "../domain/indieauth/AccessToken.js"
import type {
  Authorization,
  AuthorizationRequest,
  NewAuthorizationRequest,
  Redemption
} from "../domain/indieauth/Authorization.js"
import type { ClientId } from "../domain/indieauth/ClientId.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { AuthorizationRequestExpired, GrantInvalid } from "../errors/IndieAuth.js"

/**
 * Authorization requests of apps, and the authorization codes that the owner's approval produces. A code is 256 random
 * bits, lives for five minutes and can be redeemed once; only its SHA-256 is stored. Redeeming a code a second time
 * revokes the token that it produced (RFC 6749 §4.1.2). A failed redemption does not use up the code.
 */
export class Authorizations extends Context.Tag("starpunk/Authorizations")<
  Authorizations,
  {
    /** Stores a request for the owner's decision. It expires after half an hour. */
    readonly ask: (request: NewAuthorizationRequest) => Effect.Effect<AuthorizationRequest, DatabaseFailure>
    /** Removes a request and returns it for the decision: once, and only in the session for which it was stored. */
    readonly decide: (
      id: string,
      sessionId: string
    ) => Effect.Effect<AuthorizationRequest, AuthorizationRequestExpired | DatabaseFailure>
    /**
     * Returns whether the owner has approved this app before: it has a live token, or got a code within the last day.
     */
    readonly isKnown: (clientId: ClientId) => Effect.Effect<boolean, DatabaseFailure>
    /** Issues a code for an approved authorization. */
    readonly issueCode: (authorization: Authorization) => Effect.Effect<Redacted.Redacted, DatabaseFailure>
    /** Redeems a code for the owner's identity only. */
    readonly redeem: (
      code: Redacted.Redacted,
      shown: Redemption
    ) => Effect.Effect<Authorization, GrantInvalid | DatabaseFailure>
    /**
     * Redeems a code for an access token, in one transaction. If two clients redeem it at once, at most one gets a
     * token, and that token is revoked.
     */
    readonly exchange: (
      code: Redacted.Redacted,
      shown: Redemption
    ) => Effect.Effect<IssuedToken & { readonly authorization: Authorization }, GrantInvalid | DatabaseFailure>
    /** Removes rows that expired long ago, in small batches. Returns their number. */
    readonly cleanup: Effect.Effect<number, DatabaseFailure>
  }
>() {}
