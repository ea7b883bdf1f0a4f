import { Context, type Effect, type Redacted } from "effect"
import type { Scope } from "../domain/Scope.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { TokenInvalid } from "../errors/failure/Micropub.js"

/** A client's permission to act for the owner. Times are epoch milliseconds, UTC. */
export interface AccessToken {
  /** Names the token in lists and commands; unlike the token itself it opens nothing. */
  readonly id: string
  readonly label: string
  readonly me: string
  readonly scopes: ReadonlyArray<Scope>
  readonly createdAt: number
  readonly lastUsedAt?: number
  /** Absent for tokens that live until they are revoked. */
  readonly expiresAt?: number
}

/** What a new token is to be good for. */
export interface NewAccessToken {
  readonly label: string
  readonly me: string
  readonly scopes: ReadonlyArray<Scope>
  readonly expiresAt?: number
}

/** Bearer tokens of Micropub clients. 256 random bits; only their SHA-256 is stored. */
export class AccessTokens extends Context.Tag("starpunk/AccessTokens")<
  AccessTokens,
  {
    /** Answers the token, the only time it is seen, and its record. */
    readonly create: (
      token: NewAccessToken
    ) => Effect.Effect<{ readonly token: Redacted.Redacted; readonly record: AccessToken }, DatabaseFailure>
    /** Answers whose token this is; says which way it is invalid otherwise. */
    readonly verify: (token: Redacted.Redacted) => Effect.Effect<AccessToken, TokenInvalid | DatabaseFailure>
    /** Tokens that are not revoked, newest first. */
    readonly list: Effect.Effect<ReadonlyArray<AccessToken>, DatabaseFailure>
    /** Ends one token by its id; answers whether there was one. */
    readonly revoke: (id: string) => Effect.Effect<boolean, DatabaseFailure>
  }
>() {}
