import { Context, type Effect } from "effect"
import type { SearchHit } from "../domain/search/SearchHit.js"
import type { SearchQuery } from "../domain/search/SearchQuery.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { SearchDisabled } from "../errors/failure/Search.js"

/** Which engine answered. `fallback` finds the same posts for plain terms, without ranking. */
export type EngineName = "fts5" | "fallback"

/**
 * Why the full-text index is not in use: nothing was chosen yet, the owner wants it so, this SQLite is built without
 * FTS5, the index is damaged, or it is being made complete.
 */
export type FallbackReason = "starting" | "forced" | "fts5_missing" | "index_failed" | "rebuilding"

/** One page of results. */
export interface SearchResults {
  readonly hits: ReadonlyArray<SearchHit>
  /** Matching posts that were counted; a lower bound when `totalIsExact` is false. */
  readonly total: number
  readonly totalIsExact: boolean
  readonly engine: EngineName
  /** True when the answer is less than the full engine would give; the page says so. */
  readonly reduced: boolean
}

/** Which slice of the results to answer. */
export interface SearchPage {
  readonly offset: number
  /** 1 to 100. */
  readonly limit: number
}

/** The engine's state, for health, the log and the page. */
export interface SearchStatus {
  readonly enabled: boolean
  readonly engine: EngineName
  /** Why `fallback` is in use; absent with FTS5. */
  readonly reason?: FallbackReason
  /** Posts whose index entry is not up to date yet. */
  readonly pending: number
  /** Epoch milliseconds since when the engine is in this state. */
  readonly since: number
}

/** Whether the fallback had to be taken: it is none of this when the owner asked for it, or until an engine is chosen at start. */
export const isReduced = ({ enabled, reason }: SearchStatus): boolean =>
  enabled && reason !== undefined && reason !== "forced" && reason !== "starting"

/** Full-text search over what everybody may read: published, public, not deleted, not in the future. */
export class SearchEngine extends Context.Tag("starpunk/SearchEngine")<
  SearchEngine,
  {
    readonly search: (
      query: SearchQuery,
      page: SearchPage
    ) => Effect.Effect<SearchResults, SearchDisabled | DatabaseFailure>
    /** Reads memory only. */
    readonly status: Effect.Effect<SearchStatus>
    /** Writes every post's index entry anew, in batches beside other work; answers how many. */
    readonly reindex: Effect.Effect<number, DatabaseFailure>
  }
>() {}
