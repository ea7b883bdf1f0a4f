import { Context } from "effect"

/** Reports whether anything that public pages are made of has changed, in this process or in another one. */
export class ContentRevision extends Context.Tag("starpunk/ContentRevision")<
  ContentRevision,
  {
    /**
     * Calls `use` with a value that changes with every committed change of a post, a rendering, a file or a site address,
     * and when a scheduled post becomes due. The value is read after this call, so it covers everything that was
     * acknowledged before. `undefined` if it cannot be read within a quarter of a second.
     */
    readonly read: (use: (revision: string | undefined) => void) => void
  }
>() {}
