import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** Search is turned off in the settings. */
export class SearchDisabled extends TaggedFailure<SearchDisabled>()("SearchDisabled", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "search.disabled",
      status: 404,
      fault: "user",
      retryable: false,
      message: "Search is turned off on this site",
      suggestion: "Browse the posts on the home page, or follow their tags",
      troubleshooting: ["Posts are listed newest first, with older posts on the following pages"],
      operator: {
        details: "STARPUNK_SEARCH_ENABLED is false",
        troubleshooting: [
          "`starpunk config show` prints the value and its source",
          "Set STARPUNK_SEARCH_ENABLED=true and restart the server"
        ]
      }
    }
  }
}

const advice = ({ limit, reason }: SearchQueryInvalid): string => {
  switch (reason) {
    case "empty":
      return "Enter at least one word"
    case "too_long":
      return limit === undefined ? "Shorten the query" : `Shorten the query to at most ${limit} characters`
    case "too_many_terms":
      return limit === undefined ? "Use fewer words" : `Use at most ${limit} words and phrases`
    case "bad_date":
      return "Write dates as YYYY, YYYY-MM or YYYY-MM-DD, as in before:2024-05-01"
    case "only_exclusions":
      return 'Add at least one word that must occur: a query cannot consist only of exclusions. To search for a word that begins with a minus, put it in quotes: "--force"'
    case "bad_page":
      return limit === undefined
        ? "Use a whole, positive page number"
        : `Use a whole, positive page number of at most ${limit}`
  }
}

/** The query is not valid. `limit` is the exceeded limit, if there is one. */
export class SearchQueryInvalid extends TaggedFailure<SearchQueryInvalid>()(
  "SearchQueryInvalid",
  {
    reason: Schema.Literal("empty", "too_long", "too_many_terms", "bad_date", "only_exclusions", "bad_page"),
    limit: Schema.optional(Schema.Number)
  },
  { reason: "too_long", limit: 200 }
) {
  get info(): ErrorInfo {
    return {
      code: "search.query_invalid",
      failure: this,
      status: 400,
      fault: "user",
      retryable: false,
      message: "This search query is invalid",
      suggestion: advice(this),
      troubleshooting: [
        'Words match in any order, "quoted phrases" match exactly, and a leading minus excludes a word',
        "Use tag:name, before:date and after:date to narrow the search"
      ]
    }
  }
}

/** Failures of the search, without those of the database. */
export type SearchFailure = SearchDisabled | SearchQueryInvalid
