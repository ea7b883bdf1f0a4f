import { Context, type Duration, type Effect } from "effect"
import type { TooManyAttempts } from "../errors/failure/Login.js"

/** How often something may be tried: `burst` times at once, and once more after each `every`. */
export interface Allowance {
  /** What is tried, in a word or two of ours: keys of one kind give way to no other kind. */
  readonly kind: string
  /** Whose attempts are counted together. */
  readonly key: string
  readonly burst: number
  readonly every: Duration.Duration
}

/**
 * Counts attempts, so that guessing is slow and nobody takes all of the server. Knows a bounded number of keys of each
 * kind: those that were silent longest give way.
 */
export class Attempts extends Context.Tag("starpunk/Attempts")<
  Attempts,
  {
    /** Takes one attempt of each allowance; takes none, and says how long to wait, when one of them is used up. */
    readonly take: (...allowances: ReadonlyArray<Allowance>) => Effect.Effect<void, TooManyAttempts>
    /** Gives back everything that was taken of a key: its owner turned out to be welcome. */
    readonly forget: (allowance: Pick<Allowance, "kind" | "key">) => Effect.Effect<void>
  }
>() {}
