import { counting } from "../Counted.js"
import type { blog as english } from "../en/Blog.js"
import type { Translation } from "../Translation.js"

const count = counting("nl")

/** Texts of the home page, the archive and lists. */
export const blog: Translation<typeof english> = {
  archive: "Archief",
  all: "Alles",
  kinds: "Soorten",
  onThisDay: "Op deze dag",
  since: ({ month, posts }) => `${posts} sinds ${month}`,
  posts: (posts) => count(posts, { one: "# bericht", other: "# berichten" }),
  subscribeTo: ({ list }) => `Abonneren op ${list.toLowerCase()}`,
  emptyDay: ({ day }) => `Op ${day} is niets gepubliceerd.`,
  wholeMonth: "Alle berichten van deze maand",
  newer: "Nieuwer",
  older: "Ouder",
  days: "Dagen",
  dayBefore: "Dag ervoor",
  dayAfter: "Dag erna",
  neighbours: "Nieuwere en oudere berichten",
  pinned: "Vastgezet",
  nothingYet: "Nog niets gepubliceerd",
  firstPost: "Het eerste bericht verschijnt op deze pagina.",
  nothingHere: "Niets op deze pagina",
  toArchive: "Alle berichten staan in het archief.",
  follow: "[Abonneer je op de feed](/feed) om nieuwe berichten vanzelf te krijgen.",
  list: "Berichten",
  listUntil: ({ day }) => `Berichten tot en met ${day}`,
  emptyPage: "Geen berichten op deze pagina.",
  toNewest: "Naar de nieuwste berichten",
  postOf: ({ day }) => `Bericht van ${day}`,
  tagged: "Berichten met het label",
  taggedWith: ({ tag }) => `Berichten met het label ${tag}`
}
