import { Context, type Effect } from "effect"
import type { RenderedPost, RenderSource } from "../domain/search/RenderedPost.js"

/**
 * Makes of posts what readers and search see, without ever holding up the event loop for more than some milliseconds.
 * Never fails: `rendering.state` tells what became of a text.
 */
export class Renderer extends Context.Tag("starpunk/Renderer")<
  Renderer,
  {
    /**
     * Renders a post. A text that takes longer than any may is answered as plain text with the state
     * `too_slow`; where too many wait already, the answer is plain text too, with the state `pending`, and not to be
     * stored.
     */
    readonly render: (post: RenderSource) => Effect.Effect<RenderedPost>
    /** Renders many posts, in their order; bounded for each of them as `render` is. */
    readonly renderAll: (posts: ReadonlyArray<RenderSource>) => Effect.Effect<ReadonlyArray<RenderedPost>>
  }
>() {}
