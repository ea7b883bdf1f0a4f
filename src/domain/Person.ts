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

/** The labels among a post's categories, as they were sent. */
export const labelsOf = (properties: Properties): ReadonlyArray<string> =>
  valuesOf(properties, "category").flatMap((value) => {
    if (isPerson(value)) return []
    const text = isObject(value) ? value.value : value
    return typeof text === "string" ? [text] : []
  })
