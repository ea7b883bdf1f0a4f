import { counting } from "../Counted.js"
import type { revisions as english } from "../en/Revisions.js"
import type { Translation } from "../Translation.js"

const counted = counting("fr")

/** Texts of the pages about former states of a post. */
export const revisions: Translation<typeof english> = {
  title: "Versions",
  link: "Versions",
  back: "Retour à la publication",
  all: "Toutes les versions",
  count: ({ count }) => counted(count, { one: "# modification", other: "# modifications" }),
  kept: "Les 50 modifications les plus récentes sont conservées, jusqu’à 4 Mo. Les modifications d’un brouillon en moins de dix minutes n’en font qu’une.",
  none: "Cette publication n’a pas été modifiée depuis sa rédaction.",
  changed: "Modifié ",
  by: ({ name }) => `avec ${name}`,
  change: "Modification",
  fields: {
    slug: "Adresse",
    status: "État",
    visibility: "Visible par",
    publishedAt: "Date de publication",
    type: "Type",
    photo: "Images",
    video: "Vidéos",
    audio: "Enregistrements"
  },
  added: "ajouté :",
  removed: "supprimé :",
  end: "fin",
  nothing: "Rien de visible n’a été modifié.",
  restore: "Restaurer l’état d’avant cette modification",
  restoreHint:
    "Restaure le texte et les propriétés. L’adresse, la date et la visibilité restent ce qu’elles sont maintenant. C’est aussi une modification, que vous pouvez annuler ici.",
  restored: "Restauré."
}
