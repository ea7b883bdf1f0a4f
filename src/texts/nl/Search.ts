import { counting } from "../Counted.js"
import type { search as english } from "../en/Search.js"
import type { Translation } from "../Translation.js"

const count = counting("nl")

/** Texts of the search page. */
export const search: Translation<typeof english> = {
  title: "Zoeken",
  titleOf: ({ query }) => `Zoeken: ${query}`,
  reduced:
    "Nieuwste eerst: sorteren op relevantie kan nu niet, en zoeken kan langzamer zijn. Alle berichten zijn wel te vinden.",
  previous: "Vorige resultaten",
  next: "Meer resultaten",
  nothing: "Geen berichten gevonden. Probeer minder of andere woorden.",
  found: (posts) => count(posts, { one: "# bericht", other: "# berichten" }),
  moreThan: (posts) => count(posts, { other: "Meer dan # berichten; de nieuwste worden getoond" }),
  tips: "Zoektips",
  grammar: {
    words: "`quick fox` berichten met beide woorden, in elke volgorde; hoofdletters en accenten tellen niet",
    phrase: '`"quick fox"` precies deze woorden',
    without: "`fox -dog` berichten met het eerste woord en zonder het tweede",
    tag: "`tag:travel` berichten met dit label",
    dates: "`after:2024 before:2024-07-01` periode, in jaren, maanden of dagen"
  }
}
