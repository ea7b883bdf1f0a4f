import { marked } from "./Fallback.js"

/** Any function that makes a text. */
// biome-ignore lint/suspicious/noExplicitAny: the parameters are those of the English text
type Making = (...given: any[]) => unknown

/** Texts of a translation: the shape of the English texts, in which each text may be missing. */
export type Translation<English> = English extends string | Making | ReadonlyArray<unknown>
  ? English
  : { readonly [Key in keyof English]?: Translation<English[Key]> }

type Branch = Readonly<Record<string, unknown>>

const isBranch = (value: unknown): value is Branch =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const mapped = (branch: Branch, make: (value: unknown, key: string) => unknown): Branch =>
  Object.fromEntries(Object.entries(branch).map(([key, value]) => [key, make(value, key)]))

/** Marks the texts of a value: a text, a list of texts, a function that makes them, or several of these. */
const markedIn = (value: unknown, mark: Mark): unknown => {
  if (typeof value === "string") return mark(value)
  if (Array.isArray(value)) return value.map((item) => markedIn(item, mark))
  if (typeof value === "function") return (...given: ReadonlyArray<unknown>) => markedIn(value(...given), mark)
  return isBranch(value) ? mapped(value, (item) => markedIn(item, mark)) : value
}

/** Marks a text as English. */
type Mark = (text: string) => string

const complete = (english: unknown, translation: unknown, mark: Mark): unknown => {
  if (translation === undefined) return markedIn(english, mark)
  if (!isBranch(english) || !isBranch(translation)) return translation
  return mapped(english, (value, key) => complete(value, translation[key], mark))
}

/** Completes a translation by the English texts that it lacks, which `mark` marks. */
export const completed = <English>(
  english: English,
  translation: Translation<NoInfer<English>> | undefined,
  mark: Mark = marked
): English => complete(english, translation, mark) as English

/** The names of texts that a translation lacks: `blog.archive`. */
export const missing = (english: unknown, translation: unknown, path = ""): ReadonlyArray<string> => {
  if (isBranch(english)) {
    return Object.entries(english).flatMap(([key, value]) =>
      missing(value, isBranch(translation) ? translation[key] : undefined, path === "" ? key : `${path}.${key}`)
    )
  }
  return translation === undefined ? [path] : []
}
