import { counting } from "../Counted.js"
import type { settings as english } from "../en/Settings.js"
import type { Translation } from "../Translation.js"

const count = counting("de")

/** Texts of the settings pages. */
export const settings: Translation<typeof english> = {
  sections: {
    site: "Website",
    you: "Du",
    menu: "Menü",
    home: "Startseite",
    footer: "Fußzeile",
    look: "Aussehen",
    care: "Aufrufe und Updates"
  },
  fields: {
    "site.name": "Name",
    "site.tagline": "Untertitel",
    "site.language": "Sprache",
    "site.timeZone": "Zeitzone",
    "you.name": "Name",
    "you.bio": "Über dich",
    "you.email": "E-Mail-Adresse",
    "you.links": "Links",
    "menu.items": "Menü",
    "home.hidden": "Auf der Startseite verborgen",
    "footer.text": "Text",
    "look.preset": "Aussehen",
    "look.accent": "Akzentfarbe",
    "look.font": "Schriften",
    "look.width": "Breite",
    "look.scheme": "Hell und dunkel",
    "look.css": "Eigenes CSS",
    "care.countViews": "Zählen, wie oft Beiträge geöffnet werden",
    "care.checkUpdates": "Einmal am Tag fragen, ob es eine neuere Version gibt",
    "care.remindsOfPasskey": "Passkey vorschlagen"
  },
  cssFaults: {
    too_long: "Eigenes CSS darf höchstens 32 kB groß sein.",
    import: "@import, @charset und @namespace sind nicht möglich. Füge die Regeln selbst ein.",
    remote: "url() darf nur Dateien dieser Website laden. Lade die Datei zuerst hoch, und nimm dann ihren Pfad.",
    closing: "Entferne die HTML-Tags: Dieses Feld ist nur für CSS.",
    characters: "Entferne die Steuerzeichen."
  },
  faults: {
    email: ({ text }) => `„${text}“ ist keine E-Mail-Adresse.`,
    noUrl: "Gib die Adresse des Links ein.",
    url: ({ text }) => `„${text}“ ist keine Webadresse.`,
    noHref: "Gib eine Adresse ein: einen Pfad wie /about oder eine Webadresse.",
    href: ({ text }) => `„${text}“ ist weder ein Pfad wie /about noch eine Webadresse.`,
    noLabel: "Gib eine Beschriftung ein.",
    label: "Beschriftungen dürfen höchstens eine Zeile mit 100 Zeichen haben.",
    other: "Dieser Wert ist ungültig."
  },
  limits: {
    "site.name": "Der Name darf höchstens eine Zeile mit 200 Zeichen haben.",
    "site.tagline": "Der Untertitel darf höchstens eine Zeile mit 500 Zeichen haben.",
    "site.language": "Wähle eine Sprache aus der Liste.",
    "site.timeZone": "Wähle eine Zeitzone aus der Liste.",
    "you.name": "Der Name darf höchstens eine Zeile mit 200 Zeichen haben.",
    "you.bio": "Dieser Text darf höchstens 1.000 Zeichen haben.",
    "you.links": "Höchstens 30 Links sind möglich.",
    "menu.items": "Das Menü hat Platz für 30 Einträge.",
    "footer.text": "Die Fußzeile darf höchstens 2.000 Zeichen haben."
  },
  form: {
    tagline: "Steht oben auf der Startseite und in Suchmaschinen.",
    language: "Die Sprache, in der du schreibst.",
    zone: "Beiträge zeigen ihre Zeiten in dieser Zone.",
    zoneNow: ({ time, zone }) => `${zone} (jetzt ${time})`,
    takeZone: "{zone} nehmen, wie in diesem Browser",
    bio: "Ein oder zwei Sätze, die unter jedem Beitrag stehen.",
    email: "Optional. Leser sehen sie und können per E-Mail antworten. Apps bekommen sie, wenn du es ihnen erlaubst.",
    links:
      "Deine Profile anderswo. Jeder Link ist mit `rel=me` markiert, damit sie bestätigen können, dass sie dir gehören.",
    linkAddress: ({ at }) => `Adresse von Link ${at}`,
    linkLabel: ({ at }) => `Beschriftung von Link ${at}, optional`,
    linkLabelExample: "Beschriftung (optional)",
    link: ({ at }) => `Link ${at}`,
    addLink: "Link hinzufügen",
    menu: "Adressen sind Pfade dieser Website, wie `/about`, oder ganze Webadressen.",
    itemLabel: ({ at }) => `Beschriftung ${at}`,
    itemLabelExample: "Beschriftung",
    itemAddress: ({ at }) => `Adresse ${at}`,
    item: ({ at }) => `Eintrag ${at}`,
    addItem: "Eintrag hinzufügen",
    moveUp: ({ name }) => `${name} nach oben schieben`,
    moveDown: ({ name }) => `${name} nach unten schieben`,
    remove: ({ name }) => `${name} entfernen`,
    home: "Auf der Startseite zeigen",
    homeHint: "Beiträge anderer Arten behalten ihre eigenen Seiten und Feeds und bleiben in der Suche.",
    footer: "Markdown. Links sind erlaubt.",
    css: "Höchstens 32 kB. Dateien anderer Websites werden nicht geladen. Es gilt für die Website, nicht für diese Seiten."
  },
  look: {
    preset: "Ausgangspunkt",
    presets: { paper: "Papier", signal: "Signal", night: "Nacht" },
    accent: "Akzentfarbe",
    accentHint: "Seiten passen sie an, wo der Kontrast es braucht, in Hell und Dunkel.",
    own: "Die des Aussehens",
    accents: {
      teal: "Petrol",
      cobalt: "Kobalt",
      plum: "Pflaume",
      brick: "Ziegel",
      moss: "Moos",
      ink: "Tinte"
    },
    another: "Eine andere:",
    anotherColour: "Eine andere Akzentfarbe",
    font: "Text",
    fonts: { preset: "Wie im Aussehen", serif: "Mit Serifen", sans: "Ohne Serifen" },
    width: "Breite",
    widths: { narrow: "Schmal", usual: "Normal", wide: "Breit" },
    scheme: "Hell und dunkel",
    schemes: { auto: "Wie beim Leser eingestellt", light: "Hell", dark: "Dunkel" },
    preview: "Vorschau",
    sample:
      "## Eine Überschrift\n\nEin Absatz mit einem [Link](#), *Betonung* und `Code`.\n\n> Ein Zitat, wie Leser es sehen.\n\n- Das eine\n- Das andere"
  },
  care: {
    views: "Aufrufe",
    countViews: "Zählen, wie oft Beiträge geöffnet werden",
    countViewsHint:
      "Gespeichert wird je Beitrag und Tag eine Zahl, ohne Cookies und Adressen. Nichts wird irgendwohin gesendet. Du und bekannte Programme zählen nicht.",
    seeViews: "Aufrufe ansehen"
  },
  photo: {
    label: "Foto",
    hint: "JPEG, PNG, WebP, AVIF oder GIF. Standortdaten werden entfernt.",
    alt: "Dein Foto, wie deine Website es zeigt",
    choose: "Neues Foto",
    change: "Foto ändern",
    upload: "Foto hochladen",
    remove: "Foto entfernen",
    crop: "Zuschneiden",
    x: "Von links nach rechts",
    y: "Von oben nach unten",
    zoom: "Näher",
    save: "Zuschnitt speichern"
  },
  page: {
    title: "Einstellungen",
    share: "Von überall schreiben",
    save: "Speichern",
    saved: "Gespeichert.",
    fixed: "Vom Server festgelegt",
    faults: (fields) => count(fields, { one: "Ein Feld hat einen Fehler", other: "# Felder haben Fehler" }),
    unsaved: "Nichts wurde gespeichert. Deine Eingaben stehen unten.",
    conflict: "Diese Einstellungen wurden anderswo geändert, nachdem du sie geöffnet hattest",
    conflictAdvice: "Deine Fassung steht im Formular. Speichere sie, oder nimm die andere.",
    others: "anderswo gespeichert",
    useOthers: "Die andere Fassung nehmen",
    empty: "(leer)"
  },
  welcome: {
    title: "Mach sie zu deiner",
    step: "Schritt 2 von 3",
    later: "All das kannst du später in den Einstellungen ändern.",
    author: "Dein Name",
    name: "Name der Website",
    tagline: "Untertitel (optional)",
    zone: "Zeitzone",
    photo: "Foto (optional)",
    photoHint: "JPEG, PNG, WebP, AVIF oder GIF. Standortdaten werden entfernt.",
    next: "Weiter",
    skip: "Überspringen",
    security: "Einen Passkey oder die Anmeldung in zwei Schritten richtest du unter [Sicherheit](/admin/security) ein."
  }
}
