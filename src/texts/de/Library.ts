import { counting } from "../Counted.js"
import type { library as english } from "../en/Library.js"
import type { Translation } from "../Translation.js"

const counted = counting("de")

/** Texts of the pages about the owner's files. */
export const library: Translation<typeof english> = {
  title: "Medien",
  kinds: { image: "Bild", video: "Video", audio: "Aufnahme" },
  named: ({ day, kind }) => `${kind} vom ${day}`,
  summary: ({ count, size }) => `${counted(count, { one: "# Datei", other: "# Dateien" })}, ${size}`,
  filter: "Dateien filtern",
  filters: { all: "Alle", unused: "Nicht verwendet", undescribed: "Ohne Beschreibung" },
  uses: ({ count }) => counted(count, { one: "# Beitrag", other: "# Beiträge" }),
  inSettings: "Einstellungen der Website",
  unused: "Nicht verwendet",
  photo: "Dein Foto liegt bei deinem Profil:",
  photoLink: "Foto in den Einstellungen",
  none: {
    all: "Noch keine Dateien. Füge Bilder, Videos und Aufnahmen beim Schreiben hinzu.",
    unused: "Jede Datei wird verwendet.",
    undescribed: "Jedes Bild in deinen Beiträgen hat eine Beschreibung."
  },
  noMatch: "Keine Datei passt zu deiner Suche.",
  showAll: "Alle Dateien zeigen",
  search: "Namen und Beschreibungen durchsuchen",
  add: {
    label: "Dateien hinzufügen",
    upload: "Hochladen",
    drop: "Du kannst sie auch auf dieser Seite ablegen.",
    privacy: "Aus Bildern werden Ortsangaben entfernt.",
    list: "Dateien auf dem Weg",
    done: ({ count }) => counted(count, { one: "# Datei hochgeladen.", other: "# Dateien hochgeladen." })
  },
  write: "Beitrag schreiben",
  pages: "Seiten",
  newer: "Neuere Dateien",
  older: "Ältere Dateien",
  file: {
    title: "Datei",
    back: "Alle Dateien",
    open: "Datei öffnen",
    description: "Beschreibung (Alternativtext)",
    descriptionHint: ({ count }) =>
      counted(count, {
        one: "Für alle, die die Datei nicht sehen oder hören. Wird in dem Beitrag gespeichert, der sie zeigt.",
        other: "Für alle, die die Datei nicht sehen oder hören. Wird in allen # Beiträgen gespeichert, die sie zeigen."
      }),
    noDescription: "Eine Datei bekommt ihre Beschreibung in dem Beitrag, der sie zeigt. Diese hier zeigt kein Beitrag.",
    save: "Beschreibung speichern",
    saved: ({ count }) => counted(count, { one: "In # Beitrag gespeichert.", other: "In # Beiträgen gespeichert." }),
    size: "Größe",
    uploaded: "Hochgeladen",
    usedIn: "Verwendet in",
    more: ({ count }) => counted(count, { one: "und # weiteren", other: "und # weiteren" }),
    deletedPost: "gelöschter Beitrag",
    markdown: "Markdown",
    delete: "Datei löschen"
  },
  delete: {
    question: "Diese Datei löschen?",
    forGood: "Die Datei und ihre kleineren Fassungen werden endgültig entfernt. Vorhandene Sicherungen behalten sie.",
    caches: "Browser und Proxys, die sie geladen haben, zeigen sie vielleicht noch eine Weile.",
    gap: ({ count }) =>
      counted(count, {
        one: "Sie wird in # Beitrag verwendet, der bleibt, wie er ist, und dann eine Lücke hat:",
        other: "Sie wird in # Beiträgen verwendet, die bleiben, wie sie sind, und dann eine Lücke haben:"
      }),
    inSettings: "Die Einstellungen deiner Website nennen sie.",
    changed: "Die Verwendung dieser Datei hat sich geändert, seit du diese Seite geöffnet hast. Nichts wurde gelöscht.",
    delete: "Endgültig löschen",
    cancel: "Abbrechen"
  },
  deleted: "Datei gelöscht."
}
