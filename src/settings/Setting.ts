import { Config, ConfigError, Either, Option } from "effect"
import type { SettingsValues } from "./Config.js"
import type { Syntax } from "./Syntax.js"

/** Chapters of the documentation, in its order. */
export const groups = [
  "Site",
  "Server",
  "Data",
  "Backups",
  "Search",
  "Sessions",
  "Logging",
  "Health",
  "Telemetry"
] as const

/** A chapter of the documentation. */
export type Group = (typeof groups)[number]

/** What every setting says of itself. */
interface About<A> {
  /** The full name, with the prefix `STARPUNK_`. */
  readonly name: string
  /** Bare names under which the original StarPunk took the same setting. */
  readonly aliases?: ReadonlyArray<string>
  /**
   * Bare names that other programs use as well (`ENV` is the start-up file of POSIX shells): taken when their value is
   * well-formed, passed over when it is not.
   */
  readonly sharedAliases?: ReadonlyArray<string>
  readonly group: Group
  readonly description: string
  readonly unit?: "seconds" | "milliseconds" | "MB"
  readonly example: string
  /** What production asks beyond development. */
  readonly production?: string
  readonly syntax: Syntax<A>
  /** Secrets are never shown, only their length. */
  readonly secret?: boolean
}

/** One setting: all that reading, reporting and documentation need to know of it. `A` is what it is decoded into. */
export interface Setting<A> {
  readonly name: string
  readonly aliases: ReadonlyArray<string>
  readonly sharedAliases: ReadonlyArray<string>
  readonly group: Group
  readonly description: string
  readonly unit: Option.Option<"seconds" | "milliseconds" | "MB">
  readonly example: string
  readonly production: Option.Option<string>
  readonly secret: boolean
  readonly expected: string
  /** What holds when it is not given, in words or as a value. */
  readonly fallback: string
  /** Reads it under its full name; a wrong value is `InvalidData` whose message is the suggestion. */
  readonly config: Config.Config<A>
  readonly accepts: (text: string) => boolean
  /** The value in effect as it would be written; empty when there is none. Plain text even for secrets. */
  readonly write: (values: SettingsValues) => string
}

const decoded = <A>(name: string, syntax: Syntax<A>): Config.Config<A> =>
  Config.string(name).pipe(
    Config.mapOrFail((text) =>
      Either.mapLeft(syntax.read(text), (suggestion) => ConfigError.InvalidData([], suggestion))
    )
  )

const described = <A>(about: About<A>) => ({
  name: about.name,
  aliases: about.aliases ?? [],
  sharedAliases: about.sharedAliases ?? [],
  group: about.group,
  description: about.description,
  unit: Option.fromNullable(about.unit),
  example: about.example,
  production: Option.fromNullable(about.production),
  secret: about.secret ?? false,
  expected: about.syntax.expected,
  accepts: (text: string) => Either.isRight(about.syntax.read(text))
})

/** A setting with a fixed default. `of` finds its value among all. */
export const setting = <A>(
  about: About<A> & { readonly default: NoInfer<A>; readonly of: (values: SettingsValues) => NoInfer<A> }
): Setting<A> => ({
  ...described(about),
  fallback: about.syntax.write(about.default),
  config: Config.withDefault(decoded(about.name, about.syntax), about.default),
  write: (values) => about.syntax.write(about.of(values))
})

/** A setting that may be absent, or whose default depends on others; `absent` says in words what holds then. */
export const optionalSetting = <A>(
  about: About<A> & { readonly absent: string; readonly of: (values: SettingsValues) => Option.Option<NoInfer<A>> }
): Setting<Option.Option<A>> => ({
  ...described(about),
  fallback: about.absent,
  config: Config.option(decoded(about.name, about.syntax)),
  write: (values) => Option.match(about.of(values), { onNone: () => "", onSome: about.syntax.write })
})
