import { Context, type Effect } from "effect"
import type { ListedKind } from "../domain/posts/PostKind.js"
import type { TimeZone } from "../domain/TimeZone.js"
import type { DatabaseFailure } from "../errors/Database.js"

/** The public posts of one kind in one month. */
export interface MonthCount {
  readonly kind: ListedKind
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly count: number
}

/** Part of a post that a sitemap contains. */
export interface MappedPost {
  /** Path on this site. */
  readonly path: string
  /** Time of the last change, epoch milliseconds. */
  readonly changedAt: number
}

/**
 * Counts of public posts, and their addresses for search engines. What counts as public is what `Posts` lists; pages of
 * the site count nowhere, but are in sitemaps.
 */
export class PostArchive extends Context.Tag("starpunk/PostArchive")<
  PostArchive,
  {
    /**
     * The months that have posts, by the calendar of a time zone, newest first. The cost depends on the number of
     * months and of scheduled posts, not on the number of posts.
     */
    readonly months: (zone: TimeZone) => Effect.Effect<ReadonlyArray<MonthCount>, DatabaseFailure>
    /** Kinds that have posts, with their numbers. Cheaper than `months`. */
    readonly kinds: Effect.Effect<ReadonlyMap<ListedKind, number>, DatabaseFailure>
    /** The largest id of a post; 0 without posts. */
    readonly lastId: Effect.Effect<number, DatabaseFailure>
    /** Public posts and pages with ids after `after`, up to `last`, in order of their ids, at most `limit`. */
    readonly mapped: (range: {
      readonly after: number
      readonly last: number
      readonly limit: number
    }) => Effect.Effect<
      { readonly posts: ReadonlyArray<MappedPost>; readonly next: number | undefined },
      DatabaseFailure
    >
  }
>() {}
