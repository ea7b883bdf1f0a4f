import { Context, type Duration, type Effect, type Option, type Redacted } from "effect"
import type { DatabaseFailure } from "../errors/failure/Database.js"

/** What a login, or adding a passkey, has to remember between two requests. */
export type LoginStepKind = "passkey_login" | "passkey_add" | "second_step"

/**
 * Steps of logins that are under way. A step is carried by the browser that began it, in a signed token, so that nothing is
 * stored for a login that is only begun and no number of them takes room from another. A change of the passphrase ends
 * all steps, and so does a restart of the server.
 */
export class LoginSteps extends Context.Tag("starpunk/LoginSteps")<
  LoginSteps,
  {
    /** Signs `data` for a while. The token hides nothing: `data` holds no secret. */
    readonly begin: (
      kind: LoginStepKind,
      data: string,
      lifetime: Duration.DurationInput
    ) => Effect.Effect<Redacted.Redacted, DatabaseFailure>
    /** Returns what a token was made for, if it is of this kind, not too old, and not used. */
    readonly find: (
      kind: LoginStepKind,
      token: Redacted.Redacted
    ) => Effect.Effect<Option.Option<string>, DatabaseFailure>
    /**
     * As `find`, and records the use until the token expires: of two that take the same token, one gets it. Call it once
     * the step has succeeded, so that only someone who can log in adds to the record.
     */
    readonly take: (
      kind: LoginStepKind,
      token: Redacted.Redacted
    ) => Effect.Effect<Option.Option<string>, DatabaseFailure>
  }
>() {}
