import { Either } from "effect"
import { CORE_SCHEMA, load, YAMLException } from "js-yaml"
import { parse, TomlDate, TomlError } from "smol-toml"
import { ImportFrontMatterInvalid } from "../../errors/ImportEntry.js"
import { isObject } from "../posts/Microformats.js"

/** The front matter of a text, and its body. */
export interface FrontMatter {
  readonly fields: { readonly [name: string]: unknown }
  /**
   * Everything after the front matter, with `
   * ` as line end.
   */
  readonly body: string
}

type Read<A> = Either.Either<A, ImportFrontMatterInvalid>
type Fields = FrontMatter["fields"]

/**
 * YAML 1.2 core schema: dates stay texts, and there are no merge keys or custom types. Aliases are references in
 * memory, so many of them cost nothing; code that walks the value has its own bound.
 */
const options = { schema: CORE_SCHEMA }

const invalid = (reason: ImportFrontMatterInvalid["reason"], detail = "") =>
  Either.left(new ImportFrontMatterInvalid({ reason, detail }))

/** The first line of a message; parsers append a picture of the place. */
const firstLine = (error: unknown): string => (error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : "")

const fieldsIn = (value: unknown): Read<Fields> => (isObject(value) ? Either.right(value) : invalid("not_a_map"))

export const readYaml = (text: string): Read<Fields> => {
  try {
    return fieldsIn(load(text, options) ?? {})
  } catch (error) {
    return invalid("yaml", error instanceof YAMLException ? firstLine(error) : "it cannot be read")
  }
}

/** Converts dates to texts, for `readArchiveDate`. */
const withoutDates = (value: unknown): unknown => {
  if (value instanceof TomlDate) return value.toISOString()
  if (typeof value === "bigint") return Number(value)
  if (Array.isArray(value)) return value.map(withoutDates)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutDates(inner)]))
}

export const readToml = (text: string): Read<Fields> => {
  try {
    return fieldsIn(withoutDates(parse(text)))
  } catch (error) {
    return invalid("toml", error instanceof TomlError ? `${firstLine(error)} (line ${error.line})` : firstLine(error))
  }
}

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

/** `---`, or `---toml` and similar, which name the language of the fields. */
const opening = /^(---|\+\+\+|;;;)[ \t]*(yaml|yml|toml|json)?[ \t]*\r?\n/i

const byLanguage = { yaml: readYaml, yml: readYaml, toml: readToml, json: readJson } as const

const isLanguage = (name: string | undefined): name is keyof typeof byLanguage =>
  name !== undefined && Object.hasOwn(byLanguage, name)

const isFence = (line: string | undefined): line is keyof typeof fenced =>
  line !== undefined && Object.hasOwn(fenced, line)

const unixLines = (text: string): string => (text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text)

/** The end of a JSON object at the beginning of a text, after its closing brace; `undefined` if it is not closed. */
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

/** Hugo's third form: a JSON object at the very beginning, without delimiters. */
const jsonObject = (content: string): Read<FrontMatter | undefined> => {
  // A body, too, may begin with a brace, of template code for example.
  if (!/^\{\s*"/.test(content)) return Either.right(undefined)
  const end = endOfObject(content)
  if (end === undefined) return invalid("not_closed")
  return Either.map(readJson(content.slice(0, end)), (fields) => ({ fields, body: unixLines(content.slice(end)) }))
}

/**
 * Separates a text from its front matter: YAML between lines of `---`, TOML between lines of `+++`, JSON between lines
 * of `;;;` or as a bare object; `undefined` if it has none. Accepts byte order marks and all line ends.
 */
export const readFrontMatter = (text: string): Read<FrontMatter | undefined> => {
  // Hugo ignores blank lines before front matter.
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
