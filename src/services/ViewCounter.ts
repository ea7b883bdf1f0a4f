import { Context } from "effect"

/** Views of a post within a quarter of an hour, which begins at `since` (epoch milliseconds). */
export interface CountedViews {
  readonly post: number
  readonly since: number
  readonly count: number
}

/** Headers of a request, names in lower case. */
export type ViewHeaders = Readonly<Record<string, string | ReadonlyArray<string> | undefined>>

/**
 * Counts views of posts in memory, until a background job stores them. Synchronous and without a query, because it is
 * called where a cached page is sent. Keeps a number per post, and nothing of who reads.
 */
export interface ViewCounterShape {
  /** Counts a view, unless the headers say that no person looks at the page: programs, prefetches, and parts of pages. */
  readonly count: (post: number, headers: ViewHeaders) => void
  /** Returns what was counted since the last call. */
  readonly take: () => ReadonlyArray<CountedViews>
  /** Takes back what could not be stored. */
  readonly putBack: (views: ReadonlyArray<CountedViews>) => void
}

/** Counts nothing. */
const noViewCounter: ViewCounterShape = { count: () => {}, take: () => [], putBack: () => {} }

/** The counter of this process. None by default, for servers in tests. */
export class ViewCounter extends Context.Reference<ViewCounter>()("starpunk/ViewCounter", {
  defaultValue: (): ViewCounterShape => noViewCounter
}) {}
