import { Context, type Effect } from "effect"
import type { DatabaseFailure } from "../errors/Database.js"

/** Stored renderings of posts. Posts are usually stored with theirs; this renders the others. */
export class PostRenderings extends Context.Tag("starpunk/PostRenderings")<
  PostRenderings,
  {
    /**
     * Renders every post without a rendering by the current renderer, newest first, in small batches in the background:
     * posts of an earlier version of StarPunk or of another program, and posts that were stored while the renderer was
     * busy. Returns their number.
     */
    readonly renew: Effect.Effect<number, DatabaseFailure>
  }
>() {}
