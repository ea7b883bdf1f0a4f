import { Context, type Effect, type Stream } from "effect"
import type { Arrival, MovedPost } from "../domain/archive/MovedPost.js"
import type { DatabaseFailure } from "../errors/Database.js"

/** A post to be imported. */
export interface ArrivingPost {
  readonly post: MovedPost
  /**
   * The source names no publication time. The time is a guess, so it does not distinguish the post from an existing
   * one.
   */
  readonly publishedIsGuess: boolean
}

/** Moves posts to and from other sites. */
export class PostTransfer extends Context.Tag("starpunk/PostTransfer")<
  PostTransfer,
  {
    /** Number of posts in any state. */
    readonly count: Effect.Effect<number, DatabaseFailure>
    /**
     * Every post of any state, in the order of its id, read page by page. Consistent only if nobody writes meanwhile.
     * Former slugs are ordered by time and then by slug, old addresses by their bytes.
     */
    readonly all: Stream.Stream<MovedPost, DatabaseFailure>
    /**
     * Stores posts with exactly their slugs and times, in one transaction, in the order given; search and lists include
     * them when this returns. An existing post stays unchanged, except that missing old addresses are added. A post
     * whose slug or former slug is taken is not stored. An old address that another post or file has stays with it. Of
     * two posts with the same slug in one call, the first is stored. With `dryRun`, returns the same and stores
     * nothing. Renders the posts while `after` runs, and stores them when it has ended.
     */
    readonly arrive: (
      posts: ReadonlyArray<ArrivingPost>,
      options?: { readonly dryRun?: boolean; readonly after?: Effect.Effect<unknown, DatabaseFailure> }
    ) => Effect.Effect<ReadonlyArray<Arrival>, DatabaseFailure>
  }
>() {}
