import type { errors as english } from "../en/Errors.js"
import type { Translation } from "../Translation.js"

/** Texts of the pages about error codes. */
export const errors: Translation<typeof english> = {
  title: "Erreurs",
  lead: "Chaque erreur de ce site a un code. Sa page explique l’erreur et ce qu’il faut faire ensuite.",
  all: "Toutes les erreurs",
  httpStatus: ({ status }) => `Statut HTTP ${status}`,
  verdicts: {
    user: "Erreur du client. Corrigez la requête avant de réessayer.",
    userLater: "Erreur du client. Réessayez plus tard.",
    system: "Erreur du serveur. L’exploitant doit la corriger.",
    systemLater: "Erreur du serveur. Réessayez plus tard."
  }
}
