import { isObject, type Properties, type PropertyValue, valuesOf } from "./Microformats.js"

/** A file that a post names, and how the post describes it. */
export interface MediaUse {
  readonly id: string
  /** Description in this post; empty if it has none. */
  readonly alt: string
}

/** Number of files of one post that are known as used. */
const most = 1000

/** Properties whose values have a description of their own. */
const described = ["photo", "video", "audio"] as const

const named = /\/media\/([0-9a-f]{32})(?![0-9a-f])/g

const idIn = (address: unknown): string | undefined =>
  typeof address === "string" ? /\/media\/([0-9a-f]{32})(?![0-9a-f])/.exec(address)?.[1] : undefined

/** A picture in Markdown: its description, and its address up to the file's id. */
const picture =
  /!\[((?:[^[\]\\]|\\.|\[[^[\]\\]{0,200}\]){0,2000})\](\([ \t]{0,9}<?(?:https?:\/\/[^/?#\\\s"'<>()]{1,255})?\/media\/([0-9a-f]{32}))/g

const unescaped = (text: string): string => text.replace(/\\([\\[\]])/g, "$1")

const markdownOf = (value: PropertyValue): string =>
  typeof value === "string" ? value : isObject(value) && typeof value.markdown === "string" ? value.markdown : ""

/**
 * The site's files that a post names anywhere in its properties, each once, with the first description. `json` is the
 * stored text of the properties, for callers that have it.
 */
export const mediaUsesOf = (properties: Properties, json = JSON.stringify(properties)): ReadonlyArray<MediaUse> => {
  if (!json.includes("/media/")) return []
  const alts = new Map<string, string>()
  const note = (id: string | undefined, alt: unknown) => {
    if (id !== undefined && typeof alt === "string" && !alts.get(id)) alts.set(id, alt.trim())
  }
  for (const name of described) {
    for (const value of valuesOf(properties, name)) if (isObject(value)) note(idIn(value.value), value.alt)
  }
  for (const value of valuesOf(properties, "content")) {
    for (const [, alt = "", , id] of markdownOf(value).matchAll(picture)) note(id, unescaped(alt))
  }
  const ids = new Set<string>()
  for (const [, id = ""] of json.matchAll(named)) {
    ids.add(id)
    if (ids.size === most) break
  }
  return [...ids].map((id) => ({ id, alt: alts.get(id) ?? "" }))
}

const withAltOf = (value: PropertyValue, id: string, alt: string): PropertyValue => {
  const address = isObject(value) ? value.value : value
  if (idIn(address) !== id) return value
  return { ...(isObject(value) ? value : { value: address }), alt }
}

/**
 * Describes a file in the properties of a post: in its photos, videos and recordings, and in the pictures of its Markdown.
 * Content that is HTML keeps its own descriptions.
 */
export const withDescription = (properties: Properties, id: string, alt: string): Properties => {
  const inMarkdown = alt.replace(/[\\[\]]/g, "\\$&").replace(/\s+/g, " ")
  const rewrite = (text: string): string =>
    text.replace(picture, (whole, _alt: string, rest: string, found: string) =>
      found === id ? `![${inMarkdown}]${rest}` : whole
    )
  return Object.fromEntries(
    Object.entries(properties).map(([name, values]) => [
      name,
      values.map((value) => {
        if (described.some((each) => each === name)) return withAltOf(value, id, alt)
        if (name !== "content") return value
        if (typeof value === "string") return rewrite(value)
        return isObject(value) && typeof value.markdown === "string"
          ? { ...value, markdown: rewrite(value.markdown) }
          : value
      })
    ])
  )
}
