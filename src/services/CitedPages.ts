import { Context, type Effect } from "effect"
import type { CitedPage } from "../domain/posts/CitedPage.js"
import type { DatabaseFailure } from "../errors/Database.js"

/** A published post whose cited pages are not read yet. */
export interface UnreadCitations {
  readonly post: number
  /** Addresses of the pages, absolute. */
  readonly addresses: ReadonlyArray<string>
  /** Pages that were read before. */
  readonly pages: ReadonlyArray<CitedPage>
  /** Number of attempts so far. */
  readonly attempts: number
}

/** Facts about the pages that posts cite. Posts carry it as `citedPages`. */
export class CitedPages extends Context.Tag("starpunk/CitedPages")<
  CitedPages,
  {
    /** Posts whose pages are to be read now, the longest due first, at most ten. */
    readonly due: Effect.Effect<ReadonlyArray<UnreadCitations>, DatabaseFailure>
    /**
     * Keeps the pages of a post. `retryAt`: when to try again, in epoch milliseconds; `undefined` for never. Changes
     * nothing if the post cites other pages meanwhile.
     */
    readonly keep: (
      of: UnreadCitations,
      pages: ReadonlyArray<CitedPage>,
      retryAt: number | undefined
    ) => Effect.Effect<void, DatabaseFailure>
  }
>() {}
