import { Config, ConfigError, Either, Option } from "effect"
import { constant } from "effect/Function"
import { secretMasked } from "./Masking.js"
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

/** Unit of a number. MB is 10⁶ bytes, MiB 2²⁰ bytes. */
type Unit = "seconds" | "milliseconds" | "MB" | "MiB"

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
  readonly unit?: Unit
  readonly example: string
  /** What production asks beyond development. */
  readonly production?: string
  readonly syntax: Syntax<A>
  /** Secrets are never shown, only their length, or what `shown` leaves of them. */
  readonly secret?: boolean
  readonly shown?: (value: NoInfer<A>) => string
}

/** Facts of the machine that defaults depend on. */
export interface Machine {
  /** Processor cores that this process may use. */
  readonly cores: number
  /** The name of the database in a data directory if the settings give none; `starpunk.db` when absent. */
  readonly databaseName?: (dataPath: string) => string
}

/** The values that other settings' defaults depend on. */
export interface Basis {
  readonly environment: "development" | "production"
  readonly port: number
  readonly dataPath: string
  readonly machine: Machine
}

/** One setting: all that reading, reporting and documentation need to know of it. `A` is what it is decoded into. */
export interface Setting<A> {
  readonly name: string
  readonly aliases: ReadonlyArray<string>
  readonly sharedAliases: ReadonlyArray<string>
  readonly group: Group
  readonly description: string
  readonly unit: Option.Option<Unit>
  readonly example: string
  readonly production: Option.Option<string>
  readonly secret: boolean
  readonly expected: string
  /** What holds when it is not given, in words or as a value. */
  readonly fallback: string
  /** Reads it under its full name; a wrong value is `InvalidData` whose message is the suggestion. */
  readonly config: Config.Config<(basis: Basis) => A>
  /** The value if the setting is not given. */
  readonly initial: (basis: Basis) => A
  readonly accepts: (text: string) => boolean
  /** The value as a user would write it; empty if there is none. Plain text even for secrets. */
  readonly write: (value: A) => string
  /** The value as a report shows it, without secrets; empty if there is none. */
  readonly show: (value: A) => string
}

/** The parts of a setting that do not depend on its type. */
export type AnySetting = Omit<Setting<unknown>, "write" | "show">

const decoded = <A>(name: string, syntax: Syntax<A>): Config.Config<A> =>
  Config.string(name).pipe(
    Config.mapOrFail((text) =>
      Either.mapLeft(syntax.read(text), (suggestion) => ConfigError.InvalidData([], suggestion))
    )
  )

const showing = <A>({ secret, shown, syntax }: About<A>): ((value: A) => string) =>
  shown ?? (secret === true ? (value) => secretMasked(syntax.write(value)) : syntax.write)

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

/** A setting with a fixed default. */
export const setting = <A>(about: About<A> & { readonly default: NoInfer<A> }): Setting<A> => ({
  ...described(about),
  fallback: about.syntax.write(about.default),
  initial: constant(about.default),
  config: Config.map(Config.withDefault(decoded(about.name, about.syntax), about.default), constant),
  write: about.syntax.write,
  show: showing(about)
})

/** A setting that may be absent; `absent` describes that case. */
export const optionalSetting = <A>(about: About<A> & { readonly absent: string }): Setting<Option.Option<A>> => ({
  ...described(about),
  fallback: about.absent,
  initial: Option.none,
  config: Config.map(Config.option(decoded(about.name, about.syntax)), constant),
  write: Option.match({ onNone: () => "", onSome: about.syntax.write }),
  show: Option.match({ onNone: () => "", onSome: showing(about) })
})

/** A setting whose value depends on others; `absent` describes the default. */
export const derivedSetting = <A, B extends A>(
  about: About<A> & {
    readonly absent: string
    readonly derive: (given: Option.Option<NoInfer<A>>, basis: Basis) => B
  }
): Setting<B> => ({
  ...described(about),
  fallback: about.absent,
  initial: (basis) => about.derive(Option.none(), basis),
  config: Config.map(
    Config.option(decoded(about.name, about.syntax)),
    (given) => (basis: Basis) => about.derive(given, basis)
  ),
  write: about.syntax.write,
  show: showing(about)
})
