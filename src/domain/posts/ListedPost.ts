import { isObject, type Properties, type PropertyValue } from "./Microformats.js"
import { type Nested, nestedValues } from "./Nested.js"
import { addressParts } from "./Place.js"
import { nameOf, type Post } from "./Post.js"
import { octetsOf } from "./ReadingTime.js"
import type { Rendering } from "./Rendering.js"

/** A post as lists show it. Its properties lack the content, and are cut, so that a list's size is bounded. */
export interface ListedPost extends Omit<Post, "rendering"> {
  readonly rendering: ListedRendering
}

/** The parts of a rendering that lists show. */
export interface ListedRendering extends Pick<Rendering, "state" | "opening"> {
  /** Safe HTML, empty without content; absent if the list shows only the post's beginning with a link to the rest. */
  readonly html?: string
  /** Size of the whole text, in bytes. */
  readonly octets: number
}

/** Maximum length of HTML that a list shows, in UTF-16 code units. */
const longestHtml = 16_384

/** Maximum length of a text property, in UTF-16 code units. */
const longestText = 2_000

/** Maximum length of a structured value's JSON, in UTF-16 code units. */
const longestValue = 4_000

/** Maximum number of values of a property, and of properties. */
const most = { values: 50, properties: 50 }

/** Returns whether a list shows the complete post: notes, unless they are very long, and posts without content. */
export const isListedWhole = ({ properties, rendering }: Pick<Post, "properties" | "rendering">): boolean =>
  rendering.html === "" || (nameOf({ properties }) === undefined && rendering.html.length <= longestHtml)

/** Properties that are kept of longer nested microformats: names and places, not descriptions. */
const kept = [
  ...["name", "url", "author", "uid", "num", "unit", "origin", "destination", "operator", "number"],
  ...["latitude", "longitude", "altitude", "geo", ...addressParts]
]

const shortText = (text: string): string => text.slice(0, longestText).replace(/\p{Surrogate}$/u, "")

const shortNested = (value: Nested): ReadonlyArray<PropertyValue> => {
  const { alt, type, value: text } = value
  const named = kept.flatMap((name) => {
    const [first] = nestedValues(value, name)
    return first === undefined ? [] : [[name, [typeof first === "string" ? first.slice(0, 200) : first]] as const]
  })
  const short = {
    ...(type !== undefined && { type }),
    ...(typeof text === "string" && { value: shortText(text) }),
    ...(typeof alt === "string" && { alt: shortText(alt) }),
    ...(named.length > 0 && { properties: Object.fromEntries(named) })
  }
  return JSON.stringify(short).length > longestValue ? [] : [short]
}

const listedValue = (value: PropertyValue): ReadonlyArray<PropertyValue> => {
  if (typeof value === "string") return [shortText(value)]
  return isObject(value) && JSON.stringify(value).length > longestValue ? shortNested(value) : [value]
}

/** The properties that a list may need, cut to a bounded size. */
export const listedProperties = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => name !== "content")
      .slice(0, most.properties)
      .map(([name, values]) => [name, values.slice(0, most.values).flatMap(listedValue)] as const)
      .filter(([, values]) => values.length > 0)
  )

/** Converts a post to its form in lists. */
export const listedPost = (post: Post): ListedPost => {
  const { html, opening, state, text } = post.rendering
  return {
    ...post,
    properties: listedProperties(post.properties),
    rendering: { state, opening, octets: octetsOf(text), ...(isListedWhole(post) && { html }) }
  }
}
