import { isObject, type Properties, type PropertyValue } from "./Microformats.js"
import { type Nested, nestedValues } from "./Nested.js"
import { addressParts } from "./Place.js"
import { nameOf, type Post } from "./Post.js"
import type { Rendering } from "./Rendering.js"

/**
 * A post as lists show it. Lists of posts are bounded by it: its properties lack the content, and are cut to what a list
 * has room for.
 */
export interface ListedPost extends Omit<Post, "rendering"> {
  readonly rendering: ListedRendering
}

/** As much of a rendering as lists show. */
export interface ListedRendering extends Pick<Rendering, "state" | "opening"> {
  /** Safe HTML, empty where there is no content; absent where a list shows how the post begins, and links to the rest. */
  readonly html?: string
}

/** UTF-16 code units of HTML that a list shows of one post at most. */
const longestHtml = 16_384

/** UTF-16 code units of one text among the properties. */
const longestText = 2_000

/** UTF-16 code units of JSON that one value may have, when it is more than a text. */
const longestValue = 4_000

/** Values of one property, and properties. */
const most = { values: 50, properties: 50 }

/** Whether a list shows all of the post: notes, unless they are very long, and posts without content. */
export const isListedWhole = ({ properties, rendering }: Pick<Post, "properties" | "rendering">): boolean =>
  rendering.html === "" || (nameOf({ properties }) === undefined && rendering.html.length <= longestHtml)

/** What is kept of a nested microformat that is longer: what names it, and says where it is. Descriptions are not. */
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

/** The properties that a list may need, none of them long. */
export const listedProperties = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => name !== "content")
      .slice(0, most.properties)
      .map(([name, values]) => [name, values.slice(0, most.values).flatMap(listedValue)] as const)
      .filter(([, values]) => values.length > 0)
  )

/** What lists show of a post. */
export const listedPost = (post: Post): ListedPost => {
  const { html, opening, state } = post.rendering
  return {
    ...post,
    properties: listedProperties(post.properties),
    rendering: { state, opening, ...(isListedWhole(post) && { html }) }
  }
}
