import { Context, type Effect } from "effect"
import type { SearchHit } from "../domain/search/SearchHit.js"
import type { SearchQuery } from "../domain/search/SearchQuery.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { SearchDisabled } from "../errors/Search.js"

/**
 * The engine that answered: the full-text index of SQLite, the trigrams of PostgreSQL, or `fallback`, which finds the same
 * posts for plain terms, without ranking.
 */
export type EngineName = "fts5" | "trigram" | "fallback"

/**
 * Why the full-text index is not in use: no engine is chosen yet, a setting forces it, this SQLite is built without
 * FTS5, the index is damaged, it is being rebuilt, or PostgreSQL has no `pg_trgm`. With `trigram_ctype` the trigrams are in
 * use, but only letters of ASCII have any.
 */
export type FallbackReason =
  | "starting"
  | "forced"
  | "fts5_missing"
  | "index_failed"
  | "rebuilding"
  | "trigram_missing"
  | "trigram_ctype"

/** One page of results. */
export interface SearchResults {
  readonly hits: ReadonlyArray<SearchHit>
  /** Number of matching posts; a lower bound if `totalIsExact` is false. */
  readonly total: number
  readonly totalIsExact: boolean
  readonly engine: EngineName
  /** True if the fallback answered instead of the full engine; the page says so. */
  readonly reduced: boolean
}

/** Offset and length of a page of results. */
export interface SearchPage {
  readonly offset: number
  /** 1 to 100. */
  readonly limit: number
}

/** State of the engine, for health checks, the log and the search page. */
export interface SearchStatus {
  readonly enabled: boolean
  readonly engine: EngineName
  /** Why the search is worse than it could be. */
  readonly reason?: FallbackReason
  /** Posts whose index entry is out of date. */
  readonly pending: number
  /** Time in epoch milliseconds since which the engine is in this state. */
  readonly since: number
}

/**
 * Returns whether search is worse than intended. False if a setting forces the fallback, and until an engine is chosen
 * at the start.
 */
export const isReduced = ({ enabled, reason }: SearchStatus): boolean =>
  enabled && reason !== undefined && reason !== "forced" && reason !== "starting"

/** Full-text search over public posts: published, public, not deleted, not in the future. */
export class SearchEngine extends Context.Tag("starpunk/SearchEngine")<
  SearchEngine,
  {
    readonly search: (
      query: SearchQuery,
      page: SearchPage
    ) => Effect.Effect<SearchResults, SearchDisabled | DatabaseFailure>
    /** Reads memory only. */
    readonly status: Effect.Effect<SearchStatus>
    /** Rewrites every post's index entry, in batches in the background. Returns their number. */
    readonly reindex: Effect.Effect<number, DatabaseFailure>
  }
>() {}
