import { Context, type Duration, type Effect, type Option, type Redacted } from "effect"
import type { DatabaseFailure } from "../errors/Database.js"

/** Steps of a login, or of adding a passkey, that span two requests. */
export type LoginStepKind = "passkey_login" | "passkey_add" | "second_step"

/**
 * Login steps in progress. The browser carries its step in a signed token, so the server stores nothing for a login
 * that has only begun, and abandoned logins use no storage. A change of the passphrase invalidates all steps, and so
 * does a restart of the server.
 */
export class LoginSteps extends Context.Tag("starpunk/LoginSteps")<
  LoginSteps,
  {
    /** Signs `data` for a limited time. The token does not encrypt `data`, which must not be a secret. */
    readonly begin: (
      kind: LoginStepKind,
      data: string,
      lifetime: Duration.DurationInput
    ) => Effect.Effect<Redacted.Redacted, DatabaseFailure>
    /** Returns the data of a token if it is of this kind, has not expired and is not used. */
    readonly find: (
      kind: LoginStepKind,
      token: Redacted.Redacted
    ) => Effect.Effect<Option.Option<string>, DatabaseFailure>
    /**
     * As `find`, but marks the token as used until it expires: of two callers with the same token, one gets the data.
     * Call it once the step has succeeded, so that only someone who can log in adds to the record.
     */
    readonly take: (
      kind: LoginStepKind,
      token: Redacted.Redacted
    ) => Effect.Effect<Option.Option<string>, DatabaseFailure>
  }
>() {}
