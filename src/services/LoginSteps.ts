import { Context, type Duration, type Effect, type Option, type Redacted } from "effect"
import type { DatabaseFailure } from "../errors/failure/Database.js"

/** What a login, or the making of a passkey, has to remember between two requests. */
export type LoginStepKind = "passkey_login" | "passkey_add" | "second_step"

/** The most steps that are remembered at once; the oldest give way. Each takes a request that is slowed by address. */
export const maxLoginSteps = 1000

/** Steps of logins that are under way, each known to one browser by 256 random bits, of which only the SHA-256 is stored. */
export class LoginSteps extends Context.Tag("starpunk/LoginSteps")<
  LoginSteps,
  {
    /** Remembers something for a while; answers the token by which it is asked for. */
    readonly begin: (
      kind: LoginStepKind,
      data: string,
      lifetime: Duration.DurationInput
    ) => Effect.Effect<Redacted.Redacted, DatabaseFailure>
    /** What was remembered, if it is of this kind and not too old. */
    readonly find: (
      kind: LoginStepKind,
      token: Redacted.Redacted
    ) => Effect.Effect<Option.Option<string>, DatabaseFailure>
    /** As `find`, and forgets it: of two that take the same, one gets it. */
    readonly take: (
      kind: LoginStepKind,
      token: Redacted.Redacted
    ) => Effect.Effect<Option.Option<string>, DatabaseFailure>
  }
>() {}
