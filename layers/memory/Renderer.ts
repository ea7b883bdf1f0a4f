import { Effect, Layer } from "effect"
import { renderedPost } from "../../src/domain/search/RenderedPost.js"
import { Renderer } from "../../src/services/Renderer.js"

/** Renders in this thread, however long it takes: for tests whose texts are known. */
export const layer: Layer.Layer<Renderer> = Layer.succeed(Renderer, {
  render: (post) => Effect.sync(() => renderedPost(post)),
  renderAll: (posts) => Effect.forEach(posts, (post) => Effect.sync(() => renderedPost(post)))
})
