import { Context, type Effect, type Redacted } from "effect"
import type { AccessToken, IssuedToken, NewAccessToken } from "../domain/indieauth/AccessToken.js"
import type { ClientId } from "../domain/indieauth/ClientId.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { GrantInvalid, ScopeExceeded } from "../errors/failure/IndieAuth.js"
import type { TokenInvalid } from "../errors/failure/Micropub.js"

/** What an app asks for when it renews its token. */
export interface Renewal {
  readonly clientId: ClientId
  /** As the app names them, for less than the owner allowed; all of that when absent. */
  readonly scopes?: ReadonlyArray<string>
}

/**
 * Bearer tokens of clients, and the refresh tokens that renew them. 256 random bits each; only their SHA-256 is stored. A
 * token keeps its id, its name and its place in the list however often it is renewed.
 */
export class AccessTokens extends Context.Tag("starpunk/AccessTokens")<
  AccessTokens,
  {
    /** Answers the token, the only time it is seen, and its record; with it a refresh token where it can be renewed. */
    readonly create: (token: NewAccessToken) => Effect.Effect<IssuedToken, DatabaseFailure>
    /** Answers whose token this is; says which way it is invalid otherwise. Use is remembered to the minute. */
    readonly verify: (token: Redacted.Redacted) => Effect.Effect<AccessToken, TokenInvalid | DatabaseFailure>
    /**
     * Replaces a token and its refresh token (RFC 6749 §6); both of the old ones open nothing any more. A refresh token
     * that was used before has been stolen from somebody, so it ends the token that came of it (RFC 9700 §4.14.2).
     */
    readonly refresh: (
      refresh: Redacted.Redacted,
      renewal: Renewal
    ) => Effect.Effect<IssuedToken, GrantInvalid | ScopeExceeded | DatabaseFailure>
    /** Tokens that are not revoked, newest first; expired ones are among them. */
    readonly list: Effect.Effect<ReadonlyArray<AccessToken>, DatabaseFailure>
    /** Calls one token something else; answers whether there was one. */
    readonly rename: (id: string, label: string) => Effect.Effect<boolean, DatabaseFailure>
    /** Ends one token by its id, and whatever could renew it; answers whether there was one. */
    readonly revoke: (id: string) => Effect.Effect<boolean, DatabaseFailure>
    /** Ends all tokens of one client; answers how many there were. */
    readonly revokeClient: (clientId: string) => Effect.Effect<number, DatabaseFailure>
    /** Ends a token for whoever holds it, or its refresh token (RFC 7009 §2.1); answers whether there was one. */
    readonly surrender: (token: Redacted.Redacted) => Effect.Effect<boolean, DatabaseFailure>
    /** Removes expired refresh tokens, in small batches; answers how many. */
    readonly cleanup: Effect.Effect<number, DatabaseFailure>
  }
>() {}
