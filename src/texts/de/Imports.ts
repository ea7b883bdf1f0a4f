import { counting } from "../Counted.js"
import type { english } from "../en/English.js"
import type { Translation } from "../Translation.js"

const counted = counting("de")

/** Texts of the page of imports. */
export const imports: Translation<typeof english.imports> = {
  title: "Importieren",
  about:
    "Hole herein, was du anderswo geschrieben hast: aus WordPress, Ghost, einem anderen StarPunk, einem Website-Generator oder Markdown-Dateien. Du siehst, was hereinkäme, bevor sich etwas ändert.",
  open: "Datei importieren",
  file: {
    label: "Datei",
    hint: ({ size }: { readonly size: string }): string => `.zip, .xml, .json oder .md, bis ${size}`,
    kinds: [
      "**WordPress**: die `.xml`-Datei aus Werkzeuge, Daten exportieren, Alle Inhalte",
      "**Ghost**: die `.json`-Datei aus Settings, Export, oder eine Zip-Datei davon mit `content/images`",
      "**StarPunk**: die Zip-Datei von „Alles herunterladen“",
      "**Jekyll, Hugo, Zola, Eleventy, Astro, Hexo, Obsidian**: eine Zip-Datei des Ordners",
      "**Markdown**: eine `.md`-Datei oder eine Zip-Datei mit mehreren"
    ],
    send: "Hochladen und ansehen",
    safe: "Nichts wird veröffentlicht, bevor du es sagst. Die Datei wird danach entfernt."
  },
  none: "Wähle zuerst eine Datei.",
  cutOff:
    "Die Website wurde während des letzten Imports beendet. Was hereinkam, bleibt. Lade die Datei noch einmal hoch, um den Rest zu holen.",
  stopped: ({ name }: { readonly name: string }): string =>
    `Der Import von ${name} wurde gestoppt. Was hereinkam, bleibt. Lade die Datei noch einmal hoch, um den Rest zu holen.`,
  progress: {
    receiving: ({ name }: { readonly name: string }): string => `${name} wird hochgeladen`,
    reading: ({ name }: { readonly name: string }): string => `${name} wird gelesen`,
    importing: ({ name }: { readonly name: string }): string => `${name} wird importiert`,
    leave: "Du kannst diese Seite verlassen.",
    stay: "Lass die Seite offen, die die Datei hochlädt.",
    refresh: "Aktuellen Stand zeigen",
    stop: "Stoppen",
    steps: {
      Receiving: "Hochladen",
      Unpacking: "Entpacken",
      "Reading the export": "Export lesen",
      "Reading posts": "Beiträge lesen",
      "Importing posts": "Beiträge hereinholen",
      "Importing media": "Bilder und Dateien hereinholen"
    },
    working: "In Arbeit",
    share: ({ percent, step }: { readonly step: string; readonly percent: string }): string => `${step}: ${percent}`,
    amount: ({ done, step, total }: { readonly step: string; readonly done: string; readonly total: string }): string =>
      `${step}: ${done} von ${total}`
  },
  report: {
    planned: "Was hereinkäme",
    done: "Was hereinkam",
    posts: ({ count }: { readonly count: number }): string => counted(count, { one: "# Beitrag", other: "# Beiträge" }),
    pages: ({ count }: { readonly count: number }): string => counted(count, { one: "# Seite", other: "# Seiten" }),
    media: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# Bild oder Datei", other: "# Bilder und Dateien" }),
    drafts: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# Entwurf", other: "# Entwürfe" }),
    private: ({ count }: { readonly count: number }): string => counted(count, { one: "# privat", other: "# privat" }),
    unlisted: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# nicht gelistet", other: "# nicht gelistet" }),
    scheduled: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# geplant", other: "# geplant" }),
    allPublic: "alle öffentlich",
    addresses: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# alte Adresse", other: "# alte Adressen" }),
    addressesLead: "Sie führen zu diesen Beiträgen.",
    present: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# Beitrag ist schon hier", other: "# Beiträge sind schon hier" }),
    presentStay: "Sie bleiben, wie sie sind.",
    remote: ({ count, hosts }: { readonly count: number; readonly hosts: string }): string =>
      counted(count, { one: `# Bild liegt auf ${hosts}`, other: `# Bilder liegen auf ${hosts}` }),
    remotePlanned: "Die Datei nennt sie und enthält sie nicht.",
    remoteStay: "Sie werden von dort gezeigt.",
    fetched: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# Bild wurde geholt", other: "# Bilder wurden geholt" }),
    notFetched: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "# konnte nicht geholt werden und bleibt dort",
        other: "# konnten nicht geholt werden und bleiben dort"
      }),
    nothing: "In dieser Datei ist nichts Neues.",
    notPublic: "Nicht für alle",
    levels: { draft: "Entwürfe", private: "Privat", unlisted: "Nicht gelistet" },
    heldBack: "Zurückgehalten",
    heldBackAbout: "Das können Beiträge sein; du entscheidest.",
    reasons: {
      undated: "Ohne Datum",
      page: "Teil der alten Website, keine Beiträge",
      template: "Vorlagen",
      not_published: "Auf der alten Website nicht veröffentlicht",
      empty: "Leer",
      format: "In einem Format, das nicht lesbar ist",
      redirect: "Führen nur woanders hin",
      trash: "Im Papierkorb"
    },
    problems: "Kann nicht herein",
    problem: {
      media_missing: "Ihre Bilder fehlen",
      media_refused: "Ihre Bilder sind nicht lesbar",
      slug_taken: "Ihre Adresse gehört hier einem anderen Beitrag",
      unreadable: "Nicht lesbar"
    },
    deadLinks: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# Link führt nirgendwohin", other: "# Links führen nirgendwohin" }),
    renamed: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "# Beitrag bekommt eine andere Adresse",
        other: "# Beiträge bekommen eine andere Adresse"
      }),
    hidden: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "# Beitrag hat einen Teil des alten Programms, der verborgen ist",
        other: "# Beiträge haben Teile des alten Programms, die verborgen sind"
      }),
    passedOver: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# anderer Eintrag ist kein Beitrag", other: "# andere Einträge sind keine Beiträge" }),
    fields: "Angaben, die nicht hereinkommen",
    more: "Außerdem",
    examples: ({ names, rest }: { readonly names: string; readonly rest: number }): string =>
      rest === 0 ? names : counted(rest, { one: `${names} und # weiterer`, other: `${names} und # weitere` })
  },
  choices: {
    title: "Wahl",
    fetch: ({ count, hosts }: { readonly count: number; readonly hosts: string }): string =>
      counted(count, { one: `# Bild von ${hosts} holen`, other: `# Bilder von ${hosts} holen` }),
    fetchHint: "Eines nach dem anderen; das kann dauern. Sonst bleiben sie dort.",
    oldSite: "Adresse der alten Website",
    oldSiteHint: "Die Datei sagt nicht, wo ihre Bilder sind. Gib die Adresse an und sieh noch einmal nach.",
    withoutMedia: "Beiträge ohne ihre fehlenden Bilder hereinholen",
    asDrafts: "Zurückgehaltenes als Entwürfe hereinholen",
    look: "Noch einmal ansehen",
    begin: "Diese importieren",
    discard: "Datei verwerfen"
  },
  result: {
    posts: "Deine Beiträge",
    drafts: "Entwürfe",
    site: "Die Website",
    another: "Noch eine Datei importieren",
    again: "Die Datei wurde entfernt. Ein weiterer Import fügt nur hinzu, was fehlt."
  },
  failed: {
    title: "Die Datei kann nicht importiert werden",
    broken: "Der Import endete vorzeitig",
    partly: "Was bis dahin hereinkam, bleibt. Ein weiterer Import der Datei fügt den Rest hinzu.",
    nothing: "Nichts wurde importiert, und die Datei wurde entfernt.",
    noPosts: "In der Datei ist kein Beitrag.",
    newer: "Die Datei ist von einer neueren Version von StarPunk.",
    source: "Der Inhalt der Datei ist nicht lesbar. Exportiere die alte Website noch einmal.",
    reasons: {
      kind: "Sie ist keine Zip-Datei, kein Export von WordPress oder Ghost und keine Markdown-Datei.",
      empty: "Sie ist leer.",
      xml: "Der WordPress-Export ist unvollständig. Exportiere noch einmal und warte, bis der Download beendet ist.",
      json: "Der Ghost-Export ist unvollständig. Exportiere noch einmal und warte, bis der Download beendet ist.",
      encoding: "Ihr Text ist nicht UTF-8.",
      part_too_large: "Einer ihrer Einträge ist größer als jeder Beitrag.",
      too_many: "Sie hat zu viele Einträge. Teile sie in mehrere Dateien auf.",
      too_large: "Ihr entpackter Inhalt ist zu groß. Teile sie in mehrere Dateien auf.",
      bomb: "Sie gibt vor, sich auf ein Vielfaches zu entpacken, wie es Angriffe tun.",
      damaged: "Die Zip-Datei ist beschädigt oder unvollständig. Lade oder packe sie noch einmal.",
      encrypted: "Sie ist durch ein Passwort geschützt. Packe sie ohne Passwort.",
      absolute: "Ein Eintrag hat einen absoluten Pfad. Packe nur den Ordner mit dem Inhalt.",
      outside: "Ein Eintrag führt aus seinem Ordner hinaus. Packe nur den Ordner mit dem Inhalt.",
      link: "Ein Eintrag ist ein Link oder eine besondere Datei. Packe nur Dateien und Ordner.",
      duplicate: "Zwei Einträge haben denselben Namen.",
      name: "Der Name eines Eintrags ist zu lang oder nicht UTF-8.",
      unsupported: "Sie ist auf eine Art komprimiert, die nicht unterstützt wird. Packe sie als übliche Zip-Datei."
    },
    entry: ({ name }: { readonly name: string }): string => `Eintrag: ${name}`
  }
}
