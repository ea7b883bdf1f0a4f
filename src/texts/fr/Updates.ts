import type { updates as english } from "../en/Updates.js"
import type { Translation } from "../Translation.js"

/** Texts about newer versions of the program. */
export const updates: Translation<typeof english> = {
  title: "Mises à jour",
  check: "Demander une fois par jour s’il existe une version plus récente",
  hint: "Le serveur lit un fichier à {address} et n’envoie ni l’adresse de votre site ni sa version. Rien n’est installé.",
  missing: "Pour cela, la personne qui gère le serveur indique l’adresse du fichier de la dernière version.",
  never: "Pas encore demandé. La première fois est dans quelques minutes.",
  failed: ({ time }) => `Demandé : ${time}. Pas de réponse utilisable ; nouvel essai le lendemain.`,
  current: ({ running, time }) => `Demandé : ${time}. Vous avez la dernière version, ${running}.`,
  newer: ({ running, version }) => `StarPunk ${version} est disponible. Vous avez ${running}.`,
  notes: "Nouveautés"
}
