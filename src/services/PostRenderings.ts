import { Context, type Effect } from "effect"
import type { DatabaseFailure } from "../errors/failure/Database.js"

/** The stored renderings of posts. Posts are stored with theirs; this makes up for those that are not. */
export class PostRenderings extends Context.Tag("starpunk/PostRenderings")<
  PostRenderings,
  {
    /**
     * Renders every post that has no rendering by the present renderer, newest first, in small batches beside other work:
     * posts of an earlier version of StarPunk, of another program, and those that were stored while the renderer was
     * busy. Answers how many there were.
     */
    readonly renew: Effect.Effect<number, DatabaseFailure>
  }
>() {}
