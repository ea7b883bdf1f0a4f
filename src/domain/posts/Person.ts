import { type Citation, citationOf } from "./Citation.js"
import { isObject, type Properties, type PropertyValue, valuesOf } from "./Microformats.js"

/** Returns whether a category is a person instead of a tag: a nested microformat, or an address. */
const isPerson = (category: PropertyValue): boolean =>
  isObject(category)
    ? category.type !== undefined
    : typeof category === "string" && /^https?:\/\//i.test(category.trim())

/** The people in a post's categories. */
export const peopleOf = (properties: Properties): ReadonlyArray<Citation> =>
  valuesOf(properties, "category").flatMap((value) => (isPerson(value) ? (citationOf(value) ?? []) : []))

/** The label of a category, unchanged; `undefined` for people. */
export const labelOf = (category: PropertyValue): string | undefined => {
  if (isPerson(category)) return undefined
  const text = isObject(category) ? category.value : category
  return typeof text === "string" ? text : undefined
}

/** The labels in a post's categories. */
export const labelsOf = (properties: Properties): ReadonlyArray<string> =>
  valuesOf(properties, "category").flatMap((value) => labelOf(value) ?? [])
