import { isObject, type Properties, type PropertyValue } from "../posts/Microformats.js"
import { type FormMedium, type MediaProperty, mediumOf, relationText } from "./PostForm.js"

/** The values of one property. */
export type Values = ReadonlyArray<PropertyValue>

/** Returns whether a value is a text, or has a text as its `value`. */
const isTextual = (value: PropertyValue): boolean =>
  typeof value === "string" || (isObject(value) && typeof value.value === "string")

/** Replaces the first text of the values, removes it, or inserts one at the beginning if there is none. */
export const withFirstText = (values: Values, text: string): Values => {
  const put = text === "" ? [] : [text]
  const index = values.findIndex(isTextual)
  return index === -1 ? [...put, ...values] : values.toSpliced(index, 1, ...put)
}

/**
 * Replaces the text of the first content and keeps its shape: text, `{ markdown }`, `{ html }` or `{ value }`.
 * `wasShown` is false if the first content cannot be shown; then it stays, after the new one.
 */
export const withContent = (
  values: Values,
  { format, text, wasShown }: { readonly format: string; readonly text: string; readonly wasShown: boolean }
): Values => {
  const others = wasShown ? values.slice(1) : values
  if (text === "") return others
  const first = wasShown && isObject(values[0]) ? values[0] : undefined
  if (format === "html") {
    // `value` is the client's plain text of the old HTML.
    const { markdown: _, value: __, ...kept } = first ?? {}
    return [{ ...kept, html: text }, ...others]
  }
  if (first === undefined) return [text, ...others]
  const { html: _, markdown, value, ...kept } = first
  const isPlain = typeof markdown !== "string" && typeof value === "string"
  return [{ ...kept, ...(isPlain ? { value: text } : { markdown: text }) }, ...others]
}

/** Replaces the addresses; known ones keep their other properties. */
export const withAddresses = (values: Values, addresses: ReadonlyArray<string>): Values => {
  const known = new Map(values.map((value) => [relationText(value), value] as const))
  const unshown = values.filter((value) => relationText(value) === undefined)
  return [...addresses.map((address) => known.get(address) ?? address), ...unshown]
}

/** Replaces the media of one property; known ones keep their other properties. */
export const withMedia = (values: Values, property: MediaProperty, media: ReadonlyArray<FormMedium>): Values => {
  const known = new Map(values.map((value) => [mediumOf(property, value)?.url, value] as const))
  const unshown = values.filter((value) => mediumOf(property, value) === undefined)
  const given = media
    .filter((medium) => medium.property === property)
    .map(({ alt, url }): PropertyValue => {
      const value = known.get(url)
      if (value !== undefined && mediumOf(property, value)?.alt === alt) return value
      if (isObject(value)) return { ...value, alt }
      return alt === "" ? url : { value: url, alt }
    })
  return [...given, ...unshown]
}

/** Applies changes to properties. Properties without values are removed, new ones come last. */
export const withChanges = (before: Properties, changes: ReadonlyMap<string, Values>): Properties =>
  Object.fromEntries([
    ...Object.entries(before).flatMap(([name, values]) => {
      const after = changes.get(name)
      if (after === undefined) return [[name, values] as const]
      return after.length === 0 ? [] : [[name, after] as const]
    }),
    ...[...changes].filter(([name, values]) => !Object.hasOwn(before, name) && values.length > 0)
  ])
