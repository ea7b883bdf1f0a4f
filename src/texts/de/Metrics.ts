import type { metrics as english } from "../en/Metrics.js"
import type { Translation } from "../Translation.js"

/** Texts of the page of metrics. */
export const metrics: Translation<typeof english> = {
  title: "Metriken",
  fine: "**Alle Prüfungen sind bestanden.** Im Zeitraum unten ist keine Anfrage gescheitert.",
  headlines: {
    starting: "Die Website startet",
    unhealthy: "Die Website ist gestört",
    degraded: "Die Website ist eingeschränkt",
    errors: "Alle Prüfungen sind bestanden, aber es gab Fehler"
  },
  todo: "Was zu tun ist:",
  period: "Zeitraum",
  hour: "Letzte Stunde",
  day: "Letzte 24 Stunden",
  noData: {
    hour: "Noch keine Daten: Die ersten zehn Sekunden sind nicht vorbei. Lade die Seite gleich noch einmal.",
    day: "Noch keine Daten: Die erste Minute ist nicht vorbei. Lade die Seite gleich noch einmal."
  },
  longer:
    "Die Diagramme reichen höchstens 24 Stunden zurück und beginnen mit dem Server neu. Für einen längeren Zeitraum lass Prometheus [/metrics](/metrics) mit dem Health-Token abfragen.",
  chart: {
    span: ({ from, to }) => `von ${from} bis ${to} UTC`,
    without: ({ span }) => `Keine Daten ${span}`,
    line: ({ label, words }) => `${label}: ${words}`,
    values: ({ last, least, most }) => `am Ende ${last}, zwischen ${least} und ${most}`,
    noValues: "keine Daten",
    scale: ({ most }) => `0 bis ${most}`,
    details: "Erklärung und Daten",
    detailsOf: ({ title }) => `Erklärung und Daten: ${title}`,
    empty: "Keine Daten für diesen Zeitraum.",
    until: "Bis (UTC)"
  },
  charts: {
    requests: {
      title: "Anfragen pro Minute",
      meaning: "Durchschnittliche Zahl der Anfragen pro Minute, ohne Abfragen von /health und /metrics.",
      lines: ["Anfragen"]
    },
    trouble: {
      title: "Fehler und Drosselung",
      meaning:
        "Fehler: Anfragen, die am Server gescheitert sind (Status 500 und höher); die Ursache steht jeweils im Protokoll. Gedrosselt: Anfragen über einer Grenze pro Zeit (Status 429).",
      lines: ["Fehler", "Gedrosselt"]
    },
    duration: {
      title: "Antwortzeit",
      meaning: "95. Perzentil und Median der Antwortzeit. Bis 100 ms wirken sofort.",
      lines: ["95. Perzentil", "Median"]
    },
    connections: {
      title: "Datenbankverbindungen",
      meaning:
        "Benutzt: die meisten gleichzeitig benutzten Verbindungen. Wartend: Aufrufer ohne freie Verbindung. Kurzes Warten unter Last ist normal, dauerndes nicht.",
      lines: ["Benutzt", "Wartend"]
    },
    "event-loop": {
      title: "Längste Stockung",
      meaning:
        "Die längste Verzögerung der Ereignisschleife in einer Minute. Währenddessen bearbeitet der Server keine Anfrage. Besucher merken Stockungen über einer Sekunde.",
      lines: ["Längste Stockung"]
    },
    cpu: {
      title: "CPU",
      meaning: "Anteil eines Kerns. Durch die Threads der Datenbank können es mehr als 100 % sein.",
      lines: ["Benutzt"]
    },
    memory: {
      title: "Arbeitsspeicher",
      meaning:
        "Gesamt: belegter Arbeitsspeicher des Prozesses. Heap: Speicher der JavaScript-Objekte. Eine Linie, die immer weiter steigt, deutet auf ein Speicherleck.",
      lines: ["Gesamt", "Heap"]
    },
    disk: {
      title: "Freier Speicherplatz",
      meaning:
        "Freier Platz auf der Festplatte des Datenverzeichnisses. Unter 268 MB ist die Website eingeschränkt. Ist die Festplatte voll, geht Lesen weiterhin, und Schreiben scheitert mit einem Fehler.",
      lines: ["Frei"]
    },
    wal: {
      title: "Write-Ahead-Log",
      meaning:
        "Größe des Write-Ahead-Logs der Datenbank. Über 17 MB überträgt StarPunk es, sobald die Leser pausieren; über 67 MB protokolliert es, welcher Aufrufer das verhindert.",
      lines: ["Größe"]
    },
    log: {
      title: "Verlorene Protokollzeilen",
      meaning: "Protokollzeilen, die verloren gingen, weil die Ausgabe voll, geschlossen oder zu langsam war.",
      lines: ["Verloren"]
    }
  },
  now: {
    title: "Aktueller Zustand",
    unknown: "unbekannt",
    running: ({ age, version }) => `${version}, Laufzeit: ${age}`,
    lastCheck: "Letzte Prüfung",
    search: "Suche",
    database: "Datenbank",
    media: "Medien",
    sessions: "Sitzungen",
    backup: "Letztes Backup",
    lines: "Geschriebene Protokollzeilen",
    searchOff: "ausgeschaltet",
    searchIndex: "Volltextindex",
    searchFallback: "Ersatz, ohne den Volltextindex",
    searchPending: ({ count, words }) => `${words}; noch zu indexierende Beiträge: ${count}`,
    backupOff: "aus: STARPUNK_BACKUP_DIRECTORY schaltet sie ein",
    backupNone: "noch keines",
    ago: ({ age }) => `${age} alt`,
    lessThanAMinute: "weniger als eine Minute"
  }
}
