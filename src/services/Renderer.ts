import { Context, type Effect } from "effect"
import type { RenderedPost, RenderSource } from "../domain/search/RenderedPost.js"

/**
 * Renders posts for readers and for search without blocking the event loop for more than some milliseconds. Never
 * fails: `rendering.state` says how a text was rendered.
 */
export class Renderer extends Context.Tag("starpunk/Renderer")<
  Renderer,
  {
    /**
     * Renders a post. A text that exceeds the time limit becomes plain text with the state `too_slow`. If too many
     * renderings are queued, the result is plain text with the state `pending`, which must not be stored.
     */
    readonly render: (post: RenderSource) => Effect.Effect<RenderedPost>
    /** Renders several posts, in order, each within the limits of `render`. */
    readonly renderAll: (posts: ReadonlyArray<RenderSource>) => Effect.Effect<ReadonlyArray<RenderedPost>>
  }
>() {}
