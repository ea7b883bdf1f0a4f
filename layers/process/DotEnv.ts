import { readFile, stat } from "node:fs/promises"
import { Effect } from "effect"
import type { Problem, Variables, Warning } from "../../src/settings/Sources.js"
import { codeOf } from "../files/ErrorCode.js"

/** Contents of a `.env` file, with its errors and warnings. */
export interface DotEnv {
  readonly variables: Variables
  readonly problems: ReadonlyArray<Problem>
  readonly warnings: ReadonlyArray<Warning>
}

const source = ".env"

const blank = /[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/y

const name = /[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=/y

/** A quoted value, possibly over several lines; `\"` is a quotation mark inside double quotes. */
const quotedValue = /[ \t]*(?:"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|`([^`]*)`)[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/y

/** An unquoted value: to the end of the line, or to a comment, which begins with `#` after white space. */
const plainValue = /((?:(?![ \t]#)[^\n])*)(?:[ \t]#[^\n]*)?(?:\n|$)/y

const at = (pattern: RegExp, text: string, position: number): RegExpExecArray | null => {
  pattern.lastIndex = position
  return pattern.exec(text)
}

interface Assignment {
  readonly name: string
  readonly value: string
  readonly end: number
  /** Whether earlier versions read the value only up to a `#`. */
  readonly hasInnerHash: boolean
}

const unescaped = (text: string): string => text.replace(/\\(["n])/g, (_, escaped) => (escaped === "n" ? "\n" : '"'))

const readAssignment = (text: string, start: number): Assignment | undefined => {
  const named = at(name, text, start)
  if (named?.[1] === undefined) return undefined
  const quoted = at(quotedValue, text, name.lastIndex)
  if (quoted !== null) {
    const [, double, single, back] = quoted
    const value = double === undefined ? (single ?? back ?? "") : unescaped(double)
    return { name: named[1], value, end: quotedValue.lastIndex, hasInnerHash: false }
  }
  const plain = at(plainValue, text, name.lastIndex)
  const value = plain?.[1]?.trim() ?? ""
  // An opening quotation mark that is not closed.
  if (plain === null || /^["'`]/.test(value)) return undefined
  return { name: named[1], value, end: plainValue.lastIndex, hasInnerHash: value.includes("#") }
}

const notAnAssignment = (line: number): Problem => ({
  name: source,
  expected: "lines of the form NAME=value",
  // The line itself may contain a secret.
  given: `something else in line ${line}`,
  source,
  suggestion: `Correct line ${line} of .env: check for a missing \`=\` or an unclosed quotation mark`
})

const innerHash = (name: string): Warning => ({
  name,
  source,
  message: "The value contains a `#`. StarPunk 2.0.0-alpha.1 before November 2026 ended the value there",
  suggestion: `Put the value in quotes if the \`#\` belongs to it, or put a space before the \`#\` if a comment begins there`
})

const repeated = (name: string): Warning => ({
  name,
  source,
  message: "The name occurs more than once in .env; the last one counts",
  suggestion: "Remove the others"
})

/**
 * Parses the text of a `.env` file: `NAME=value` lines, with or without `export`, quoted values over several lines, and
 * comments, which begin with `#` at the beginning of a line, after white space or after a closing quote. Other lines
 * are errors.
 */
export const parseDotEnv = (text: string): DotEnv => {
  const content = text.replace(/^\uFEFF/, "")
  const values = new Map<string, string>()
  const problems: Array<Problem> = []
  const warnings: Array<Warning> = []
  let position = 0
  let line = 1
  while (position < content.length) {
    const start = position
    const assignment = readAssignment(content, start)
    if (assignment !== undefined) {
      if (values.has(assignment.name)) warnings.push(repeated(assignment.name))
      if (assignment.hasInnerHash) warnings.push(innerHash(assignment.name))
      values.set(assignment.name, assignment.value)
      position = assignment.end
    } else if (at(blank, content, start) !== null) position = blank.lastIndex
    else {
      const newline = content.indexOf("\n", start)
      position = newline < 0 ? content.length : newline + 1
      problems.push(notAnAssignment(line))
    }
    line += content.slice(start, position).split("\n").length - 1
  }
  return { variables: { source, values: Object.fromEntries(values) }, problems, warnings }
}

const empty: DotEnv = { variables: { source, values: {} }, problems: [], warnings: [] }

const unreadable = (suggestion: string): DotEnv => ({
  ...empty,
  problems: [{ name: source, expected: "a readable text file", source, suggestion }]
})

const reasons: Readonly<Record<string, string>> = {
  EACCES: "Check the owner and mode of .env: the server's user must be able to read it",
  EPERM: "Check the owner and mode of .env: the server's user must be able to read it",
  EISDIR: "Replace the directory .env by a file, or remove it"
}

const onFailure = (cause: unknown): DotEnv => {
  const code = codeOf(cause)
  if (code === "ENOENT") return empty
  if (cause instanceof TypeError) return unreadable("Save .env as UTF-8 text")
  return unreadable(reasons[code] ?? "Make .env readable, or remove it")
}

/** Reads the `.env` file at `path`; a missing one is empty. Never fails: errors are among the problems. */
export const readDotEnv = (path: string): Effect.Effect<DotEnv> =>
  Effect.tryPromise(async () => ({ bytes: await readFile(path), mode: (await stat(path)).mode })).pipe(
    Effect.flatMap(({ bytes, mode }) =>
      Effect.try(() => {
        const read = parseDotEnv(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
        return { ...read, variables: { ...read.variables, worldReadable: (mode & 0o004) !== 0 } }
      })
    ),
    Effect.catchTag("UnknownException", ({ cause }) => Effect.succeed(onFailure(cause)))
  )
