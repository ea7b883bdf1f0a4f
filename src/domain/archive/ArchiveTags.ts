import { isObject } from "../posts/Microformats.js"
import type { GeneratorName } from "./ArchiveSite.js"
import { type Field, type Fields, textIn } from "./Fields.js"

/** Tags with which Eleventy builds collections; they say nothing about a post. */
const collectionMarks: ReadonlySet<string> = new Set(["all", "post", "posts", "nav", "page", "pages"])

/** Flattens nested lists, which Hexo uses for nested categories, and objects with a name, to a list of texts. */
const labelsIn = (value: unknown): ReadonlyArray<string> => {
  if (Array.isArray(value)) return value.flatMap(labelsIn)
  if (isObject(value)) {
    const name = [value.name, value.title, value.label, value.slug].find((given) => textIn(given) !== undefined)
    return name === undefined ? [] : labelsIn(name)
  }
  const text = textIn(value)
  return text === undefined ? [] : [text]
}

/** Returns whether spaces separate tags in a text. */
const spacesSeparate = (generator: GeneratorName, name: string): boolean =>
  (generator === "jekyll" && !/^(?:tag|category)$/i.test(name)) || generator === "obsidian" || generator === "quartz"

const labelsOf = ({ name, value }: Field, generator: GeneratorName): ReadonlyArray<string> => {
  // A truth value names no tag.
  if (typeof value === "boolean") return []
  const labels =
    typeof value === "string"
      ? value.split(value.includes(",") ? "," : spacesSeparate(generator, name) ? /\s+/ : "\n")
      : labelsIn(value)
  return labels.map((label) => label.trim().replace(/^#+(?=.)/, "")).filter((label) => label !== "")
}

/** All lists in Zola's `taxonomies`. */
const taxonomyFields = (fields: Fields): ReadonlyArray<Field> =>
  fields
    .all("taxonomies")
    .flatMap(({ value }) =>
      isObject(value) ? Object.entries(value).map(([name, list]) => ({ name, value: list })) : []
    )

/** A post's tags, then its categories, without duplicates. */
export const tagsIn = (
  fields: Fields,
  generator: GeneratorName,
  taxonomies: ReadonlyArray<string>
): ReadonlyArray<string> => {
  const labels = [
    ...fields.all("tags", "tag", "categories", "category", "topics", "topic", "labels", ...taxonomies),
    ...taxonomyFields(fields)
  ].flatMap((field) => labelsOf(field, generator))
  const kept = generator === "eleventy" ? labels.filter((label) => !collectionMarks.has(label)) : labels
  const seen = new Set<string>()
  return kept.filter((label) => {
    const key = label.toLowerCase()
    return !seen.has(key) && seen.add(key)
  })
}

/** A post's categories, which some addresses contain. */
export const categoriesIn = (fields: Fields, generator: GeneratorName): ReadonlyArray<string> =>
  fields.all("categories", "category").flatMap((field) => labelsOf(field, generator))
