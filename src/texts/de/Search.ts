import { counting } from "../Counted.js"
import type { search as english } from "../en/Search.js"
import type { Translation } from "../Translation.js"

const count = counting("de")

/** Texts of the search page. */
export const search: Translation<typeof english> = {
  title: "Suche",
  titleOf: ({ query }) => `Suche: ${query}`,
  reduced:
    "Neueste zuerst: Die Sortierung nach Relevanz ist gerade nicht möglich, und die Suche kann langsamer sein. Alle Beiträge lassen sich trotzdem finden.",
  previous: "Vorige Ergebnisse",
  next: "Weitere Ergebnisse",
  nothing: "Keine passenden Beiträge. Versuch es mit weniger oder anderen Wörtern.",
  found: (posts) => count(posts, { one: "# Beitrag", other: "# Beiträge" }),
  moreThan: (posts) => count(posts, { other: "Mehr als # Beiträge; gezeigt werden die neuesten" }),
  tips: "Tipps zur Suche",
  grammar: {
    words:
      "`quick fox` Beiträge mit beiden Wörtern in beliebiger Reihenfolge; Groß- und Kleinschreibung und Akzente zählen nicht",
    phrase: '`"quick fox"` genau diese Wortfolge',
    without: "`fox -dog` Beiträge mit dem ersten Wort und ohne das zweite",
    tag: "`tag:travel` Beiträge mit diesem Schlagwort",
    dates: "`after:2024 before:2024-07-01` Zeitraum, in Jahren, Monaten oder Tagen"
  }
}
