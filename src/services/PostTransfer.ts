import { Context, type Effect, type Stream } from "effect"
import type { Arrival, MovedPost } from "../domain/archive/MovedPost.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"

/** A post that comes to this site. */
export interface ArrivingPost {
  readonly post: MovedPost
  /** Nobody said when it was published: its time is no reason to call it another post. */
  readonly publishedIsGuess: boolean
}

/** Posts as they leave for another site, or come from one. */
export class PostTransfer extends Context.Tag("starpunk/PostTransfer")<
  PostTransfer,
  {
    /** How many posts there are, in whatever state. */
    readonly count: Effect.Effect<number, DatabaseFailure>
    /**
     * Every post, in whatever state, in the order in which the site got them, read page by page: as of one moment where
     * nobody writes meanwhile. Former slugs are in the order of their times and then of themselves,
     * old addresses in the order of their bytes.
     */
    readonly all: Stream.Stream<MovedPost, DatabaseFailure>
    /**
     * Takes posts in with exactly the slugs and times that they bear, in one transaction: found by search and in lists
     * as soon as this answers, in the order given. A post that is there already is left alone, but for old
     * addresses that it does not have yet; one whose slug (or a former one of it) is taken does not come in. An old
     * address that another post or file has stays with it. Of two that arrive together with the same slug, the first comes in. With
     * `dryRun`, tells the same and takes nothing in.
     */
    readonly arrive: (
      posts: ReadonlyArray<ArrivingPost>,
      options?: { readonly dryRun?: boolean }
    ) => Effect.Effect<ReadonlyArray<Arrival>, DatabaseFailure>
  }
>() {}
