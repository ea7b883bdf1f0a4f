import { Effect, Layer } from "effect"
import { renderedPost } from "../../src/domain/search/RenderedPost.js"
import { Renderer } from "../../src/services/Renderer.js"

/** Renders in the calling thread without a time limit, for tests with known texts. */
export const layer: Layer.Layer<Renderer> = Layer.succeed(Renderer, {
  render: (post) => Effect.sync(() => renderedPost(post)),
  renderAll: (posts) => Effect.forEach(posts, (post) => Effect.sync(() => renderedPost(post)))
})
