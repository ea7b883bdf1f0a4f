import { HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import { SearchQueryInvalid } from "../../errors/Search.js"

/** The search input; empty if there is none. Of several, the first. */
export const typedQuery: Effect.Effect<string, never, HttpServerRequest.ParsedSearchParams> = Effect.map(
  HttpServerRequest.ParsedSearchParams,
  ({ q }) => (typeof q === "string" ? q : (q?.[0] ?? ""))
)

/** Parses a whole number within these bounds; `fallback` when it is absent. */
export const wholeNumber = (
  name: string,
  { fallback, from, to }: { readonly fallback: number; readonly from: number; readonly to: number }
): Effect.Effect<number, SearchQueryInvalid, HttpServerRequest.ParsedSearchParams> =>
  Effect.flatMap(HttpServerRequest.ParsedSearchParams, (parameters) => {
    const given = parameters[name]
    if (given === undefined) return Effect.succeed(fallback)
    const number = typeof given === "string" && /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN
    return number >= from && number <= to
      ? Effect.succeed(number)
      : new SearchQueryInvalid({ reason: "bad_page", limit: to })
  })
