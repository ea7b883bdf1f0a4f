import { formatInstant } from "../Instant.js"
import { formatMoment } from "../Moment.js"
import { contentFormatProperty } from "../posts/Content.js"
import { isObject, type Properties, type PropertyValue, valuesOf } from "../posts/Microformats.js"
import type { MovedPost } from "./MovedPost.js"

/**
 * Characters that YAML or an editor might change: control characters, byte order marks, line separators, lone
 * surrogates.
 */
const fragile = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]|\p{Surrogate}/gu

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sorted(value[key])])
  )
}

/** Serializes a value as JSON on one line, with sorted member names. YAML 1.2 contains JSON. */
const json = (value: unknown): string => JSON.stringify(sorted(value)).replace(fragile, escaped)

/** Returns whether YAML reads an unquoted name as a text. */
const isPlainKey = (name: string) =>
  /^[a-z][a-z0-9-]*$/.test(name) && !/^(?:true|false|null|yes|no|on|off|y|n)$/.test(name)

const key = (name: string): string => (isPlainKey(name) ? name : json(name))

/** The range of RFC 3339; times outside of it are written as milliseconds. */
const writableFrom = Date.parse("0000-01-01T00:00:00Z")
const writableUntil = Date.parse("9999-12-31T23:59:59.999Z")

const instant = (millis: number): string =>
  millis >= writableFrom && millis <= writableUntil ? json(formatInstant(millis)) : String(millis)

/** The publication time with the author's offset; in UTC with `Z` if there is none. */
const published = ({ publishedAt: at, publishedOffset: offset }: MovedPost): string =>
  offset === undefined ? instant(at) : json(formatMoment({ at, offset }))

/** Returns whether a text survives as the body of a file unchanged. */
const isPlainBody = (text: unknown): text is string =>
  typeof text === "string" && text !== "" && !text.includes("\r") && text.search(fragile) === -1

/** Returns whether the content's format property is exactly `document`. */
const isDocument = (properties: Properties): boolean => {
  const formats = valuesOf(properties, contentFormatProperty)
  return formats.length === 1 && formats[0] === "document"
}

/** The body of a post's file and its format; `undefined` if the content has to be kept among the properties. */
const bodyOf = (
  properties: Properties
): { readonly text: string; readonly format?: "html" | "markdown" | "document" } | undefined => {
  const [content, ...more] = valuesOf(properties, "content")
  if (content === undefined || more.length > 0) return undefined
  if (isPlainBody(content)) return { text: content, ...(isDocument(properties) && { format: "document" }) }
  if (!isObject(content) || Object.keys(content).length !== 1) return undefined
  for (const format of ["html", "markdown"] as const) {
    const text = content[format]
    if (isPlainBody(text)) return { text, format }
  }
  return undefined
}

const isText = (value: PropertyValue) => typeof value === "string"

/**
 * Splits properties into those with a field of their own (title, tags, body), for people, and the rest, which goes
 * below `properties`.
 */
const lifted = (properties: Properties) => {
  const names = valuesOf(properties, "name")
  const categories = valuesOf(properties, "category")
  const body = bodyOf(properties)
  const title = names.length === 1 && isText(names[0] ?? 0) ? names[0] : undefined
  const tags = categories.length > 0 && categories.every(isText) ? categories : undefined
  const taken = new Set([
    ...(title === undefined ? [] : ["name"]),
    ...(tags === undefined ? [] : ["category"]),
    ...(body === undefined ? [] : ["content"]),
    ...(body?.format === "document" ? [contentFormatProperty] : [])
  ])
  const rest = Object.keys(properties)
    .filter((name) => !taken.has(name))
    .toSorted()
  return { body, rest, tags, title }
}

/**
 * Serializes a post as a file: YAML front matter between lines of `---`, and its content as the body. Every version
 * writes the same bytes for the same post: values are JSON with sorted member names, and properties without a field of
 * their own (`title`, `tags`, the body) are below `properties`. `readPostFile` reads it back without loss.
 */
export const writePostFile = (post: MovedPost): string => {
  const { body, rest, tags, title } = lifted(post.properties)
  const lines = [
    "---",
    `slug: ${json(post.slug)}`,
    `type: ${json(post.type)}`,
    `status: ${json(post.status)}`,
    `visibility: ${json(post.visibility)}`,
    `published: ${published(post)}`,
    `created: ${instant(post.createdAt)}`,
    `updated: ${instant(post.updatedAt)}`,
    ...(post.deletedAt === undefined ? [] : [`deleted: ${instant(post.deletedAt)}`]),
    ...(title === undefined ? [] : [`title: ${json(title)}`]),
    ...(tags === undefined ? [] : [`tags: ${json(tags)}`]),
    ...(post.formerSlugs.length === 0
      ? []
      : [
          "former_slugs:",
          ...post.formerSlugs.map(
            ({ replacedAt, slug }) => `  - {"replaced": ${instant(replacedAt)}, "slug": ${json(slug)}}`
          )
        ]),
    ...(post.feedId === undefined ? [] : [`feed_id: ${json(post.feedId)}`]),
    ...(post.oldAddresses === undefined ? [] : [`old_addresses: ${json(post.oldAddresses)}`]),
    ...(body?.format === undefined ? [] : [`format: ${json(body.format)}`]),
    ...(rest.length === 0
      ? []
      : ["properties:", ...rest.map((name) => `  ${key(name)}: ${json(post.properties[name])}`)]),
    "---",
    ""
  ].join("\n")
  return body === undefined ? lines : `${lines}\n${body.text}\n`
}
