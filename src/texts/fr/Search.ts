import { counting } from "../Counted.js"
import type { search as english } from "../en/Search.js"
import type { Translation } from "../Translation.js"

const count = counting("fr")

/** Texts of the search page. */
export const search: Translation<typeof english> = {
  title: "Recherche",
  titleOf: ({ query }) => `Recherche : ${query}`,
  reduced:
    "Les plus récentes d’abord : le tri par pertinence n’est pas possible pour l’instant, et la recherche peut être plus lente. Toutes les publications restent trouvables.",
  previous: "Résultats précédents",
  next: "Plus de résultats",
  nothing: "Aucune publication ne correspond. Essayez avec moins de mots, ou d’autres.",
  found: (posts) => count(posts, { one: "# publication", other: "# publications" }),
  moreThan: (posts) => count(posts, { other: "Plus de # publications ; voici les plus récentes" }),
  tips: "Conseils de recherche",
  grammar: {
    words:
      "`quick fox` publications avec les deux mots, dans n’importe quel ordre ; la casse et les accents ne comptent pas",
    phrase: '`"quick fox"` expression exacte',
    without: "`fox -dog` publications avec le premier mot et sans le second",
    tag: "`tag:travel` publications avec cette étiquette",
    dates: "`after:2024 before:2024-07-01` période, en années, en mois ou en jours"
  }
}
