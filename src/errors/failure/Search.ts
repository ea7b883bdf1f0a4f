import { Schema } from "effect"

/** The owner has switched search off. */
export class SearchDisabled extends Schema.TaggedError<SearchDisabled>("starpunk/SearchDisabled")(
  "SearchDisabled",
  {}
) {}

/** The query cannot be understood; `limit` is the number that was passed, where there is one. */
export class SearchQueryInvalid extends Schema.TaggedError<SearchQueryInvalid>("starpunk/SearchQueryInvalid")(
  "SearchQueryInvalid",
  {
    reason: Schema.Literal("empty", "too_long", "too_many_terms", "bad_date", "only_exclusions", "bad_page"),
    limit: Schema.optional(Schema.Number)
  }
) {}

/** What searching may fail with, the database aside. */
export type SearchFailure = SearchDisabled | SearchQueryInvalid
