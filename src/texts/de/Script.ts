import { counting } from "../Counted.js"
import type { script as english } from "../en/Script.js"
import type { Translation } from "../Translation.js"

const count = counting("de")

/** Sentences of the editor's script. */
export const script: Translation<typeof english> = {
  draft: "Entwurf",
  editDraft: "Entwurf bearbeiten",
  saving: "Wird gespeichert …",
  saved: ({ problems, time }) =>
    `Gespeichert um ${time}${problems.length === 0 ? "" : `, außer: ${problems.join(". ")}.`}`,
  savedBriefly: "Gespeichert",
  offline: "Offline. In diesem Browser aufgehoben.",
  offlineNotice:
    "Du bist offline. Schreib weiter: Dein Text wird in diesem Browser aufgehoben und gespeichert, sobald du wieder online bist.",
  notSaved: ({ sentence }) => `Nicht gespeichert: ${sentence}`,
  kept: "Dieser Browser hebt deinen Text auf.",
  notKept: "Kopiere deinen Text, bevor du diese Seite verlässt.",
  sessionEnded: "Deine Sitzung ist zu Ende.",
  logIn: "Anmelden",
  changedElsewhere: "Dieser Beitrag wurde anderswo geändert.",
  compare: "Vergleichen",
  unsavedChanges: "Ungespeicherte Änderungen, in diesem Browser aufgehoben.",
  unsavedUnkept: "Ungespeicherte Änderungen. Dieser Browser hebt keine Kopie auf.",
  publishing: "Wird gesendet …",
  notPublished: ({ reason }) => `Nicht veröffentlicht: ${reason}`,
  busy: "Der Server ist ausgelastet.",
  unreachable: "Es gibt keine Verbindung zu deiner Website.",
  tryingAgain: ({ seconds }) =>
    count(seconds, { one: "Neuer Versuch in # Sekunde.", other: "Neuer Versuch in # Sekunden." }),
  tryNow: "Jetzt versuchen",
  publish: "Veröffentlichen",
  schedule: "Planen",
  preview: "Vorschau",
  previewUnavailable: "Keine Vorschau möglich.",
  words: ({ count: words, minutes }) =>
    `${count(words, { one: "# Wort", other: "# Wörter" })}${words === 0 ? "" : `, ${minutes} Min.`}`,
  uploadingName: ({ name }) => `${name} wird hochgeladen`,
  uploading: ({ at, of, part }) => `${at} von ${of} wird hochgeladen, ${part} %`,
  uploadingBriefly: "Wird hochgeladen",
  waitsForUploads: "Dein Beitrag wird gesendet, wenn alle Dateien angekommen sind.",
  queued: "Wartet",
  processing: "Wird verarbeitet …",
  cancel: ({ name }) => `${name} abbrechen`,
  retry: "Noch einmal",
  retryNamed: ({ name }) => `${name} noch einmal versuchen`,
  dismiss: "Verwerfen",
  dismissNamed: ({ name }) => `${name} verwerfen`,
  stopped: "Upload abgebrochen",
  unfinished: "Eine Datei wurde nicht hochgeladen. Versuch es noch einmal, oder verwirf sie.",
  tooLarge: ({ limit, size }) => `Zu groß: ${size}, höchstens ${limit}`,
  pictures: ({ count: pictures, other }) =>
    other > 0
      ? count(pictures + other, { one: "# Datei", other: "# Dateien" })
      : count(pictures, { one: "# Bild", other: "# Bilder" }),
  noDescription: ({ count: pictures }) =>
    count(pictures, { one: "Ein Bild hat keine Beschreibung.", other: "# Bilder haben keine Beschreibung." }),
  addDescriptions: "Beschreibungen hinzufügen",
  publishAnyway: "Trotzdem veröffentlichen",
  nouns: { photo: "Bild", video: "Video", audio: "Aufnahme" },
  insertNamed: ({ name }) => `${name} in den Text einfügen`,
  removeNamed: ({ name }) => `${name} entfernen`,
  moveNamed: {
    up: ({ name }) => `${name} nach vorn schieben`,
    down: ({ name }) => `${name} nach hinten schieben`
  },
  tagsInUse: "Vorhandene Schlagwörter",
  addTag: "Schlagwort hinzufügen",
  removeTag: ({ tag }) => `${tag} entfernen`
}
