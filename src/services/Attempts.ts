import { Context, type Duration, type Effect } from "effect"
import type { TooManyAttempts } from "../errors/Login.js"

/** Rate limit: `burst` attempts at once, then one per `every`. */
export interface Allowance {
  /** What is attempted, in a word or two. Keys of one kind never displace keys of another kind. */
  readonly kind: string
  /** Attempts with the same key are counted together. */
  readonly key: string
  /** Attempts that could guess a secret are counted for all instances of the site together, others for each one. */
  readonly guards?: "secret"
  readonly burst: number
  readonly every: Duration.Duration
}

/**
 * Counts attempts, to slow down guessing and to share the server between clients. Keeps a bounded number of keys of
 * each kind and drops those that were idle longest.
 */
export class Attempts extends Context.Tag("starpunk/Attempts")<
  Attempts,
  {
    /** Takes one attempt from each allowance. If one of them is used up, takes none and fails with the time to wait. */
    readonly take: (...allowances: ReadonlyArray<Allowance>) => Effect.Effect<void, TooManyAttempts>
    /** As `take`, outside of fibers: returns the seconds to wait, 0 if the attempts were taken. */
    readonly unsafeTake: (...allowances: ReadonlyArray<Allowance>) => number
    /** Restores the whole allowance of a key, after a successful login for example. */
    readonly forget: (allowance: Pick<Allowance, "kind" | "key" | "guards">) => Effect.Effect<void>
  }
>() {}
