import type { admin as english } from "../en/Admin.js"
import type { Translation } from "../Translation.js"

/** Texts around the owner's pages. */
export const admin: Translation<typeof english> = {
  menu: "Menu",
  write: "Schrijven",
  navigation: "Je site",
  sections: {
    posts: "Berichten",
    media: "Media",
    tokens: "Tokens",
    sessions: "Sessies",
    activity: "Activiteit",
    metrics: "Metingen",
    security: "Beveiliging",
    settings: "Instellingen",
    data: "Gegevens"
  },
  viewSite: "Site bekijken",
  logout: "Uitloggen",
  passkeyScript: {
    none: "Er is geen passkey gebruikt. Probeer het opnieuw, of gebruik de wachtwoordzin.",
    known: "Dit apparaat heeft al een passkey voor deze site.",
    insecure: "Passkeys hebben https en een hostnaam nodig. Open de site op het ingestelde adres.",
    failed: "De passkey werkte niet. Probeer het opnieuw.",
    invalid: "De server stuurde een ongeldig antwoord. Probeer het opnieuw."
  }
}
