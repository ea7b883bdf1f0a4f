import { readFile } from "node:fs/promises"
import { parseEnv } from "node:util"
import { Effect } from "effect"
import type { Problem, Variables } from "../../src/config/Sources.js"

/** What a `.env` file holds, and what is wrong with it. */
export interface DotEnv {
  readonly variables: Variables
  readonly problems: ReadonlyArray<Problem>
}

const source = ".env"

const blank = /[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/y

const assignment =
  /[ \t]*(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*=[ \t]*(?:(?:"[^"]*"|'[^']*'|`[^`]*`)[ \t]*(?:#[^\n]*)?|[^\s"'`][^\n]*)?\r?(?:\n|$)/y

/**
 * Reads the text of a `.env` file: `NAME=value` lines, values in quotes over several lines, comments. Lines that are
 * neither are problems (Node's own parser would glue them to the next name, or stop there without a word).
 */
export const parseDotEnv = (text: string): DotEnv => {
  const content = text.replace(/^\uFEFF/, "")
  const problems: Array<Problem> = []
  let wellFormed = ""
  let position = 0
  let line = 1
  while (position < content.length) {
    const start = position
    const statement = [blank, assignment].find((pattern) => {
      pattern.lastIndex = start
      return pattern.test(content)
    })
    if (statement === undefined) {
      const newline = content.indexOf("\n", start)
      position = newline < 0 ? content.length : newline + 1
      problems.push({
        name: source,
        expected: "lines of the form NAME=value",
        // The line itself may hold a secret.
        given: `something else in line ${line}`,
        source,
        suggestion: `Look at line ${line} of .env: is the \`=\` missing, or a quotation mark not closed?`
      })
    } else {
      position = statement.lastIndex
      wellFormed += content.slice(start, position)
    }
    line += content.slice(start, position).split("\n").length - 1
  }
  return { variables: { source, values: parseEnv(wellFormed) }, problems }
}

const empty: DotEnv = { variables: { source, values: {} }, problems: [] }

const unreadable = (suggestion: string): DotEnv => ({
  ...empty,
  problems: [{ name: source, expected: "a readable text file", source, suggestion }]
})

const reasons: Readonly<Record<string, string>> = {
  EACCES: "The server's user may not read .env: look at its owner and mode",
  EPERM: "The server's user may not read .env: look at its owner and mode",
  EISDIR: "Replace the directory .env by a file, or remove it"
}

const onFailure = (cause: unknown): DotEnv => {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : ""
  if (code === "ENOENT") return empty
  if (cause instanceof TypeError) return unreadable("Save .env as UTF-8 text")
  return unreadable(reasons[code] ?? "Look whether .env can be read, or remove it")
}

/** Reads the `.env` file at `path`; a missing one is an empty one. Never fails: what is wrong is among the problems. */
export const readDotEnv = (path: string): Effect.Effect<DotEnv> =>
  Effect.tryPromise(() => readFile(path)).pipe(
    Effect.flatMap((bytes) => Effect.try(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes))),
    Effect.map(parseDotEnv),
    Effect.catchTag("UnknownException", ({ cause }) => Effect.succeed(onFailure(cause)))
  )
