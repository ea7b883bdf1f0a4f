import { ConfigError, ConfigProvider, Effect, Either, Option } from "effect"
import { ConfigurationInvalid } from "../errors/Startup.js"
import { type Chosen, choose, namesOf } from "./Choice.js"
import type { SettingsReport, SettingsValues } from "./Config.js"
import { masked, secretMasked, shown } from "./Masking.js"
import { musts, shoulds } from "./Rules.js"
import type { Machine } from "./Setting.js"
import type { Problem, Sources, Warning } from "./Sources.js"
import { settingsConfig, table } from "./Table.js"
import { unknownVariables } from "./UnknownVariables.js"

const settingNames: ReadonlySet<string> = new Set(table.flatMap(namesOf))

/** Whether a variable of this name, or one that names a file, is for a setting: others are for other programs. */
const isSetting = (name: string): boolean => settingNames.has(name.replace(/_FILE$/, ""))

/** The settings in effect, and what is to be said of them. */
export interface Resolved {
  readonly values: SettingsValues
  readonly report: typeof SettingsReport.Service
}

type Texts = ReadonlyMap<string, Chosen>

const decode = (texts: Texts, machine: Machine) => {
  const provider = ConfigProvider.fromMap(new Map([...texts].map(([name, { text }]) => [name, text])))
  return Effect.either(provider.load(settingsConfig(machine)))
}

/** The names of the settings that cannot be read, each with what to write instead. */
type Suggestions = ReadonlyMap<string, string>

const alone = (_: undefined, path: ReadonlyArray<string>, message: string): Suggestions =>
  new Map([[path.join("."), message]])

const together = (_: undefined, left: Suggestions, right: Suggestions): Suggestions => new Map([...left, ...right])

const suggestions: (error: ConfigError.ConfigError) => Suggestions = ConfigError.reduceWithContext(undefined, {
  andCase: together,
  orCase: together,
  invalidDataCase: alone,
  missingDataCase: alone,
  sourceUnavailableCase: alone,
  unsupportedCase: alone
})

const sourceOf = (texts: Texts, name: string): string => texts.get(name)?.source ?? "default"

const syntaxProblems = (texts: Texts, wrong: Suggestions): ReadonlyArray<Problem> =>
  table.flatMap(({ expected, name, secret }) => {
    const suggestion = wrong.get(name)
    if (suggestion === undefined) return []
    const text = texts.get(name)?.text ?? ""
    const given = secret ? secretMasked(text) : shown(text)
    return [{ name, expected, given, source: sourceOf(texts, name), suggestion: masked(suggestion) }]
  })

const ruleProblems = (values: SettingsValues, texts: Texts, wrong: Suggestions): ReadonlyArray<Problem> =>
  musts.flatMap(({ broken, expected, settings, suggestion }) => {
    if (settings.some((name) => wrong.has(name)) || !broken(values, (name) => texts.has(name))) return []
    const [name] = settings
    const text = texts.get(name)?.text
    const given = text === undefined ? {} : { given: shown(text) }
    return [{ name, expected, ...given, source: sourceOf(texts, name), suggestion }]
  })

const ruleWarnings = (values: SettingsValues, texts: Texts): ReadonlyArray<Warning> =>
  shoulds.flatMap(({ broken, message, settings, suggestion }) => {
    const [name] = settings
    return broken(values, (other) => texts.has(other))
      ? [{ name, source: sourceOf(texts, name), message, suggestion }]
      : []
  })

/**
 * Decodes the settings from everything that was given. Fails with every problem there is: names, values and files, and
 * then the rules between those settings that can be read.
 */
export const resolve = Effect.fn("Settings.resolve")(function* (sources: Sources, machine: Machine) {
  const choices = table.map((setting) => ({ setting, choice: choose(setting, sources) }))
  const others = sources.variables.map(unknownVariables)
  const texts: Texts = new Map(
    choices.flatMap(({ choice, setting }) =>
      Option.toArray(choice.chosen).map((chosen) => [setting.name, chosen] as const)
    )
  )

  const decoded = yield* decode(texts, machine)
  const wrong = Either.match(decoded, { onLeft: suggestions, onRight: () => new Map() })
  // Readable values are checked against the rules too, so that one report has all problems.
  const readable = Either.isRight(decoded)
    ? decoded
    : yield* decode(new Map([...texts].filter(([name]) => !wrong.has(name))), machine)

  const problems = [
    ...sources.problems,
    ...choices.flatMap(({ choice }) => choice.problems),
    ...syntaxProblems(texts, wrong),
    ...(Either.isRight(readable) ? ruleProblems(readable.right, texts, wrong) : []),
    ...others.flatMap((other) => other.problems)
  ]
  if (problems.length > 0 || Either.isLeft(readable)) return yield* new ConfigurationInvalid({ problems })

  const values = readable.right
  const report = {
    entries: table.map(({ name, show }) => ({ name, value: show(values), source: sourceOf(texts, name) })),
    warnings: [
      ...(sources.warnings ?? []).filter(({ name }) => isSetting(name)),
      ...choices.flatMap(({ choice }) => choice.warnings),
      ...ruleWarnings(values, texts),
      ...others.flatMap((other) => other.warnings)
    ]
  }
  return { values, report } satisfies Resolved
})
