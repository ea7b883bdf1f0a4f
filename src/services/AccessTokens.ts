import { Context, type Effect, type Redacted } from "effect"
import type { AccessToken, IssuedToken, NewAccessToken } from "../domain/indieauth/AccessToken.js"
import type { ClientId } from "../domain/indieauth/ClientId.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { GrantInvalid, ScopeExceeded } from "../errors/IndieAuth.js"
import type { TokenInvalid } from "../errors/Micropub.js"

/** Request of a client to renew an access token. */
export interface Renewal {
  readonly clientId: ClientId
  /** Scopes as the client names them, at most those that the owner allowed; all of those when absent. */
  readonly scopes?: ReadonlyArray<string>
}

/**
 * Access tokens of clients, and the refresh tokens that renew them. Each is 256 random bits; only its SHA-256 is
 * stored. A token keeps its id, its name and its place in the list when it is renewed.
 */
export class AccessTokens extends Context.Tag("starpunk/AccessTokens")<
  AccessTokens,
  {
    /**
     * Creates a token. Returns its secret, which is not readable later, its record, and a refresh token if it can be
     * renewed.
     */
    readonly create: (token: NewAccessToken) => Effect.Effect<IssuedToken, DatabaseFailure>
    /**
     * Returns the record of a valid token, or fails with the reason why it is invalid. Records its use to the minute.
     */
    readonly verify: (token: Redacted.Redacted) => Effect.Effect<AccessToken, TokenInvalid | DatabaseFailure>
    /**
     * Replaces a token and its refresh token (RFC 6749 §6); both old ones become invalid. A refresh token that is used
     * twice has been stolen, so its reuse revokes the current token too (RFC 9700 §4.14.2).
     */
    readonly refresh: (
      refresh: Redacted.Redacted,
      renewal: Renewal
    ) => Effect.Effect<IssuedToken, GrantInvalid | ScopeExceeded | DatabaseFailure>
    /** Tokens that are not revoked, expired ones included, newest first. */
    readonly list: Effect.Effect<ReadonlyArray<AccessToken>, DatabaseFailure>
    /** Renames a token. Returns false if there is none with this id. */
    readonly rename: (id: string, label: string) => Effect.Effect<boolean, DatabaseFailure>
    /** Revokes a token and its refresh token. Returns false if there is none with this id. */
    readonly revoke: (id: string) => Effect.Effect<boolean, DatabaseFailure>
    /** Revokes all tokens of a client. Returns their number. */
    readonly revokeClient: (clientId: string) => Effect.Effect<number, DatabaseFailure>
    /**
     * Revokes the given token, or the token of the given refresh token (RFC 7009 §2.1). Returns false if there is none.
     */
    readonly surrender: (token: Redacted.Redacted) => Effect.Effect<boolean, DatabaseFailure>
    /** Removes expired refresh tokens, in small batches. Returns their number. */
    readonly cleanup: Effect.Effect<number, DatabaseFailure>
  }
>() {}
