import type { admin as english } from "../en/Admin.js"
import type { Translation } from "../Translation.js"

/** Texts around the owner's pages. */
export const admin: Translation<typeof english> = {
  menu: "Menu",
  write: "Écrire",
  navigation: "Votre site",
  sections: {
    posts: "Publications",
    media: "Médias",
    tokens: "Jetons",
    sessions: "Sessions",
    activity: "Activité",
    metrics: "Mesures",
    security: "Sécurité",
    settings: "Réglages",
    data: "Données"
  },
  viewSite: "Voir le site",
  logout: "Se déconnecter",
  passkeyScript: {
    none: "Aucune clé d’accès n’a été utilisée. Réessayez, ou utilisez la phrase secrète.",
    known: "Cet appareil a déjà une clé d’accès pour ce site.",
    insecure: "Les clés d’accès exigent https et un nom d’hôte. Ouvrez le site à son adresse configurée.",
    failed: "La clé d’accès n’a pas fonctionné. Réessayez.",
    invalid: "Le serveur a envoyé une réponse non valide. Réessayez."
  }
}
