import { counting } from "../Counted.js"
import type { blog as english } from "../en/Blog.js"
import type { Translation } from "../Translation.js"

const count = counting("de")

/** Texts of the home page, the archive and lists. */
export const blog: Translation<typeof english> = {
  archive: "Archiv",
  all: "Alle",
  kinds: "Arten",
  onThisDay: "An diesem Tag",
  since: ({ month, posts }) => `${posts} seit ${month}`,
  posts: (posts) => count(posts, { one: "# Beitrag", other: "# Beiträge" }),
  subscribeTo: ({ list }) => `${list} abonnieren`,
  emptyDay: ({ day }) => `Am ${day} wurde nichts veröffentlicht.`,
  wholeMonth: "Alle Beiträge dieses Monats",
  newer: "Neuer",
  older: "Älter",
  days: "Tage",
  dayBefore: "Tag davor",
  dayAfter: "Tag danach",
  neighbours: "Neuere und ältere Beiträge",
  pinned: "Angeheftet",
  nothingYet: "Noch nichts veröffentlicht",
  firstPost: "Der erste Beitrag wird auf dieser Seite erscheinen.",
  nothingHere: "Auf dieser Seite ist nichts",
  toArchive: "Alle Beiträge stehen im Archiv.",
  follow: "[Abonniere den Feed](/feed), um neue Beiträge automatisch zu bekommen.",
  list: "Beiträge",
  listUntil: ({ day }) => `Beiträge bis ${day}`,
  emptyPage: "Keine Beiträge auf dieser Seite.",
  toNewest: "Zu den neuesten Beiträgen",
  postOf: ({ day }) => `Beitrag vom ${day}`,
  tagged: "Beiträge mit dem Schlagwort",
  taggedWith: ({ tag }) => `Beiträge mit dem Schlagwort ${tag}`
}
