import type { failures as english } from "../en/Failures.js"
import type { Translation } from "../Translation.js"

/** Words of failures that visitors and the owner see on pages. */
export const failures: Translation<typeof english> = {
  "auth.login_step_expired": {
    message: "Diese Anmeldung ist abgelaufen oder wurde in einem anderen Browser begonnen",
    suggestion: "Beginne die Anmeldung noch einmal",
    troubleshooting: ["Wenn das sofort geschieht, erlaube Cookies für diese Website"]
  },
  "auth.passphrase_wrong": {
    message: "Die Passphrase ist falsch",
    suggestion: "Gib sie noch einmal ein. Groß- und Kleinschreibung zählt",
    troubleshooting: [
      "Wenn du einen Passkey hinzugefügt hast, kannst du dich damit anmelden",
      "Wer den Server betreibt, kann die Anmeldung zurücksetzen"
    ]
  },
  "backup.off": {
    message: "Diese Website legt keine Sicherungen an",
    suggestion: "Lade stattdessen alles herunter, oder bitte den Betreiber, Sicherungen einzuschalten",
    troubleshooting: ["Es wurde nichts geändert"]
  },
  "database.conflict": {
    message: "Diese Änderung passt nicht zu den gespeicherten Daten",
    suggestion: "Lade die Seite neu und ändere es noch einmal",
    troubleshooting: ["Vielleicht hat ein anderes Fenster oder eine App dasselbe geändert", "Es wurde nichts geändert"]
  },
  "database.corrupt": {
    message: "Der Speicher dieser Website ist beschädigt",
    suggestion: "Versuche es später noch einmal",
    troubleshooting: ["Wer die Website betreibt, muss ihn reparieren. Sofort noch einmal zu versuchen hilft nicht"]
  },
  "database.locked": {
    message: "Die Datenbank ist gerade gesperrt",
    suggestion: "Versuche es gleich noch einmal",
    troubleshooting: [
      "Warte einige Sekunden und versuche es noch einmal",
      "Es wurde nichts geändert. Du kannst dieselbe Anfrage noch einmal senden"
    ]
  },
  "database.pool_closed": {
    message: "Die Website startet gerade neu",
    suggestion: "Versuche es in einigen Sekunden noch einmal",
    troubleshooting: ["Warte einige Sekunden und versuche es noch einmal"]
  },
  "database.pool_exhausted": {
    message: "Die Website ist gerade stark besucht",
    suggestion: "Versuche es gleich noch einmal",
    troubleshooting: ["Warte einige Sekunden und versuche es noch einmal"]
  },
  "database.read_only": {
    message: "Die Website kann gerade nur gelesen werden",
    suggestion: "Bewahre eine Kopie deines Textes auf und versuche es später noch einmal",
    troubleshooting: [
      "Lesen geht weiterhin",
      "Von dieser Anfrage wurde nichts gespeichert. Du kannst sie noch einmal senden"
    ]
  },
  "database.unavailable": {
    message: "Die Website erreicht ihren Speicher gerade nicht",
    suggestion: "Versuche es in einigen Sekunden noch einmal",
    troubleshooting: ["Warte einige Sekunden und versuche es noch einmal"]
  },
  "editor.conflict": {
    message: "Dieser Beitrag wurde anderswo geändert, nachdem du ihn geöffnet hast",
    suggestion: "Speichere deine Fassung: Danach kannst du beide vergleichen und eine auswählen",
    troubleshooting: [
      "Vielleicht hat ein anderer Tab, ein anderes Gerät oder eine App den Beitrag geändert",
      "Es wurde nichts überschrieben, und dein Text ist nicht verloren"
    ]
  },
  "editor.erase_refused": {
    message: "Dieser Beitrag ist nicht gelöscht, deshalb wurde er nicht endgültig entfernt",
    suggestion: "Lösche den Beitrag zuerst und entferne ihn dann aus der Liste der gelöschten Beiträge",
    troubleshooting: [
      "Vielleicht hat ein anderer Tab oder eine App den Beitrag wiederhergestellt",
      "Es wurde nichts geändert"
    ]
  },
  "editor.file_missing": {
    message: "Diese Sendung enthält keine Datei",
    suggestion: "Wähle zuerst ein Bild, ein Video oder eine Aufnahme aus",
    troubleshooting: ["Apps senden die Datei als Teil mit Dateinamen in einem Formular vom Typ multipart/form-data"]
  },
  "export.busy": {
    message: "Gerade laufen andere Downloads der Website",
    suggestion: "Warte, bis sie fertig sind, oder brich sie im Browser ab, und versuche es dann noch einmal",
    troubleshooting: [
      "Wenn du einen Download abgebrochen hast, warte zwei Minuten: Der Server bemerkt es vielleicht erst dann"
    ]
  },
  "http.draft_link_ended": {
    message: "Dieser Link zu einem Entwurf funktioniert nicht mehr",
    suggestion: "Bitte die Person, von der du ihn hast, um einen neuen Link",
    troubleshooting: ["Der Link wurde beendet oder ersetzt, oder der Entwurf wurde gelöscht"]
  },
  "http.gone": {
    message: "Dieser Beitrag wurde gelöscht",
    suggestion: "Geh weiter zur Startseite",
    troubleshooting: ["Wer ihn geschrieben hat, hat ihn gelöscht. Du kannst Links darauf entfernen"]
  },
  "http.not_found": {
    message: "Seite nicht gefunden",
    suggestion: "Prüfe die Adresse auf Tippfehler oder beginne auf der Startseite",
    troubleshooting: ["Wenn du einem Link gefolgt bist, sag der Seite Bescheid, auf der er steht"]
  },
  "http.request_timeout": {
    message: "Die Anfrage ist nicht rechtzeitig angekommen",
    suggestion: "Sende sie noch einmal",
    troubleshooting: [
      "Wenn es wieder geschieht, ist die Verbindung vielleicht zu langsam: Sende weniger Daten auf einmal"
    ]
  },
  "http.server_busy": {
    message: "Die Website ist beschäftigt",
    suggestion: "Versuche es in einigen Sekunden noch einmal",
    troubleshooting: ["Kleine Anfragen und Seiten gehen weiterhin", "Was du gesendet hast, wurde nicht gespeichert"]
  },
  "http.site_starting": {
    message: "Die Website startet gerade",
    suggestion: "Versuche es in einigen Sekunden noch einmal",
    troubleshooting: ["Warte einige Sekunden und versuche es noch einmal"]
  },
  "import.busy": {
    message: "Ein anderer Import läuft gerade",
    suggestion: "Warte, bis er beendet ist, oder halte ihn auf der Seite des Imports an",
    troubleshooting: ["Es wird immer nur eine Datei importiert", "Von dieser Datei wurde nichts importiert"]
  },
  "indieauth.request_expired": {
    message: "Diese Anmeldung bei einer App wurde schon beantwortet oder ist abgelaufen",
    suggestion: "Geh zur App zurück und beginne die Anmeldung noch einmal",
    troubleshooting: ["Wenn du inzwischen abgemeldet wurdest, musst du auch in der App neu beginnen"]
  },
  "internal.unforeseen": {
    message: "Ein interner Fehler ist aufgetreten",
    suggestion: "Melde die Anfrage-ID und was du getan hast an die Person, der die Website gehört",
    troubleshooting: [
      "Du kannst die Seite gefahrlos neu laden. Bevor du ein Formular noch einmal sendest, sieh nach, ob es gespeichert wurde"
    ]
  },
  "media.in_use": {
    message: "Die Verwendung dieser Datei hat sich geändert, seit du die Seite geöffnet hast",
    suggestion: "Sieh dir die Datei noch einmal an und entscheide dann",
    troubleshooting: [
      "Die Datei wurde nicht gelöscht",
      "Vielleicht verwendet sie jetzt ein Beitrag aus einem anderen Tab oder einer App"
    ]
  },
  "media.storage_full": {
    message: "Der Speicher der Website reicht für diese Datei nicht",
    suggestion: "Versuche es später noch einmal oder wende dich an die Person, der die Website gehört",
    troubleshooting: ["Die Datei wurde nicht gespeichert. Dein Text ist nicht betroffen"]
  },
  "search.disabled": {
    message: "Die Suche ist auf dieser Website ausgeschaltet",
    suggestion: "Blättere auf der Startseite durch die Beiträge oder folge ihren Schlagwörtern",
    troubleshooting: ["Die neuesten Beiträge stehen oben, ältere auf den folgenden Seiten"]
  },
  "session.proof_needed": {
    message: "Bestätige, dass du es bist",
    suggestion: "Melde dich unter /auth/confirm noch einmal an und wiederhole die Anfrage innerhalb von zehn Minuten",
    troubleshooting: [
      "Änderungen an Anmeldung, Sitzungen und Zugängen von Apps brauchen eine frische Anmeldung",
      "Ein Passkey mit Fingerabdruck, Gesicht oder PIN geht am schnellsten"
    ]
  },
  "settings.conflict": {
    message: "Diese Einstellungen wurden anderswo geändert, nachdem du sie geöffnet hast",
    suggestion: "Vergleiche beide Fassungen und speichere dann die gewünschte",
    troubleshooting: [
      "Vielleicht hat ein anderer Tab oder ein anderes Gerät sie geändert",
      "Es wurde nichts überschrieben"
    ]
  },
  "storage.full": {
    message: "Der Speicher der Website ist voll",
    suggestion: "Bewahre eine Kopie deines Textes auf und versuche es später noch einmal",
    troubleshooting: [
      "Lesen geht weiterhin",
      "Von dieser Anfrage wurde nichts gespeichert. Du kannst sie noch einmal senden"
    ]
  }
}
