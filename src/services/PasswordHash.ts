import { Context, type Effect, type Option, type Redacted } from "effect"
import type { PassphraseHash } from "../domain/login/PassphraseHash.js"

/** Result of verifying a passphrase. */
export interface Verdict {
  readonly matches: boolean
  /** The stored hash was made with weaker parameters than the current ones: hash the passphrase again. */
  readonly outdated: boolean
}

/**
 * Slow, memory-hard hashes of passphrases. They run outside of the event loop, one at a time, because each needs as
 * much memory as many requests.
 */
export class PasswordHash extends Context.Tag("starpunk/PasswordHash")<
  PasswordHash,
  {
    /** Hashes a normalized passphrase with a new salt. */
    readonly hash: (passphrase: Redacted.Redacted) => Effect.Effect<PassphraseHash>
    /** Compares in constant time. Without a stored hash it takes the same time and never matches. */
    readonly verify: (passphrase: Redacted.Redacted, stored: Option.Option<PassphraseHash>) => Effect.Effect<Verdict>
  }
>() {}
