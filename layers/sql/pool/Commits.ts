import { Context } from "effect"

/** Counts the commits of this process, so that a reader outside of the pool can tell whether its result is current. */
export class Commits extends Context.Tag("starpunk/Commits")<
  Commits,
  {
    /**
     * Number of commits with a known outcome, successful or not. Counted before the caller of the write gets the
     * outcome.
     */
    readonly count: () => number
  }
>() {}
