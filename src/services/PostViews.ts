import { Context, type Effect } from "effect"
import type { ViewDay } from "../domain/views/ViewDay.js"
import type { DatabaseFailure } from "../errors/Database.js"

/** Views of a post on a day. */
export interface DayOfPost {
  readonly post: number
  readonly day: ViewDay
  readonly count: number
}

/** Days from `from` to `to`, both included. */
export interface ViewSpan {
  readonly from: ViewDay
  readonly to: ViewDay
}

/** Numbers of views, by post and day. Nothing is stored of who views, from where, or with what. */
export class PostViews extends Context.Tag("starpunk/PostViews")<
  PostViews,
  {
    /** Adds to the numbers of some days. */
    readonly add: (views: ReadonlyArray<DayOfPost>) => Effect.Effect<void, DatabaseFailure>
    /** All views of each of these posts; posts without views are left out. */
    readonly totals: (posts: ReadonlyArray<number>) => Effect.Effect<ReadonlyMap<number, number>, DatabaseFailure>
    /** Views of each day of a span that has some, of one post or of all. */
    readonly days: (span: ViewSpan, post?: number) => Effect.Effect<ReadonlyMap<ViewDay, number>, DatabaseFailure>
    /** The posts with most views in a span, without deleted ones. */
    readonly most: (
      span: ViewSpan,
      limit: number
    ) => Effect.Effect<ReadonlyArray<Omit<DayOfPost, "day">>, DatabaseFailure>
    /** Whether any views are stored. */
    readonly exist: Effect.Effect<boolean, DatabaseFailure>
    /** Removes all numbers. */
    readonly clear: Effect.Effect<void, DatabaseFailure>
  }
>() {}
