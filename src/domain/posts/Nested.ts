import { openingLine, shortened } from "./Line.js"
import { isObject } from "./Microformats.js"

/** A nested microformat, or another object, as a client sent it. */
export type Nested = { readonly [key: string]: unknown }

/** Characters of a text in a nested microformat at most. */
export const longestText = 2_000

const propertiesOf = (value: Nested): Nested => (isObject(value.properties) ? value.properties : {})

/** A property's values in a nested microformat. Clients send lists, and single values as well. */
export const nestedValues = (value: Nested, name: string): ReadonlyArray<unknown> => {
  const properties = propertiesOf(value)
  return Object.hasOwn(properties, name) ? [properties[name]].flat() : []
}

/** A property's texts in a nested microformat, each on one line; numbers are texts here. */
export const nestedTexts = (value: Nested, name: string): ReadonlyArray<string> =>
  nestedValues(value, name).flatMap((item) => {
    const text = isObject(item) ? item.value : item
    const line = typeof text === "number" ? String(text) : typeof text === "string" ? openingLine(text) : ""
    return line === "" ? [] : [shortened(line, longestText)]
  })

/** The microformat of a nested value; absent where it has none that may stand in markup. */
export const nestedType = (value: Nested): string | undefined => {
  const [type] = [value.type].flat()
  return typeof type === "string" && /^h-[a-z]+(?:-[a-z0-9]+)*$/.test(type) ? type : undefined
}
