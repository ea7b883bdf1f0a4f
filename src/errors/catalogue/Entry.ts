import type { ErrorInfo } from "../ErrorInfo.js"
import type { Failure } from "../Failure.js"

/** How one kind of failure is told to people. */
export interface Entry<F extends Failure> {
  /** A failure as it may happen, for `starpunk explain`, the documentation, the pages under `/errors/` and the tests. */
  readonly example: F
  /** A method, so that an entry for one tag may stand in a table for all: whoever looks up by a failure's own tag hands it the right one. */
  explain(failure: F): ErrorInfo
}

/** One entry for every tag of the union: a failure without its words does not compile. */
export type Entries<F extends Failure> = {
  readonly [Tag in F["_tag"]]: Entry<Extract<F, { readonly _tag: Tag }>>
}

/** Shortens what came from outside before it is put into a sentence. */
export const brief = (text: string, most = 80): string => (text.length > most ? `${text.slice(0, most - 3)}...` : text)

/** Several things as a sentence lists them: `a`, `a or b`, `a, b or c`. */
export const anyOf = (things: ReadonlyArray<string>): string => {
  const last = things.at(-1)
  if (last === undefined) return "nothing"
  return things.length === 1 ? last : `${things.slice(0, -1).join(", ")} or ${last}`
}

/** A size as people say it, in whole units. */
export const inUnits = (bytes: number): string =>
  bytes >= 1_048_576 ? `${Math.floor(bytes / 1_048_576)} MiB` : `${Math.floor(bytes / 1024)} KiB`

/** A time to wait, such as `30 seconds` or `4 minutes`. */
export const inWords = (seconds: number): string => {
  if (seconds < 90) return seconds === 1 ? "a second" : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
