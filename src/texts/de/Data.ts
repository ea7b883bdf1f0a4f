import { counting } from "../Counted.js"
import type { english } from "../en/English.js"
import type { Translation } from "../Translation.js"

const counted = counting("de")

/** Texts of the page about the site's data. */
export const data: Translation<typeof english.data> = {
  title: "Daten",
  lead: "Alles auf dieser Website gehört dir. Nimm es mit, wann immer du willst.",
  everything: {
    title: "Alles herunterladen",
    about:
      "Eine Zip-Datei mit jedem Beitrag als Markdown, auch Entwürfen und gelöschten, allen Bildern und Dateien und deinen Einstellungen. Andere Programme können sie lesen, und StarPunk kann sie wieder einlesen.",
    without: "Passphrasen, Sitzungen und Zugänge von Apps sind nicht darin.",
    button: "Alles herunterladen",
    confirm: "Identität bestätigen",
    confirmFirst: "zum Herunterladen. Das schützt deine Entwürfe, wenn jemand anders diesen Browser benutzt."
  },
  backups: {
    title: "Sicherungen",
    about: (keep: number) =>
      counted(keep, {
        one: "Der Server kopiert von selbst die ganze Website samt Zugängen und prüft jede Kopie. Er behält nur die neueste.",
        other:
          "Der Server kopiert von selbst die ganze Website samt Zugängen und prüft jede Kopie. Er behält die neuesten #."
      }),
    off: "Sicherungen sind ausgeschaltet. Der Betreiber des Servers schaltet sie ein mit der Einstellung",
    offHint: "Nutze bis dahin regelmäßig „Alles herunterladen“.",
    withoutMedia:
      "Bilder und Dateien liegen in einem Objektspeicher. In diesen Sicherungen sind sie nicht; „Alles herunterladen“ enthält sie.",
    none: "Es gibt noch keine Sicherung.",
    unreadable: "Die Sicherungen sind gerade nicht lesbar. Der Betreiber des Servers findet den Grund im Log.",
    make: "Jetzt sichern",
    confirmFirst: "um eine Sicherung zu machen oder herunterzuladen.",
    failed:
      "Der letzte Versuch ist fehlgeschlagen, und nichts wurde geändert. Der Betreiber des Servers findet den Grund im Log.",
    made: "Die Sicherung ist vollständig und geprüft.",
    running: "Eine Sicherung entsteht. Du kannst die Seite verlassen.",
    refresh: "Aktuellen Stand zeigen",
    download: (day: string) => `Sicherung vom ${day} herunterladen`,
    downloadShort: "Herunterladen",
    steps: {
      "Copying the database": "Beiträge und Einstellungen werden kopiert",
      "Checking the copy": "Die Kopie wird geprüft",
      "Writing the archive": "Bilder und Dateien kommen hinzu",
      "Verifying the archive": "Die Sicherung wird geprüft"
    },
    step: (step: string, percent: string) => (percent === "" ? `${step} …` : `${step}: ${percent}.`),
    working: "In Arbeit"
  }
}
