import { Context, type Effect, type Redacted } from "effect"
import type { AccessToken, NewAccessToken } from "../domain/AccessToken.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { TokenInvalid } from "../errors/failure/Micropub.js"

/** Bearer tokens of Micropub clients. 256 random bits; only their SHA-256 is stored. */
export class AccessTokens extends Context.Tag("starpunk/AccessTokens")<
  AccessTokens,
  {
    /** Answers the token, the only time it is seen, and its record. */
    readonly create: (
      token: NewAccessToken
    ) => Effect.Effect<{ readonly token: Redacted.Redacted; readonly record: AccessToken }, DatabaseFailure>
    /** Answers whose token this is; says which way it is invalid otherwise. Use is remembered to the minute. */
    readonly verify: (token: Redacted.Redacted) => Effect.Effect<AccessToken, TokenInvalid | DatabaseFailure>
    /** Tokens that are not revoked, newest first; expired ones are among them. */
    readonly list: Effect.Effect<ReadonlyArray<AccessToken>, DatabaseFailure>
    /** Ends one token by its id; answers whether there was one. */
    readonly revoke: (id: string) => Effect.Effect<boolean, DatabaseFailure>
  }
>() {}
