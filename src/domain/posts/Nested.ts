import { openingLine, shortened } from "./Line.js"
import { isObject } from "./Microformats.js"

/** A nested microformat, or another object, from a client. */
export type Nested = { readonly [key: string]: unknown }

/** Maximum length of a text in a nested microformat, in characters. */
export const longestText = 2_000

const propertiesOf = (value: Nested): Nested => (isObject(value.properties) ? value.properties : {})

/** The values of a property in a nested microformat, which may be a list or a single value. */
export const nestedValues = (value: Nested, name: string): ReadonlyArray<unknown> => {
  const properties = propertiesOf(value)
  return Object.hasOwn(properties, name) ? [properties[name]].flat() : []
}

/** The texts of a property in a nested microformat, each on one line; includes numbers. */
export const nestedTexts = (value: Nested, name: string): ReadonlyArray<string> =>
  nestedValues(value, name).flatMap((item) => {
    const text = isObject(item) ? item.value : item
    const line = typeof text === "number" ? String(text) : typeof text === "string" ? openingLine(text) : ""
    return line === "" ? [] : [shortened(line, longestText)]
  })

/** The microformat of a nested value; `undefined` if it has none that is a valid class name. */
export const nestedType = (value: Nested): string | undefined => {
  const [type] = [value.type].flat()
  return typeof type === "string" && /^h-[a-z]+(?:-[a-z0-9]+)*$/.test(type) ? type : undefined
}
