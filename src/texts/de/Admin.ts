import type { admin as english } from "../en/Admin.js"
import type { Translation } from "../Translation.js"

/** Texts around the owner's pages. */
export const admin: Translation<typeof english> = {
  menu: "Menü",
  write: "Schreiben",
  navigation: "Deine Website",
  sections: {
    posts: "Beiträge",
    media: "Medien",
    tokens: "Tokens",
    sessions: "Sitzungen",
    activity: "Aktivität",
    metrics: "Metriken",
    security: "Sicherheit",
    settings: "Einstellungen",
    data: "Daten"
  },
  viewSite: "Website ansehen",
  logout: "Abmelden",
  passkeyScript: {
    none: "Es wurde kein Passkey verwendet. Versuch es noch einmal, oder nimm die Passphrase.",
    known: "Dieses Gerät hat schon einen Passkey für diese Website.",
    insecure: "Passkeys brauchen https und einen Hostnamen. Öffne die Website unter ihrer eingestellten Adresse.",
    failed: "Der Passkey hat nicht funktioniert. Versuch es noch einmal.",
    invalid: "Der Server hat eine ungültige Antwort geschickt. Versuch es noch einmal."
  }
}
