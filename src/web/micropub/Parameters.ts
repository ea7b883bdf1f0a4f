import { HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"

/** The parameters of a query's address; `name` and `name[]` are the same parameter. */
export interface Parameters {
  readonly first: (name: string) => string | undefined
  readonly all: (name: string) => ReadonlyArray<string>
}

/** Reads the request's parameters. Blank ones count as absent. */
export const parameters: Effect.Effect<Parameters, never, HttpServerRequest.ParsedSearchParams> = Effect.map(
  HttpServerRequest.ParsedSearchParams,
  (given) => {
    const all = (name: string) =>
      [given[name] ?? [], given[`${name}[]`] ?? []].flat().filter((value) => value.trim() !== "")
    return { all, first: (name) => all(name)[0] }
  }
)
