import { SearchDisabled, type SearchFailure, SearchQueryInvalid } from "../failure/Search.js"
import type { Entries } from "./Entry.js"

const advice = ({ limit, reason }: SearchQueryInvalid): string => {
  switch (reason) {
    case "empty":
      return "Type at least one word to look for"
    case "too_long":
      return limit === undefined ? "Shorten the query" : `Shorten the query to at most ${limit} characters`
    case "too_many_terms":
      return limit === undefined ? "Use fewer words" : `Use at most ${limit} words and phrases`
    case "bad_date":
      return "Write dates as YYYY, YYYY-MM or YYYY-MM-DD, as in before:2024-05-01"
    case "only_exclusions":
      return 'Add at least one word that must be there: a query cannot consist of exclusions only. To look for something that begins with a minus, put it in quotes, as in "--force"'
    case "bad_page":
      return limit === undefined
        ? "Ask for a page with whole, positive numbers"
        : `Ask for a page with whole, positive numbers, of at most ${limit}`
  }
}

/** What people are told when a search cannot be made. */
export const search: Entries<SearchFailure> = {
  SearchDisabled: {
    example: new SearchDisabled(),
    explain: () => ({
      code: "search.disabled",
      status: 404,
      fault: "user",
      retryable: false,
      message: "This site offers no search",
      suggestion: "Look through the posts on the home page, or follow their tags",
      troubleshooting: ["Posts are listed newest first; older ones are on the following pages"],
      operator: {
        details: "Search is switched off by STARPUNK_SEARCH_ENABLED",
        troubleshooting: [
          "`starpunk config show` prints the value and where it comes from",
          "Set STARPUNK_SEARCH_ENABLED=true and start the server again"
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
      message: "This search cannot be understood",
      suggestion: advice(failure),
      troubleshooting: [
        'Words are found in any order, "quoted phrases" as they stand; a leading minus excludes a word',
        "tag:name, before:date and after:date narrow the search"
      ]
    })
  }
}
