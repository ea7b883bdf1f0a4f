import { Context } from "effect"

/**
 * Parts of a request that decide whether a kept answer fits it: its target, as sent, and its headers, names in lower
 * case.
 */
export interface Question {
  readonly target: string
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
}

/** A complete answer, the same for every anonymous visitor who asks the same. */
export interface SharedAnswer {
  readonly status: 200 | 304
  /** Names in lower case. Without what differs from request to request: the request id, the date, the connection. */
  readonly headers: Readonly<Record<string, string>>
  /** The same as Node takes them: name, value, name, value. */
  readonly rawHeaders: ReadonlyArray<string>
  /** Empty for 304. */
  readonly body: Uint8Array
  /** The template of the route that made it, such as `/notes/:slug`. */
  readonly route: string
  /** The rate limits that each request for it counts against. */
  readonly limits: ReadonlyArray<"requests" | "searches">
  /** The id of the post whose page it is, if views are counted. */
  readonly viewed?: number | undefined
}

/** Counters since the process started, and what is kept now. */
export interface PageCacheStats {
  /** Requests answered from the cache, those that waited for a rendering included. */
  readonly hits: number
  /** Requests that had to be rendered. */
  readonly misses: number
  readonly pages: number
  readonly bytes: number
}

/**
 * Keeps complete answers, so that a page is rendered once and not for each visitor. An answer is kept for the revision
 * of the content (`ContentRevision`) that was read before it was rendered, and given out for that revision only.
 * Bounded in bytes; an address that is asked for again stays, however many other addresses are asked for once.
 * Synchronous, because it is asked before a fiber exists.
 */
export interface PageCacheShape {
  /** Returns the answer that is kept for a question: a 304 when its conditions say that the client has it. */
  readonly find: (question: Question, revision: string) => SharedAnswer | undefined
  /**
   * Says that a request is about to be rendered. Returns the request for the same page that is being rendered, if there
   * is one: then `resume` is called once, when it is, with whether to ask again. Otherwise this one has to be rendered.
   */
  readonly begin: (request: unknown, question: Question, revision: string, resume: (again: boolean) => void) => unknown
  /** Returns the revision for which a request that was begun, and not yet settled, is rendered. */
  readonly revisionOf: (request: unknown) => string | undefined
  /**
   * Says what became of a request that was begun: what to keep; `private` where an answer is not for others; `broken`
   * without one.
   */
  readonly settle: (request: unknown, outcome: SharedAnswer | "private" | "broken") => void
  readonly stats: () => PageCacheStats
  /** Uses at most this share of its size, from 0 to 1, until it is called again. */
  readonly limit: (share: number) => void
}

/** Keeps nothing. */
export const noPageCache: PageCacheShape = {
  find: () => undefined,
  begin: () => undefined,
  revisionOf: () => undefined,
  settle: () => {},
  stats: () => ({ hits: 0, misses: 0, pages: 0, bytes: 0 }),
  limit: () => {}
}

/** The page cache of this process. None by default, for servers in tests. */
export class PageCache extends Context.Reference<PageCache>()("starpunk/PageCache", {
  defaultValue: (): PageCacheShape => noPageCache
}) {}
