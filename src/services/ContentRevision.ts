import { Context } from "effect"

/** Reports whether any content of public pages has changed, in this process or in another one. */
export class ContentRevision extends Context.Tag("starpunk/ContentRevision")<
  ContentRevision,
  {
    /**
     * Calls `use` with a value that changes with every committed change of a post, a rendering, a file or a site
     * address, and when a scheduled post becomes due. It covers everything that this process has committed before this
     * call, and what other processes have committed a millisecond before it. `undefined` if it is not known within a
     * second. Calls `use` immediately if nothing has to be read.
     */
    readonly read: (use: (revision: string | undefined) => void) => void
    /** Returns the value with which `read` would call `use` immediately; `undefined` if it has to be read. */
    readonly current: () => string | undefined
  }
>() {}
