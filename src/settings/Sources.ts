import type { ConfigurationProblem } from "../errors/Startup.js"

/** One thing wrong with the configuration. */
export type Problem = typeof ConfigurationProblem.Type

/** Something that does not keep the server from starting, but that its owner would want to know. */
export interface Warning {
  /** The setting's name, or the name that was found. */
  readonly name: string
  readonly source: string
  /** What is odd about it. Never holds a secret. */
  readonly message: string
  readonly suggestion: string
}

/** State of a file that a `_FILE` variable names. */
export type NamedFile =
  | { readonly _tag: "Text"; readonly text: string; readonly worldReadable: boolean }
  | {
      readonly _tag: "Unreadable"
      readonly reason: "missing" | "not_permitted" | "not_a_file" | "not_text" | "too_large"
    }

/** Variables from one place. */
export interface Variables {
  /** `environment` or `.env`. */
  readonly source: string
  readonly values: Readonly<Record<string, string | undefined>>
  /** Whether they come from a file that every user of this machine may read. */
  readonly worldReadable?: boolean
}

/** Everything a configuration is made of, already read. */
export interface Sources {
  /** The strongest first. */
  readonly variables: ReadonlyArray<Variables>
  /** The contents of the files that `_FILE` variables name, by the path as it was given. */
  readonly files: ReadonlyMap<string, NamedFile>
  /** What was wrong with the places themselves, such as an unreadable `.env`. */
  readonly problems: ReadonlyArray<Problem>
  /** What was odd about them, such as a name that stands there twice. */
  readonly warnings?: ReadonlyArray<Warning>
}
