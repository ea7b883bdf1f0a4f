import { Context } from "effect"

/** Counts the commits of this process, so that a reader of its own can tell whether what it has read is current. */
export class Commits extends Context.Tag("starpunk/Commits")<
  Commits,
  {
    /** Commits whose outcome has arrived, whatever it was. Counted before the writer's caller learns of it. */
    readonly count: () => number
  }
>() {}
