import { Context, type Effect, type Option, type Redacted } from "effect"
import type { DatabaseFailure } from "../errors/Database.js"
import type { CodeWrong, PassphraseRefused, PassphraseWrong, SetupLinkInvalid } from "../errors/Login.js"

/** Ways in which the owner can log in. Times are in epoch milliseconds. */
export interface OwnerState {
  /** Whether there is a passphrase. Before that, anyone who has the setup key can become the owner. */
  readonly claimed: boolean
  readonly passphraseChangedAt?: number
  /** Since when login asks for a one-time code after the passphrase; absent if it does not. */
  readonly codesSince?: number
  /** Number of unused recovery codes. */
  readonly recoveryCodes: number
}

/** A key with which a person becomes the owner. */
export interface SetupKey {
  /** 256 random bits in base64url; not readable later. */
  readonly key: Redacted.Redacted
  readonly expiresAt: number
}

/** Lifetime of a setup key in milliseconds. */
export const setupKeyMillis = 24 * 60 * 60 * 1000

/** The owner's credentials, except passkeys. Only hashes of passphrases, setup keys and recovery codes are stored. */
export class Owner extends Context.Tag("starpunk/Owner")<
  Owner,
  {
    readonly state: Effect.Effect<OwnerState, DatabaseFailure>
    /** Makes a setup key and invalidates the previous one; none if the site has an owner. */
    readonly issueSetup: Effect.Effect<Option.Option<SetupKey>, DatabaseFailure>
    /** Checks whether a setup key is valid, without using it. */
    readonly checkSetup: (key: Redacted.Redacted) => Effect.Effect<void, SetupLinkInvalid | DatabaseFailure>
    /** Uses a setup key to set the owner's passphrase. If two requests use it at once, one succeeds. */
    readonly claim: (
      key: Redacted.Redacted,
      passphrase: Redacted.Redacted
    ) => Effect.Effect<void, SetupLinkInvalid | PassphraseRefused | DatabaseFailure>
    /** Checks the passphrase. A wrong one takes the same time whether or not a passphrase is stored. */
    readonly verifyPassphrase: (passphrase: Redacted.Redacted) => Effect.Effect<void, PassphraseWrong | DatabaseFailure>
    /**
     * Replaces the passphrase, which invalidates logins in progress (`LoginSteps`). If none is set, `current` is not
     * checked: then the caller must be an owner for whom another site vouched. The caller ends the sessions.
     */
    readonly changePassphrase: (
      current: Redacted.Redacted,
      next: Redacted.Redacted
    ) => Effect.Effect<void, PassphraseWrong | PassphraseRefused | DatabaseFailure>
    /**
     * Enables one-time codes if `code` shows that the owner's app has the secret (`OneTimeCode.makeSecret`). Returns
     * new recovery codes, which are not readable later, and invalidates earlier ones.
     */
    readonly enrolCodes: (
      secret: Redacted.Redacted,
      code: string
    ) => Effect.Effect<ReadonlyArray<Redacted.Redacted>, CodeWrong | DatabaseFailure>
    /** Accepts a code of the app or a recovery code, as typed. Each works once. Fails if codes are not enabled. */
    readonly useCode: (typed: string) => Effect.Effect<void, CodeWrong | DatabaseFailure>
    /** Disables one-time codes and removes the secret and the recovery codes. */
    readonly dropCodes: Effect.Effect<void, DatabaseFailure>
    /**
     * Removes all credentials, passkeys included, so that the site can be claimed again. The caller ends the sessions.
     */
    readonly reset: Effect.Effect<void, DatabaseFailure>
  }
>() {}
