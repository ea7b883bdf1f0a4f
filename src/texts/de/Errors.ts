import type { errors as english } from "../en/Errors.js"
import type { Translation } from "../Translation.js"

/** Texts of the pages about error codes. */
export const errors: Translation<typeof english> = {
  title: "Fehler",
  lead: "Jeder Fehler dieser Website hat einen Code. Seine Seite erklärt den Fehler und was als Nächstes zu tun ist.",
  all: "Alle Fehler",
  httpStatus: ({ status }) => `HTTP-Status ${status}`,
  verdicts: {
    user: "Fehler des Clients. Korrigiere die Anfrage, bevor du sie wiederholst.",
    userLater: "Fehler des Clients. Versuch es später noch einmal.",
    system: "Fehler des Servers. Der Betreiber muss ihn beheben.",
    systemLater: "Fehler des Servers. Versuch es später noch einmal."
  }
}
