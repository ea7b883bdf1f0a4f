import { Context, type Effect, type Redacted } from "effect"
import type { IssuedToken } from "../domain/indieauth/AccessToken.js"
import type {
  Authorization,
  AuthorizationRequest,
  NewAuthorizationRequest,
  Redemption
} from "../domain/indieauth/Authorization.js"
import type { ClientId } from "../domain/indieauth/ClientId.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { AuthorizationRequestExpired, GrantInvalid } from "../errors/failure/IndieAuth.js"

/**
 * What apps ask the owner for, and the codes that stand for what the owner allowed. Codes are 256 random bits, live for
 * five minutes and are redeemed once; only their SHA-256 is stored. A code that is shown again ends the token that came
 * of it (RFC 6749 §4.1.2). A failed redemption leaves the code as it was: whoever it belongs to can still use it.
 */
export class Authorizations extends Context.Tag("starpunk/Authorizations")<
  Authorizations,
  {
    /** Keeps a request for the owner's decision, half an hour long. */
    readonly ask: (request: NewAuthorizationRequest) => Effect.Effect<AuthorizationRequest, DatabaseFailure>
    /** Takes a request out for the decision, once, and only in the session that it was kept for. */
    readonly decide: (
      id: string,
      sessionId: string
    ) => Effect.Effect<AuthorizationRequest, AuthorizationRequestExpired | DatabaseFailure>
    /** Whether the owner has let this app in before: it has a live token, or got a code within the last day. */
    readonly isKnown: (clientId: ClientId) => Effect.Effect<boolean, DatabaseFailure>
    /** A code for what the owner has allowed. */
    readonly issueCode: (authorization: Authorization) => Effect.Effect<Redacted.Redacted, DatabaseFailure>
    /** Redeems a code for no more than the owner's identity. */
    readonly redeem: (
      code: Redacted.Redacted,
      shown: Redemption
    ) => Effect.Effect<Authorization, GrantInvalid | DatabaseFailure>
    /** Redeems a code for an access token, in one step: two who show it at once get one token at most, and lose it. */
    readonly exchange: (
      code: Redacted.Redacted,
      shown: Redemption
    ) => Effect.Effect<IssuedToken & { readonly authorization: Authorization }, GrantInvalid | DatabaseFailure>
    /** Removes what has been dead for long, in small batches; answers how many. */
    readonly cleanup: Effect.Effect<number, DatabaseFailure>
  }
>() {}
