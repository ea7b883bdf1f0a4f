import { HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import { ParameterInvalid } from "../../errors/Address.js"

/** Parameters of a query; `name` and `name[]` are the same parameter. */
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

/** Parses a whole number of at least `least`. Values above `most` become `most`, because clients ask for everything. */
export const wholeNumber = (
  parameters: Parameters,
  name: string,
  range: { readonly fallback: number; readonly least: number; readonly most: number }
): Effect.Effect<number, ParameterInvalid> => {
  const text = parameters.first(name)?.trim()
  if (text === undefined) return Effect.succeed(range.fallback)
  return /^\d{1,15}$/.test(text) && Number(text) >= range.least
    ? Effect.succeed(Math.min(Number(text), range.most))
    : Effect.fail(new ParameterInvalid({ name, expected: `a whole number from ${range.least} to ${range.most}` }))
}
