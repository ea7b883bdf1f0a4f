import { Cause, Chunk, type Option, Predicate } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { areas, type Failure, type FailureClass } from "./Failure.js"

type KnownClass = FailureClass & { readonly example: Failure }

const isFailureClass = (exported: unknown): exported is KnownClass =>
  Predicate.isFunction(exported) && Predicate.hasProperty(exported, "example")

const byTag: ReadonlyMap<string, KnownClass> = new Map(
  areas.flatMap((area) =>
    Object.values(area)
      .filter(isFailureClass)
      .map((failure) => [failure._tag, failure])
  )
)

/** Returns whether a value is a failure of the catalogue. */
export const isFailure = (value: unknown): value is Failure => {
  if (!Predicate.hasProperty(value, "_tag") || !Predicate.isString(value._tag)) return false
  const known = byTag.get(value._tag)
  return known !== undefined && value instanceof known
}

/** The first failure of the catalogue in a cause; the rest are defects, interruptions or errors of libraries. */
export const failureIn = (cause: Cause.Cause<unknown>): Option.Option<Failure> =>
  Chunk.head(Chunk.filter(Cause.failures(cause), isFailure))

/** A code of the catalogue with an example and its texts. */
export interface CatalogueEntry {
  readonly tag: Failure["_tag"]
  readonly example: Failure
  readonly info: ErrorInfo
}

/** Every entry, sorted by code: for `starpunk explain`, the documentation, and the pages under `/errors/`. */
export const entries: ReadonlyArray<CatalogueEntry> = [...byTag.values()]
  .map(({ example }) => ({ tag: example._tag, example, info: example.info }))
  .toSorted((a, b) => (a.info.code < b.info.code ? -1 : 1))
