import type { updates as english } from "../en/Updates.js"
import type { Translation } from "../Translation.js"

/** Texts about newer versions of the program. */
export const updates: Translation<typeof english> = {
  title: "Updates",
  check: "Einmal am Tag fragen, ob es eine neuere Version gibt",
  hint: "Der Server liest eine Datei unter {address} und sendet weder die Adresse deiner Website noch ihre Version. Installiert wird nichts.",
  missing: "Damit das geht, trägt der Betreiber des Servers die Adresse der Datei mit der neuesten Version ein.",
  never: "Noch nicht gefragt. Das erste Mal ist in wenigen Minuten.",
  failed: ({ time }) => `Gefragt: ${time}. Keine brauchbare Antwort; am nächsten Tag wird wieder gefragt.`,
  current: ({ running, time }) => `Gefragt: ${time}. Du hast die neueste Version, ${running}.`,
  newer: ({ running, version }) => `StarPunk ${version} ist verfügbar. Du hast ${running}.`,
  notes: "Was ist neu"
}
