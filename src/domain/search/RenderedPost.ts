import type { Post } from "../posts/Post.js"
import { plainRendering, type Rendering, type RenderingState, renderingOf } from "../posts/Rendering.js"
import { documentOf, type SearchDocument } from "./SearchDocument.js"

/** The parts of a post that are rendered. */
export type RenderSource = Pick<Post, "type" | "properties">

/** Everything that is derived from a post's properties when it is written: the rendering, and the search document. */
export interface RenderedPost {
  readonly rendering: Rendering
  readonly document: SearchDocument
}

/** Renders a post. The time depends on its text and is not bounded. */
export const renderedPost = (post: RenderSource): RenderedPost => {
  const rendering = renderingOf(post.properties)
  return { rendering, document: documentOf({ ...post, rendering }) }
}

/** Maximum number of characters in the index if the text is too expensive to fold. */
const indexed = 10_000

/** A post whose text was not rendered: readers see the source, and the index has its beginning. */
export const unrenderedPost = (post: RenderSource, state: Exclude<RenderingState, "rendered">): RenderedPost => {
  const rendering = plainRendering(post.properties, state)
  const beginning: Post["rendering"] = { ...rendering, text: rendering.text.slice(0, indexed) }
  return { rendering, document: documentOf({ ...post, rendering: beginning }) }
}
