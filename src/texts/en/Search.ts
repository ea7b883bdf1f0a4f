import { counting } from "../Counted.js"

const count = counting("en")

/** Texts of the search page. */
export const search = {
  title: "Search",
  titleOf: ({ query }: { readonly query: string }): string => `Search: ${query}`,
  reduced: "Newest first: ranking is unavailable right now, and search may be slower. All posts can still be found.",
  previous: "Previous results",
  next: "More results",
  nothing: "No posts match. Try fewer or different words.",
  found: (posts: number): string => count(posts, { one: "# post", other: "# posts" }),
  moreThan: (posts: number): string => count(posts, { other: "More than # posts; the newest are shown" }),
  tips: "Search tips",
  grammar: {
    words: "`quick fox` posts with both words, in any order; case and accents are ignored",
    phrase: '`"quick fox"` exact phrase',
    without: "`fox -dog` posts with the first word and without the second",
    tag: "`tag:travel` posts with this tag",
    dates: "`after:2024 before:2024-07-01` date range, in years, months or days"
  }
}
