import { SearchDisabled, type SearchFailure, SearchQueryInvalid } from "../failure/Search.js"
import type { Entries } from "./Entry.js"

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

/** Texts of errors of the search. */
export const search: Entries<SearchFailure> = {
  SearchDisabled: {
    example: new SearchDisabled(),
    explain: () => ({
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
    })
  },
  SearchQueryInvalid: {
    example: new SearchQueryInvalid({ reason: "too_long", limit: 200 }),
    explain: (failure) => ({
      code: "search.query_invalid",
      status: 400,
      fault: "user",
      retryable: false,
      message: "This search query is invalid",
      suggestion: advice(failure),
      troubleshooting: [
        'Words match in any order, "quoted phrases" match exactly, and a leading minus excludes a word',
        "Use tag:name, before:date and after:date to narrow the search"
      ]
    })
  }
}
