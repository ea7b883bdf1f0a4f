import { type DiffPart, diffOf } from "../../domain/editor/WordDiff.js"
import { formatMoment } from "../../domain/Moment.js"
import { isObject, type PropertyValue, valuesOf } from "../../domain/posts/Microformats.js"
import type { RevisedPost, RevisedState } from "../../services/PostRevisions.js"

/** A part of a post that a change affected. */
export interface Difference {
  /** Name of a property or field. */
  readonly name: string
  readonly parts: ReadonlyArray<DiffPart>
}

const textOf = (value: PropertyValue): string => {
  if (!isObject(value)) return String(value)
  const { alt, html, markdown, value: whole } = value
  const text = [markdown, html, whole].find((each) => typeof each === "string")
  if (text === undefined) return JSON.stringify(value, undefined, 2)
  return typeof alt === "string" && alt !== "" ? `${text} (${alt})` : String(text)
}

const propertyText = ({ properties }: RevisedState, name: string): string =>
  valuesOf(properties, name).map(textOf).join("\n")

const fieldsOf = ({ publishedAt, slug, status, type, visibility }: RevisedState) => ({
  slug,
  status,
  visibility,
  publishedAt: formatMoment({ at: publishedAt, offset: 0 }),
  type
})

/** Number of properties that a page shows. */
const most = 30

/** The parts of a post that a change affected: title, text and other properties first, then the fields of the site. */
export const differencesOf = ({ after, before }: RevisedPost): ReadonlyArray<Difference> => {
  const names = [...new Set(["name", "content", ...Object.keys(before.properties), ...Object.keys(after.properties)])]
  const [was, is] = [fieldsOf(before), fieldsOf(after)]
  const properties = names.map((name) => [name, propertyText(before, name), propertyText(after, name)] as const)
  const fields = Object.entries(was).map(([name, value]) => [name, value, is[name as keyof typeof is]] as const)
  return [...properties, ...fields]
    .filter(([, old, now]) => old !== now)
    .slice(0, most)
    .map(([name, old, now]) => ({ name, parts: diffOf(old, now) }))
}
