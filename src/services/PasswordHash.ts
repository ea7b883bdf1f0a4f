import { Context, type Effect, type Option, type Redacted } from "effect"
import type { PassphraseHash } from "../domain/login/PassphraseHash.js"

/** What a passphrase turned out to be. */
export interface Verdict {
  readonly matches: boolean
  /** The stored hash was made with less than is asked for today: hash the passphrase anew, now that it is known. */
  readonly outdated: boolean
}

/** Slow, memory-hard hashes of passphrases. Runs beside the event loop, one at a time, since each takes the memory of many requests. */
export class PasswordHash extends Context.Tag("starpunk/PasswordHash")<
  PasswordHash,
  {
    /** Hashes a normalised passphrase with a new salt. */
    readonly hash: (passphrase: Redacted.Redacted) => Effect.Effect<PassphraseHash>
    /** Compares in constant time. Where nothing is stored it takes as long, and nothing matches. */
    readonly verify: (passphrase: Redacted.Redacted, stored: Option.Option<PassphraseHash>) => Effect.Effect<Verdict>
  }
>() {}
