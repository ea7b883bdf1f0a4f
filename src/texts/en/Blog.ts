import { counting } from "../Counted.js"

const count = counting("en")

/** Texts of the home page, the archive and lists. */
export const blog = {
  archive: "Archive",
  all: "All",
  kinds: "Kinds",
  onThisDay: "On this day",
  since: ({ month, posts }: { readonly posts: string; readonly month: string }): string => `${posts} since ${month}`,
  posts: (posts: number): string => count(posts, { one: "# post", other: "# posts" }),
  subscribeTo: ({ list }: { readonly list: string }): string => `Subscribe to ${list.toLowerCase()}`,
  emptyDay: ({ day }: { readonly day: string }): string => `Nothing was published on ${day}.`,
  wholeMonth: "All posts of this month",
  newer: "Newer",
  older: "Older",
  days: "Days",
  dayBefore: "Day before",
  dayAfter: "Day after",
  neighbours: "Newer and older posts",
  pinned: "Pinned",
  nothingYet: "Nothing published yet",
  firstPost: "The first post will appear on this page.",
  nothingHere: "Nothing on this page",
  toArchive: "All posts are in the archive.",
  follow: "[Subscribe to the feed](/feed) to get new posts automatically.",
  list: "Posts",
  listUntil: ({ day }: { readonly day: string }): string => `Posts up to ${day}`,
  emptyPage: "No posts on this page.",
  toNewest: "Go to the newest posts",
  postOf: ({ day }: { readonly day: string }): string => `Post of ${day}`,
  tagged: "Posts tagged",
  taggedWith: ({ tag }: { readonly tag: string }): string => `Posts tagged ${tag}`
}
