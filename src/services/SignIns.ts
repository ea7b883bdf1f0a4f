import { Context, type Effect, type Redacted } from "effect"
import type { SignIn } from "../domain/indieauth/SignIn.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { SignInRefused } from "../errors/failure/Provider.js"

/** The two secrets of a sign-in, 256 random bits each. Of both only the SHA-256 is stored. */
export interface SignInSecrets {
  /** Goes to the provider and comes back from there (RFC 6749 §10.12). */
  readonly state: Redacted.Redacted
  /**
   * Stays with the browser that began, and is also the PKCE verifier (RFC 7636 §4.1): whoever steals the provider's answer
   * has neither, and whoever reads the database has nothing to redeem a code with.
   */
  readonly verifier: Redacted.Redacted
}

/** Sign-ins through the owner's provider, from the browser's leaving to its coming back: ten minutes, and once. */
export class SignIns extends Context.Tag("starpunk/SignIns")<
  SignIns,
  {
    readonly begin: (signIn: SignIn) => Effect.Effect<SignInSecrets, DatabaseFailure>
    /**
     * Ends a sign-in, whatever it comes to, and answers what it was. Another browser than the one that began (`verifier`
     * is what it holds) is refused and ends nothing.
     */
    readonly finish: (
      state: Redacted.Redacted,
      verifier: Redacted.Redacted
    ) => Effect.Effect<SignIn, SignInRefused | DatabaseFailure>
  }
>() {}
