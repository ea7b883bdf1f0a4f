import type { feeds as english } from "../en/Feeds.js"
import type { Translation } from "../Translation.js"

/** Texts of the page about the site's feeds. */
export const feeds: Translation<typeof english> = {
  title: ({ site }) => `${site} abonnieren`,
  lead: "Neue Beiträge kommen zu dir, ohne Konto und ohne Algorithmus. Kopiere diese Adresse in einen Feedreader:",
  address: "Adresse des Feeds",
  alsoHost: "Die meisten Reader akzeptieren auch einfach {host}.",
  choose: "Wähle, was du verfolgst",
  byKind: "Feeds nach Art",
  feed: "Feed",
  format: "Format",
  everything: "Alles",
  tag: ({ label }) => `Schlagwort: ${label}`,
  what: "Was ist ein Feed?",
  explanation:
    "Ein Feed ist eine Seite für Programme. Ein Feedreader schaut in die Feeds, die du gewählt hast, und zeigt neue Beiträge an einem Ort. Reader gibt es für jedes Telefon und jeden Computer, viele davon kostenlos. Diese Website erfährt nicht, wer sie abonniert.",
  empty: "Noch ist nichts veröffentlicht. Der erste Beitrag wird im Feed stehen."
}
