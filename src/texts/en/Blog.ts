/** Texts of the home page, the archive and lists. */
export const blog = {
  archive: "Archive",
  all: "All",
  kinds: "Kinds",
  onThisDay: "On this day",
  since: (posts: string, month: string) => `${posts} since ${month}`,
  posts: (count: number, formatted: string) => (count === 1 ? "1 post" : `${formatted} posts`),
  subscribeTo: (title: string) => `Subscribe to ${title.toLowerCase()}`,
  emptyDay: (day: string) => `Nothing was published on ${day}.`,
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
  toArchive: "All posts are in the archive."
}
