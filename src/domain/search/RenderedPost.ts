import type { QuoteConvention } from "../markdown/Quotes.js"
import { type Properties, type PropertyValue, valuesOf } from "../posts/Microformats.js"
import type { Post } from "../posts/Post.js"
import { plainRendering, quotesOfSite, type Rendering, type RenderingState, renderingOf } from "../posts/Rendering.js"
import { documentOf, type SearchDocument } from "./SearchDocument.js"

/** The parts of a post that are rendered. */
export interface RenderSource extends Pick<Post, "type" | "properties"> {
  /** The site's language (BCP 47), for quotation marks; without it, quotes stay straight. The renderer adds it. */
  readonly language?: string
}

/** Everything that is derived from a post's properties when it is written: the rendering, and the search document. */
export interface RenderedPost {
  readonly rendering: Rendering
  readonly document: SearchDocument
  /** See `quotesOfSite`: the rendering is renewed when the site's language has another convention. */
  readonly quotes: QuoteConvention | ""
}

/** Renders a post. The time depends on its text and is not bounded. */
export const renderedPost = (post: RenderSource): RenderedPost => {
  const { language = "", properties, type } = post
  const rendering = renderingOf(properties, language)
  return {
    rendering,
    document: documentOf({ type, properties, rendering }),
    quotes: quotesOfSite(properties, language)
  }
}

/** Maximum number of characters in the index, of the text and of all other properties, if the whole is too expensive to fold. */
const indexed = 10_000

/** Properties that are indexed before all others. */
const first = ["name", "category"]

/** The beginning of a post's properties without its content. The last text is cut where the limit is reached. */
const beginningOf = ({ content: _, ...properties }: Properties): Properties => {
  let room = indexed
  const take = (value: PropertyValue): ReadonlyArray<PropertyValue> => {
    const taken = typeof value === "string" ? value.slice(0, room) : value
    const length = typeof taken === "string" ? taken.length : JSON.stringify(taken).length
    if (length === 0 || length > room) return []
    room -= length
    return [taken]
  }
  const names = Object.keys(properties)
  const inOrder = [...names.filter((name) => first.includes(name)), ...names.filter((name) => !first.includes(name))]
  return Object.fromEntries(inOrder.map((name) => [name, valuesOf(properties, name).flatMap(take)]))
}

/** A post whose text was not rendered: readers see the source, and the index has its beginning. */
export const unrenderedPost = (post: RenderSource, state: Exclude<RenderingState, "rendered">): RenderedPost => {
  const rendering = plainRendering(post.properties, state)
  const beginning: Post["rendering"] = { ...rendering, text: rendering.text.slice(0, indexed) }
  const properties = beginningOf(post.properties)
  return { rendering, document: documentOf({ type: post.type, properties, rendering: beginning }), quotes: "" }
}
