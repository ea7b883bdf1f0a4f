import { counting } from "../Counted.js"
import type { revisions as english } from "../en/Revisions.js"
import type { Translation } from "../Translation.js"

const counted = counting("de")

/** Texts of the pages about former states of a post. */
export const revisions: Translation<typeof english> = {
  title: "Versionen",
  link: "Versionen",
  back: "Zurück zum Beitrag",
  all: "Alle Versionen",
  count: ({ count }) => counted(count, { one: "# Änderung", other: "# Änderungen" }),
  kept: "Die neuesten 50 Änderungen bleiben erhalten, bis zu 4 MB. Änderungen eines Entwurfs innerhalb von zehn Minuten zählen als eine.",
  none: "Dieser Beitrag wurde nicht geändert, seit er geschrieben wurde.",
  changed: "Geändert ",
  by: ({ name }) => `mit ${name}`,
  change: "Änderung",
  fields: {
    slug: "Adresse",
    status: "Status",
    visibility: "Sichtbar für",
    publishedAt: "Veröffentlicht",
    type: "Typ",
    photo: "Bilder",
    video: "Videos",
    audio: "Aufnahmen"
  },
  added: "hinzugefügt:",
  removed: "entfernt:",
  end: "Ende",
  nothing: "Es wurde nichts geändert, das man sieht.",
  restore: "Stand vor dieser Änderung wiederherstellen",
  restoreHint:
    "Stellt Text und Eigenschaften wieder her. Adresse, Zeit und Sichtbarkeit bleiben, wie sie jetzt sind. Auch das ist eine Änderung, die du hier rückgängig machen kannst.",
  restored: "Wiederhergestellt."
}
