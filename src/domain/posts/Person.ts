import { type Citation, citationOf } from "./Citation.js"
import { isObject, type Properties, type PropertyValue, valuesOf } from "./Microformats.js"

/** Whether a category is a person, and no tag: a nested microformat, or an address. */
export const isPerson = (category: PropertyValue): boolean =>
  isObject(category)
    ? category.type !== undefined
    : typeof category === "string" && /^https?:\/\//i.test(category.trim())

/** The people among a post's categories. */
export const peopleOf = (properties: Properties): ReadonlyArray<Citation> =>
  valuesOf(properties, "category").flatMap((value) => (isPerson(value) ? (citationOf(value) ?? []) : []))

/** The label that a category is, as it was sent; nothing for people. */
export const labelOf = (category: PropertyValue): string | undefined => {
  if (isPerson(category)) return undefined
  const text = isObject(category) ? category.value : category
  return typeof text === "string" ? text : undefined
}

/** The labels among a post's categories. */
export const labelsOf = (properties: Properties): ReadonlyArray<string> =>
  valuesOf(properties, "category").flatMap((value) => labelOf(value) ?? [])
