import type { Post } from "../posts/Post.js"
import { plainRendering, type Rendering, type RenderingState, renderingOf } from "../posts/Rendering.js"
import { documentOf, type SearchDocument } from "./SearchDocument.js"

/** What a post is rendered from. */
export type RenderSource = Pick<Post, "type" | "properties">

/** All that is made of a post's properties when it is written: what readers see, and what search reads. */
export interface RenderedPost {
  readonly rendering: Rendering
  readonly document: SearchDocument
}

/** Renders a post. How long that takes is up to its text. */
export const renderedPost = (post: RenderSource): RenderedPost => {
  const rendering = renderingOf(post.properties)
  return { rendering, document: documentOf({ ...post, rendering }) }
}

/** Characters of a text that search knows where the whole may not be folded. */
const indexed = 10_000

/** A post whose text was not rendered: readers see it as it was written, and search knows its beginning. */
export const unrenderedPost = (post: RenderSource, state: Exclude<RenderingState, "rendered">): RenderedPost => {
  const rendering = plainRendering(post.properties, state)
  const beginning: Post["rendering"] = { ...rendering, text: rendering.text.slice(0, indexed) }
  return { rendering, document: documentOf({ ...post, rendering: beginning }) }
}
