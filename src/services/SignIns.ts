import { Context, type Effect, type Redacted } from "effect"
import type { SignIn } from "../domain/indieauth/SignIn.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { SignInRefused } from "../errors/Provider.js"

/** The two secrets of a sign-in, 256 random bits each. Only their SHA-256 is stored. */
export interface SignInSecrets {
  /** Sent to the provider, which returns it (RFC 6749 §10.12). */
  readonly state: Redacted.Redacted
  /**
   * Stays in the browser that began the sign-in, and is also the PKCE verifier (RFC 7636 §4.1). A stolen answer of the
   * provider does not contain it, and a stolen database does not allow redeeming a code.
   */
  readonly verifier: Redacted.Redacted
}

/**
 * Sign-ins through the owner's provider, from the redirect to the provider until the browser returns. Each lives ten
 * minutes and can be finished once.
 */
export class SignIns extends Context.Tag("starpunk/SignIns")<
  SignIns,
  {
    readonly begin: (signIn: SignIn) => Effect.Effect<SignInSecrets, DatabaseFailure>
    /**
     * Ends a sign-in and returns it. A browser whose `verifier` is not that of the sign-in is refused, and the sign-in
     * stays open.
     */
    readonly finish: (
      state: Redacted.Redacted,
      verifier: Redacted.Redacted
    ) => Effect.Effect<SignIn, SignInRefused | DatabaseFailure>
  }
>() {}
