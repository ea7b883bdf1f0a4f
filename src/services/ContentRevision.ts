import { Context } from "effect"

/** Tells whether anything that public pages are made of has changed, in this process or in another one. */
export class ContentRevision extends Context.Tag("starpunk/ContentRevision")<
  ContentRevision,
  {
    /**
     * Returns a value that changes with every committed change of a post, a rendering, a file or a site address, and when
     * a scheduled post becomes due. Returns `undefined` while that is unknown. Synchronous and without a round trip, since
     * it is asked before each cached answer: a few microseconds in SQLite.
     */
    readonly current: () => string | undefined
  }
>() {}
