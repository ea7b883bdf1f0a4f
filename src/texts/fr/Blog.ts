import { counting } from "../Counted.js"
import type { blog as english } from "../en/Blog.js"
import type { Translation } from "../Translation.js"

const count = counting("fr")

/** Texts of the home page, the archive and lists. */
export const blog: Translation<typeof english> = {
  archive: "Archives",
  all: "Tout",
  kinds: "Genres",
  onThisDay: "Ce jour-là",
  since: ({ month, posts }) => `${posts} depuis ${month}`,
  posts: (posts) => count(posts, { one: "# publication", other: "# publications" }),
  subscribeTo: ({ list }) => `S’abonner : ${list}`,
  emptyDay: ({ day }) => `Rien n’a été publié le ${day}.`,
  wholeMonth: "Toutes les publications de ce mois",
  newer: "Plus récent",
  older: "Plus ancien",
  days: "Jours",
  dayBefore: "La veille",
  dayAfter: "Le lendemain",
  neighbours: "Publications plus récentes et plus anciennes",
  pinned: "Épinglé",
  nothingYet: "Rien n’est encore publié",
  firstPost: "La première publication apparaîtra sur cette page.",
  nothingHere: "Rien sur cette page",
  toArchive: "Toutes les publications sont dans les archives.",
  follow: "[Abonnez-vous au flux](/feed) pour recevoir les nouvelles publications automatiquement.",
  list: "Publications",
  listUntil: ({ day }) => `Publications jusqu’au ${day}`,
  emptyPage: "Aucune publication sur cette page.",
  toNewest: "Aller aux plus récentes",
  postOf: ({ day }) => `Publication du ${day}`,
  tagged: "Publications avec l’étiquette",
  taggedWith: ({ tag }) => `Publications avec l’étiquette ${tag}`
}
