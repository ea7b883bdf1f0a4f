import { isObject, type Properties, type PropertyValue } from "../posts/Microformats.js"
import { type FormMedium, type MediaProperty, mediumOf, relationText } from "./PostForm.js"

/** The values of one property. */
export type Values = ReadonlyArray<PropertyValue>

/** Whether a value is text, or has a text as its `value`. */
export const isTextual = (value: PropertyValue): boolean =>
  typeof value === "string" || (isObject(value) && typeof value.value === "string")

/** The values with the first text among them replaced, taken out, or put in front where there was none. */
export const withFirstText = (values: Values, text: string): Values => {
  const put = text === "" ? [] : [text]
  const index = values.findIndex(isTextual)
  return index === -1 ? [...put, ...values] : values.toSpliced(index, 1, ...put)
}

/**
 * The first content with another text, in the shape in which it came: text, `{ markdown }`, `{ html }` or `{ value }`.
 * `wasShown` is false where the first content is nothing that could be shown: then it stays, behind the new one.
 */
export const withContent = (
  values: Values,
  { format, text, wasShown }: { readonly format: string; readonly text: string; readonly wasShown: boolean }
): Values => {
  const others = wasShown ? values.slice(1) : values
  if (text === "") return others
  const first = wasShown && isObject(values[0]) ? values[0] : undefined
  if (format === "html") {
    // `value` is what the client made of the old HTML.
    const { markdown: _, value: __, ...kept } = first ?? {}
    return [{ ...kept, html: text }, ...others]
  }
  if (first === undefined) return [text, ...others]
  const { html: _, markdown, value, ...kept } = first
  const isPlain = typeof markdown !== "string" && typeof value === "string"
  return [{ ...kept, ...(isPlain ? { value: text } : { markdown: text }) }, ...others]
}

/** The addresses as they are given; those that were there before keep what else was said of them. */
export const withAddresses = (values: Values, addresses: ReadonlyArray<string>): Values => {
  const known = new Map(values.map((value) => [relationText(value), value] as const))
  const unshown = values.filter((value) => relationText(value) === undefined)
  return [...addresses.map((address) => known.get(address) ?? address), ...unshown]
}

/** The media of one property as they are given; those that were there before keep what else was said of them. */
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

/** The properties with some of them changed: those that a change leaves without values are gone, new ones come last. */
export const withChanges = (before: Properties, changes: ReadonlyMap<string, Values>): Properties =>
  Object.fromEntries([
    ...Object.entries(before).flatMap(([name, values]) => {
      const after = changes.get(name)
      if (after === undefined) return [[name, values] as const]
      return after.length === 0 ? [] : [[name, after] as const]
    }),
    ...[...changes].filter(([name, values]) => !Object.hasOwn(before, name) && values.length > 0)
  ])
