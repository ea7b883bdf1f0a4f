import type { metrics as english } from "../en/Metrics.js"
import type { Translation } from "../Translation.js"

/** Texts of the page of metrics. */
export const metrics: Translation<typeof english> = {
  title: "Metingen",
  fine: "**Alle controles zijn geslaagd.** In de periode hieronder is geen verzoek mislukt.",
  headlines: {
    starting: "De site start op",
    unhealthy: "De site werkt niet",
    degraded: "De site werkt beperkt",
    errors: "Alle controles zijn geslaagd, maar er waren fouten"
  },
  todo: "Wat je kunt doen:",
  period: "Periode",
  hour: "Laatste uur",
  day: "Laatste 24 uur",
  noData: {
    hour: "Nog geen gegevens: de eerste tien seconden zijn niet voorbij. Laad de pagina zo meteen opnieuw.",
    day: "Nog geen gegevens: de eerste minuut is niet voorbij. Laad de pagina zo meteen opnieuw."
  },
  longer:
    "De grafieken gaan hooguit 24 uur terug en beginnen met de server opnieuw. Laat voor een langere geschiedenis Prometheus [/metrics](/metrics) opvragen met het health-token.",
  chart: {
    span: ({ from, to }) => `van ${from} tot ${to} UTC`,
    without: ({ span }) => `Geen gegevens ${span}`,
    line: ({ label, words }) => `${label}: ${words}`,
    values: ({ last, least, most }) => `${last} aan het eind, tussen ${least} en ${most}`,
    noValues: "geen gegevens",
    scale: ({ most }) => `0 tot ${most}`,
    details: "Uitleg en gegevens",
    detailsOf: ({ title }) => `Uitleg en gegevens: ${title}`,
    empty: "Geen gegevens voor deze periode.",
    until: "Tot (UTC)"
  },
  charts: {
    requests: {
      title: "Verzoeken per minuut",
      meaning: "Gemiddeld aantal verzoeken per minuut, zonder die van /health en /metrics.",
      lines: ["Verzoeken"]
    },
    trouble: {
      title: "Fouten en begrenzing",
      meaning:
        "Fouten: verzoeken die door de server zijn mislukt (status 500 en hoger); de oorzaak van elk staat in het logboek. Begrensd: verzoeken boven een limiet per tijd (status 429).",
      lines: ["Fouten", "Begrensd"]
    },
    duration: {
      title: "Antwoordtijd",
      meaning: "95e percentiel en mediaan van de antwoordtijd. Tot 100 ms voelt als meteen.",
      lines: ["95e percentiel", "Mediaan"]
    },
    connections: {
      title: "Databaseverbindingen",
      meaning:
        "In gebruik: de meeste verbindingen die tegelijk in gebruik waren. Wachtend: aanroepen zonder vrije verbinding. Kort wachten bij drukte is normaal, voortdurend wachten niet.",
      lines: ["In gebruik", "Wachtend"]
    },
    "event-loop": {
      title: "Langste blokkade",
      meaning:
        "Langste vertraging van de event loop in een minuut. Tijdens een blokkade behandelt de server geen verzoek. Bezoekers merken blokkades van meer dan een seconde.",
      lines: ["Langste blokkade"]
    },
    cpu: {
      title: "CPU",
      meaning: "Aandeel van één kern. Door de threads van de database kan het meer dan 100 % zijn.",
      lines: ["Gebruikt"]
    },
    memory: {
      title: "Geheugen",
      meaning:
        "Totaal: geheugen dat het proces in gebruik heeft. Heap: geheugen van JavaScript-objecten. Een lijn die blijft stijgen wijst op een lek.",
      lines: ["Totaal", "Heap"]
    },
    disk: {
      title: "Vrije schijfruimte",
      meaning:
        "Vrije ruimte op de schijf van de gegevensmap. Onder 268 MB werkt de site beperkt. Als de schijf vol is, werkt lezen nog en mislukt schrijven met een foutmelding.",
      lines: ["Vrij"]
    },
    wal: {
      title: "Write-ahead-log",
      meaning:
        "Grootte van het write-ahead-log van de database. Boven 17 MB werkt StarPunk het weg zodra lezers pauzeren; boven 67 MB meldt het in het logboek welke aanroep dat verhindert.",
      lines: ["Grootte"]
    },
    log: {
      title: "Verloren logregels",
      meaning: "Logregels die verloren gingen doordat de uitvoer vol, gesloten of te traag was.",
      lines: ["Verloren"]
    }
  },
  now: {
    title: "Huidige toestand",
    unknown: "onbekend",
    running: ({ age, version }) => `${version}, draait al ${age}`,
    lastCheck: "Laatste controle",
    search: "Zoeken",
    database: "Database",
    media: "Media",
    sessions: "Sessies",
    backup: "Laatste back-up",
    lines: "Geschreven logregels",
    searchOff: "uitgeschakeld",
    searchIndex: "volledige-tekstindex",
    searchFallback: "noodoplossing, zonder de volledige-tekstindex",
    searchPending: ({ count, words }) => `${words}; nog te indexeren berichten: ${count}`,
    backupOff: "uit: STARPUNK_BACKUP_DIRECTORY zet ze aan",
    backupNone: "nog geen",
    ago: ({ age }) => `${age} geleden`,
    lessThanAMinute: "minder dan een minuut"
  }
}
