import type { ErrorInfo } from "../ErrorInfo.js"
import type { Failure } from "../Failure.js"

/** The texts of one kind of failure. */
export interface Entry<F extends Failure> {
  /** An example, for `starpunk explain`, the documentation, the pages under `/errors/` and the tests. */
  readonly example: F
  /** A method, so that entries of different tags fit into one table: the caller looks it up by the failure's tag. */
  explain(failure: F): ErrorInfo
}

/** One entry for every tag of the union: a failure without texts does not compile. */
export type Entries<F extends Failure> = {
  readonly [Tag in F["_tag"]]: Entry<Extract<F, { readonly _tag: Tag }>>
}

/** Shortens text from outside before it becomes part of a sentence. */
export const brief = (text: string, most = 80): string => (text.length > most ? `${text.slice(0, most - 3)}...` : text)

/** Joins a list for a sentence: `a`, `a or b`, `a, b or c`. */
export const anyOf = (things: ReadonlyArray<string>): string => {
  const last = things.at(-1)
  if (last === undefined) return "nothing"
  return things.length === 1 ? last : `${things.slice(0, -1).join(", ")} or ${last}`
}

/** A size in whole KiB or MiB. */
export const inUnits = (bytes: number): string =>
  bytes >= 1_048_576 ? `${Math.floor(bytes / 1_048_576)} MiB` : `${Math.floor(bytes / 1024)} KiB`

/** A duration, such as `30 seconds` or `4 minutes`. */
export const inWords = (seconds: number): string => {
  if (seconds < 90) return seconds === 1 ? "a second" : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
