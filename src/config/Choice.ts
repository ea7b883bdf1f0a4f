import { Array as Arr, Option } from "effect"
import type { Setting } from "./Setting.js"
import {
  type NamedFile,
  type Problem,
  type Sources,
  secretShown,
  shown,
  type Variables,
  type Warning
} from "./Sources.js"

/** The text that was chosen for a setting, and where it came from. */
export interface Chosen {
  readonly text: string
  /** `environment`, `.env`, or a file's path; with the alias where one was used. */
  readonly source: string
}

/** What the sources say of one setting. */
export interface Choice {
  readonly chosen: Option.Option<Chosen>
  readonly problems: ReadonlyArray<Problem>
  readonly warnings: ReadonlyArray<Warning>
}

/** A variable that speaks for the setting, and the text it leads to. */
interface Candidate {
  readonly variable: string
  readonly source: string
  readonly text: string
}

const unreadable = {
  missing: "There is no such file",
  not_permitted: "The server's user may not read the file: look at its owner and mode",
  not_a_file: "This is not a regular file",
  not_text: "The file is not UTF-8 text",
  too_large: "The file is larger than 64 kB: is it the right one?"
} as const satisfies Record<Extract<NamedFile, { _tag: "Unreadable" }>["reason"], string>

/** All names under which a setting may be given directly. */
export const namesOf = (setting: Setting<unknown>): ReadonlyArray<string> => [
  setting.name,
  ...setting.aliases,
  ...setting.sharedAliases
]

const looksLikePath = /^(?:\.{0,2}\/|[A-Za-z]:[\\/]|~\/)/

/** Empty variables count as not given, as compose files pass them on. */
const given = (variables: Variables, name: string): Option.Option<string> => {
  const value = variables.values[name]?.trim()
  return value === undefined || value === "" ? Option.none() : Option.some(value)
}

const chooseWithin = (setting: Setting<unknown>, sources: Sources, variables: Variables): Choice => {
  const candidates: Array<Candidate> = []
  const problems: Array<Problem> = []
  const warnings: Array<Warning> = []
  const problem = (expected: string, given: string, source: string, suggestion: string) =>
    problems.push({ name: setting.name, expected, given, source, suggestion })

  for (const name of namesOf(setting)) {
    const direct = given(variables, name)
    const variable = `${name}_FILE`
    const path = given(variables, variable)
    if (Option.isSome(direct) && (!setting.sharedAliases.includes(name) || setting.accepts(direct.value))) {
      const source = name === setting.name ? variables.source : `${variables.source}, as ${name}`
      candidates.push({ variable: name, source, text: direct.value })
    }
    if (Option.isNone(path) || setting.sharedAliases.includes(name)) continue
    const pathShown = setting.secret && !looksLikePath.test(path.value) ? secretShown(path.value) : shown(path.value)
    const file = sources.files.get(path.value) ?? ({ _tag: "Unreadable", reason: "missing" } as const)
    if (file._tag === "Unreadable") {
      problem(`a readable file in ${variable}`, pathShown, variables.source, unreadable[file.reason])
      continue
    }
    // Editors and `echo` end a file with a newline that is not part of the value.
    const text = file.text.replace(/\r?\n$/, "")
    if (text === "") {
      problem(`a file with a value in ${variable}`, "an empty file", pathShown, "Write the value into the file")
      continue
    }
    if (setting.secret && file.worldReadable) {
      warnings.push({
        name: setting.name,
        source: pathShown,
        message: "Everybody on this machine can read the secret",
        suggestion: `chmod 600 ${pathShown}`
      })
    }
    candidates.push({ variable, source: pathShown, text })
  }

  const first = Arr.head(candidates)
  if (Option.isSome(first)) {
    const { text, variable } = first.value
    for (const other of candidates.slice(1)) {
      const isFilePair = other.variable === `${variable}_FILE`
      if (!isFilePair && other.text === text) continue
      problem(
        isFilePair ? "the value itself or a file, not both" : "the same value under both names",
        `${variable} and ${other.variable}`,
        variables.source,
        "Remove one of the two"
      )
    }
  }
  return { chosen: Option.map(first, ({ source, text }) => ({ source, text })), problems, warnings }
}

/** Finds a setting's text: the strongest source wins, and within one source all names must agree. */
export const choose = (setting: Setting<unknown>, sources: Sources): Choice => {
  const choices = sources.variables.map((variables) => chooseWithin(setting, sources, variables))
  return {
    chosen: Option.firstSomeOf(choices.map((choice) => choice.chosen)),
    problems: choices.flatMap((choice) => choice.problems),
    warnings: choices.flatMap((choice) => choice.warnings)
  }
}
