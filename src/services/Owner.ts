import { Context, type Effect, type Option, type Redacted } from "effect"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { CodeWrong, PassphraseRefused, PassphraseWrong, SetupLinkInvalid } from "../errors/failure/Login.js"

/** How the owner can log in. Times are epoch milliseconds, UTC. */
export interface OwnerState {
  /** Whether there is a passphrase: before that, whoever has the setup key may become the owner. */
  readonly claimed: boolean
  readonly passphraseChangedAt?: number
  /** Since when a one-time code is asked for after the passphrase; absent when none is. */
  readonly codesSince?: number
  /** Recovery codes that are left. */
  readonly recoveryCodes: number
}

/** A key that makes whoever has it the owner. */
export interface SetupKey {
  /** 256 random bits in base64url, the only time they are seen. */
  readonly key: Redacted.Redacted
  readonly expiresAt: number
}

/** How long a setup key opens the site, in milliseconds. */
export const setupKeyMillis = 24 * 60 * 60 * 1000

/** The one owner's ways in, passkeys aside. Of passphrases, setup keys and recovery codes only hashes are stored. */
export class Owner extends Context.Tag("starpunk/Owner")<
  Owner,
  {
    readonly state: Effect.Effect<OwnerState, DatabaseFailure>
    /** Makes a setup key, and ends the one before it; none where the site has its owner. */
    readonly issueSetup: Effect.Effect<Option.Option<SetupKey>, DatabaseFailure>
    /** Whether a setup key opens the site, without using it. */
    readonly checkSetup: (key: Redacted.Redacted) => Effect.Effect<void, SetupLinkInvalid | DatabaseFailure>
    /** Uses a setup key: its passphrase is the owner's from now on. Of two that come at once one wins. */
    readonly claim: (
      key: Redacted.Redacted,
      passphrase: Redacted.Redacted
    ) => Effect.Effect<void, SetupLinkInvalid | PassphraseRefused | DatabaseFailure>
    /** Takes as long for a wrong passphrase as where there is none to compare with. */
    readonly verifyPassphrase: (passphrase: Redacted.Redacted) => Effect.Effect<void, PassphraseWrong | DatabaseFailure>
    /**
     * Puts a new passphrase in the place of the current one. Its new time ends logins that are under way (`LoginSteps`). Where there is none yet,
     * none is asked for: then it is for an owner whom another site vouched for. Ending sessions is for the caller.
     */
    readonly changePassphrase: (
      current: Redacted.Redacted,
      next: Redacted.Redacted
    ) => Effect.Effect<void, PassphraseWrong | PassphraseRefused | DatabaseFailure>
    /**
     * Asks for a one-time code after the passphrase from now on, once a code shows that the owner's app has the secret
     * (`OneTimeCode.makeSecret`). Answers new recovery codes, the only time they are seen; those before them end.
     */
    readonly enrolCodes: (
      secret: Redacted.Redacted,
      code: string
    ) => Effect.Effect<ReadonlyArray<Redacted.Redacted>, CodeWrong | DatabaseFailure>
    /** Takes a code of the app or a recovery code, as it was typed. Each is good once. Nothing is good where none is asked for. */
    readonly useCode: (typed: string) => Effect.Effect<void, CodeWrong | DatabaseFailure>
    /** Asks for no code any more; secret and recovery codes are forgotten. */
    readonly dropCodes: Effect.Effect<void, DatabaseFailure>
    /** Takes everything that opens the site, passkeys included, as on the first day. Ending sessions is for the caller. */
    readonly reset: Effect.Effect<void, DatabaseFailure>
  }
>() {}
