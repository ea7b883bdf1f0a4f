import { Either } from "effect"
import { CORE_SCHEMA, load, YAMLException } from "js-yaml"
import { parse, TomlDate, TomlError } from "smol-toml"
import { ImportFrontMatterInvalid } from "../../errors/failure/Portability.js"
import { isObject } from "../posts/Microformats.js"

/** What stands before a text, and the text. */
export interface FrontMatter {
  readonly fields: { readonly [name: string]: unknown }
  /** Everything after the front matter, its line ends as `\n`. */
  readonly body: string
}

type Read<A> = Either.Either<A, ImportFrontMatterInvalid>
type Fields = FrontMatter["fields"]

/**
 * YAML 1.2 without types of its own: dates stay the texts that they are, and nothing is merged or run. A knot of aliases
 * costs nothing, since they are references in memory, and whoever walks over the value has a bound of its own.
 */
const options = { schema: CORE_SCHEMA }

const invalid = (reason: ImportFrontMatterInvalid["reason"], detail = "") =>
  Either.left(new ImportFrontMatterInvalid({ reason, detail }))

/** The first line of a message: parsers draw a picture of the place below it. */
const firstLine = (error: unknown): string => (error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : "")

const fieldsIn = (value: unknown): Read<Fields> => (isObject(value) ? Either.right(value) : invalid("not_a_map"))

/** Reads fields written in YAML. */
export const readYaml = (text: string): Read<Fields> => {
  try {
    return fieldsIn(load(text, options) ?? {})
  } catch (error) {
    return invalid("yaml", error instanceof YAMLException ? firstLine(error) : "it cannot be read")
  }
}

/** Dates as the texts that they are, for our own parser of dates. */
const withoutDates = (value: unknown): unknown => {
  if (value instanceof TomlDate) return value.toISOString()
  if (typeof value === "bigint") return Number(value)
  if (Array.isArray(value)) return value.map(withoutDates)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutDates(inner)]))
}

/** Reads fields written in TOML. */
export const readToml = (text: string): Read<Fields> => {
  try {
    return fieldsIn(withoutDates(parse(text)))
  } catch (error) {
    return invalid("toml", error instanceof TomlError ? `${firstLine(error)} (line ${error.line})` : firstLine(error))
  }
}

/** Reads fields written in JSON. */
export const readJson = (text: string): Read<Fields> => {
  try {
    return fieldsIn(JSON.parse(text))
  } catch (error) {
    return invalid("json", firstLine(error))
  }
}

const closingLine = {
  "---": /(?:^|\n)(?:---|\.\.\.)[ \t]*\r?(?:\n|$)/,
  "+++": /(?:^|\n)\+\+\+[ \t]*\r?(?:\n|$)/,
  ";;;": /(?:^|\n);;;[ \t]*\r?(?:\n|$)/
} as const

const fenced = { "---": readYaml, "+++": readToml, ";;;": readJson } as const

/** `---`, or `---toml` and its like, which name the language of what follows. */
const opening = /^(---|\+\+\+|;;;)[ \t]*(yaml|yml|toml|json)?[ \t]*\r?\n/i

const byLanguage = { yaml: readYaml, yml: readYaml, toml: readToml, json: readJson } as const

const isLanguage = (name: string | undefined): name is keyof typeof byLanguage =>
  name !== undefined && Object.hasOwn(byLanguage, name)

const isFence = (line: string | undefined): line is keyof typeof fenced =>
  line !== undefined && Object.hasOwn(fenced, line)

const unixLines = (text: string): string => text.replace(/\r\n?/g, "\n")

/** Where an object of JSON that a text begins with ends: behind its closing brace; `undefined` where it has no end. */
const endOfObject = (text: string): number | undefined => {
  let depth = 0
  let inText = false
  for (let place = 0; place < text.length; place += 1) {
    const character = text[place]
    if (inText) {
      if (character === "\\") place += 1
      else if (character === '"') inText = false
    } else if (character === '"') inText = true
    else if (character === "{") depth += 1
    else if (character === "}") {
      depth -= 1
      if (depth === 0) return place + 1
    }
  }
  return undefined
}

/** Hugo's third form: an object of JSON at the very beginning, ended by nothing but itself. */
const jsonObject = (content: string): Read<FrontMatter | undefined> => {
  // A text may begin with a brace, too: of template code, or of nothing.
  if (!/^\{\s*"/.test(content)) return Either.right(undefined)
  const end = endOfObject(content)
  if (end === undefined) return invalid("not_closed")
  return Either.map(readJson(content.slice(0, end)), (fields) => ({ fields, body: unixLines(content.slice(end)) }))
}

/**
 * Separates a text from its front matter: YAML between lines of `---`, TOML between lines of `+++`, JSON between lines of
 * `;;;` or as an object of its own; `undefined` where it has none. Byte order marks and the line ends of other systems make
 * no difference.
 */
export const readFrontMatter = (text: string): Read<FrontMatter | undefined> => {
  // As Hugo does: blank lines before it make no difference.
  const content = text.replace(
    /^\uFEFF?\s*(?=(?:---|\+\+\+|;;;)[^\S\n]*(?:yaml|yml|toml|json)?[^\S\n]*\n|\{)|^\uFEFF/i,
    ""
  )
  if (content.startsWith("{")) return jsonObject(content)
  const open = opening.exec(content)
  const fence = open?.[1]
  if (open === null || !isFence(fence)) return Either.right(undefined)
  const rest = content.slice(open[0].length)
  const close = closingLine[fence].exec(rest)
  if (close === null) return invalid("not_closed")
  const language = open[2]?.toLowerCase()
  const read = isLanguage(language) ? byLanguage[language] : fenced[fence]
  return Either.map(read(rest.slice(0, close.index)), (fields) => ({
    fields,
    body: unixLines(rest.slice(close.index + close[0].length))
  }))
}
