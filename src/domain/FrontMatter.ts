import { Either } from "effect"
import { CORE_SCHEMA, load, YAMLException } from "js-yaml"
import { ImportFrontMatterInvalid } from "../errors/failure/Portability.js"
import { isObject } from "./Microformats.js"

/** What stands before a text, and the text. */
export interface FrontMatter {
  readonly fields: { readonly [name: string]: unknown }
  /** Everything after the closing line, its line ends as `\n`. */
  readonly body: string
}

/**
 * YAML 1.2 without types of its own: dates stay the texts that they are, and nothing is merged or run. A knot of aliases
 * costs nothing, since they are references in memory, and whoever walks over the value has a bound of its own.
 */
const options = { schema: CORE_SCHEMA }

const invalid = (reason: ImportFrontMatterInvalid["reason"], detail = "") =>
  Either.left(new ImportFrontMatterInvalid({ reason, detail }))

const opening = /^---[ \t]*\r?\n/
const closing = /(?:^|\n)(?:---|\.\.\.)[ \t]*\r?(?:\n|$)/

/**
 * Separates a text from its YAML front matter, which stands between two lines of `---`; `undefined` where it has none.
 * Byte order marks and the line ends of other systems make no difference.
 */
export const readFrontMatter = (text: string): Either.Either<FrontMatter | undefined, ImportFrontMatterInvalid> => {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text
  if (/^\+\+\+[ \t]*\r?\n/.test(content)) return invalid("toml")
  const open = opening.exec(content)
  if (open === null) return Either.right(undefined)
  const rest = content.slice(open[0].length)
  const close = closing.exec(rest)
  if (close === null) return invalid("not_closed")
  const body = rest.slice(close.index + close[0].length).replace(/\r\n?/g, "\n")
  try {
    const fields = load(rest.slice(0, close.index), options) ?? {}
    return isObject(fields) ? Either.right({ fields, body }) : invalid("not_a_map")
  } catch (error) {
    if (error instanceof YAMLException) return invalid("yaml", error.message.split("\n", 1).join())
    return invalid("yaml", error instanceof Error ? error.message : "")
  }
}
