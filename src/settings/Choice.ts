import { Array as Arr, Either, Option } from "effect"
import { secretMasked, shown } from "./Masking.js"
import type { AnySetting } from "./Setting.js"
import type { NamedFile, Problem, Sources, Variables, Warning } from "./Sources.js"

/** The text that was chosen for a setting, and where it came from. */
export interface Chosen {
  readonly text: string
  /** `environment`, `.env`, or a file's path; with the alias where one was used. */
  readonly source: string
}

/** Value of one setting in each source. */
export interface Choice {
  readonly chosen: Option.Option<Chosen>
  readonly problems: ReadonlyArray<Problem>
  readonly warnings: ReadonlyArray<Warning>
}

/** A variable that speaks for the setting, and the text it leads to. */
interface Candidate extends Chosen {
  readonly variable: string
}

const unreadable = {
  missing: "Create the file or correct the path: the file does not exist",
  not_permitted: "Check the owner and mode of the file: the server's user must be able to read it",
  not_a_file: "Use a regular file",
  not_text: "Use a file of UTF-8 text",
  too_large: "Check that it is the right file: it is larger than 64 kB"
} as const satisfies Record<Extract<NamedFile, { _tag: "Unreadable" }>["reason"], string>

/** All names under which a setting may be given directly. */
export const namesOf = (setting: AnySetting): ReadonlyArray<string> => [
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

const direct = (variables: Variables, variable: string, setting: AnySetting): Option.Option<Candidate> =>
  Option.map(given(variables, variable), (text) => ({
    variable,
    source: variable === setting.name ? variables.source : `${variables.source}, as ${variable}`,
    text
  }))

/** What a `_FILE` variable leads to: a candidate, or what is wrong with it. */
const fromFile = (
  file: NamedFile,
  variable: string,
  path: string,
  source: string
): Either.Either<Candidate, Omit<Problem, "name">> => {
  if (file._tag === "Unreadable") {
    return Either.left({
      expected: `a readable file in ${variable}`,
      given: path,
      source,
      suggestion: unreadable[file.reason]
    })
  }
  // Editors and `echo` end a file with a newline that is not part of the value.
  const text = file.text.replace(/\r?\n$/, "")
  return text === ""
    ? Either.left({
        expected: `a file with a value in ${variable}`,
        given: "an empty file",
        source: path,
        suggestion: "Write the value into the file"
      })
    : Either.right({ variable, source: path, text })
}

/** All candidates of one source must lead to the same text, and a value and a file for it are one too many. */
const conflicts = (candidates: ReadonlyArray<Candidate>, source: string): ReadonlyArray<Omit<Problem, "name">> => {
  const [first, ...others] = candidates
  if (first === undefined) return []
  return others.flatMap((other) => {
    const isFileOfFirst = other.variable === `${first.variable}_FILE`
    if (!isFileOfFirst && other.text === first.text) return []
    return [
      {
        expected: isFileOfFirst ? "the value itself or a file, not both" : "the same value under both names",
        given: `${first.variable} and ${other.variable}`,
        source,
        suggestion: "Remove one of the two"
      }
    ]
  })
}

const chooseWithin = (setting: AnySetting, { files }: Sources, variables: Variables): Choice => {
  const candidates: Array<Candidate> = []
  const problems: Array<Omit<Problem, "name">> = []
  const warnings: Array<Warning> = []

  for (const name of [setting.name, ...setting.aliases]) {
    const written = direct(variables, name, setting)
    candidates.push(...Option.toArray(written))
    if (setting.secret && variables.worldReadable === true && Option.isSome(written)) {
      warnings.push({
        name: setting.name,
        source: written.value.source,
        message: "Every user of this machine can read the secret",
        suggestion: `chmod 600 ${variables.source}`
      })
    }
    const variable = `${name}_FILE`
    const path = given(variables, variable)
    if (Option.isNone(path)) continue
    // A secret may have been put where the path of its file belongs.
    const pathShown = setting.secret && !looksLikePath.test(path.value) ? secretMasked(path.value) : shown(path.value)
    const file = files.get(path.value) ?? { _tag: "Unreadable", reason: "missing" }
    Either.match(fromFile(file, variable, pathShown, variables.source), {
      onLeft: (problem) => problems.push(problem),
      onRight: (candidate) => candidates.push(candidate)
    })
    if (setting.secret && file._tag === "Text" && file.worldReadable) {
      warnings.push({
        name: setting.name,
        source: pathShown,
        message: "Every user of this machine can read the secret",
        suggestion: `chmod 600 ${pathShown}`
      })
    }
  }
  const others = setting.sharedAliases.flatMap((name) => Option.toArray(direct(variables, name, setting)))
  const shared = others.filter(({ text }) => setting.accepts(text))
  for (const { text, variable } of others) {
    // A value that is not a word, such as the path that shells put in `ENV`, is meant for another program.
    if (setting.accepts(text) || !/^[\w.-]+$/.test(text)) continue
    if (variables.source === ".env") {
      problems.push({
        expected: `${setting.expected}, also as ${variable}`,
        given: shown(text),
        source: `${variables.source}, as ${variable}`,
        suggestion: `Write ${setting.name}=${setting.example} or another valid value`
      })
    } else {
      warnings.push({
        name: variable,
        source: variables.source,
        message: `Ignored: the value is not valid for ${setting.name}`,
        suggestion: `To use it, write ${setting.name}=${setting.example}; ${setting.name} must be ${setting.expected}`
      })
    }
  }

  return {
    chosen: Arr.head([...candidates, ...shared]),
    problems: [...problems, ...conflicts(candidates, variables.source)].map((problem) => ({
      name: setting.name,
      ...problem
    })),
    warnings
  }
}

/** Finds a setting's text: the strongest source wins, and within one source all names must agree. */
export const choose = (setting: AnySetting, sources: Sources): Choice => {
  const choices = sources.variables.map((variables) => chooseWithin(setting, sources, variables))
  return {
    chosen: Option.firstSomeOf(choices.map((choice) => choice.chosen)),
    problems: choices.flatMap((choice) => choice.problems),
    warnings: choices.flatMap((choice) => choice.warnings)
  }
}
