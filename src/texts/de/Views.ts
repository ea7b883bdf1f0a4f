import { counting } from "../Counted.js"
import type { views as english } from "../en/Views.js"
import type { Translation } from "../Translation.js"

const counted = counting("de")

/** Texts about numbers of views. */
export const views: Translation<typeof english> = {
  title: "Aufrufe",
  back: "Alle Beiträge",
  all: "Aufrufe aller Beiträge",
  off: "Aufrufe werden nicht gezählt.",
  turnOn: "In den Einstellungen einschalten",
  period: "Zeitraum",
  periods: { days: "30 Tage", months: "12 Monate" },
  within: {
    days: ({ views }) => `${views} in den letzten 30 Tagen`,
    months: ({ views }) => `${views} in den letzten 12 Monaten`
  },
  total: ({ number }) => `Aufrufe insgesamt: ${number}`,
  posts: "Am häufigsten aufgerufen",
  views: (count) => counted(count, { one: "# Aufruf", other: "# Aufrufe" }),
  none: "Keine Aufrufe in diesem Zeitraum",
  most: ({ when, views }) => `Am meisten: ${when}, ${views}`,
  scale: ({ top }) => `0 bis ${top}`,
  table: "Als Tabelle",
  when: "Wann",
  about:
    "Ein Aufruf ist, wenn jemand die Seite eines Beitrags im Browser öffnet; wer sie noch einmal öffnet, zählt noch einmal. Du selbst, Suchmaschinen und andere Programme, Vorabladen, Feeds und Listen zählen nicht. Gespeichert wird je Beitrag und Tag eine Zahl. Kein Cookie, keine Adresse und nichts anderes über Leser wird gespeichert oder gesendet. Die Zahlen sind ungefähr, denn Programme können sich als Browser ausgeben.",
  clearLink: "Alle Zahlen löschen",
  clearQuestion: "Alle Aufrufzahlen löschen?",
  clearMeaning:
    "Die Zahlen aller Beiträge und Tage werden endgültig gelöscht. Vorhandene Backups und Exporte behalten sie. Ist das Zählen eingeschaltet, geht es weiter.",
  clear: "Zahlen löschen",
  cancel: "Abbrechen",
  cleared: "Die Zahlen sind gelöscht."
}
