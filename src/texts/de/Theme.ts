import { counting } from "../Counted.js"
import type { theme as english } from "../en/Theme.js"
import type { Translation } from "../Translation.js"

const count = counting("de")

/** Texts around posts and pages. */
export const theme: Translation<typeof english> = {
  kindLists: {
    note: "Notizen",
    article: "Artikel",
    photo: "Fotos",
    bookmark: "Links",
    reply: "Antworten",
    like: "Gefällt mir",
    repost: "Reposts",
    event: "Veranstaltungen",
    rsvp: "Zusagen und Absagen",
    review: "Rezensionen",
    read: "Gelesen",
    watch: "Gesehen",
    listen: "Gehört",
    play: "Gespielt",
    food: "Essen",
    drink: "Getränke",
    checkin: "Check-ins"
  },
  kinds: {
    note: "Notiz",
    article: "Artikel",
    photo: "Foto",
    bookmark: "Link",
    reply: "Antwort",
    like: "Gefällt mir",
    repost: "Repost",
    event: "Veranstaltung",
    rsvp: "Zusage oder Absage",
    review: "Rezension",
    read: "Gelesen",
    watch: "Gesehen",
    listen: "Gehört",
    play: "Gespielt",
    food: "Essen",
    drink: "Getränk",
    checkin: "Check-in"
  },
  rows: {
    "like-of": "Gefällt mir:",
    "favorite-of": "Gefällt mir:",
    "repost-of": "Geteilt:",
    "bookmark-of": "Gemerkt:",
    checkin: "Eingecheckt:"
  },
  entry: {
    minutes: (minutes) => count(minutes, { other: "# Min. Lesezeit" }),
    readOn: "Weiterlesen",
    readOnOf: ({ name }) => `Weiterlesen: ${name}`,
    linkTo: ({ name }) => `Link zu „${name}“`,
    tags: "Schlagwörter",
    subscribe: "Abonnieren",
    replyByMail: "Per E-Mail antworten",
    edited: "Bearbeitet: {time}",
    links: ({ day }) => `Links vom ${day}`,
    by: "von",
    with: "Mit",
    at: "Ort:",
    from: "Aus",
    atPlace: ({ place }) => `Ort: ${place}`,
    fromPlace: ({ place }) => `Aus ${place}`,
    rsvpTo: "Antwort auf die Einladung – {answer}:",
    rsvp: ({ answer, name }) => `Antwort auf die Einladung – ${answer}: ${name}`,
    rsvpAnswers: { yes: "ja", no: "nein", maybe: "vielleicht", interested: "interessiert" },
    alsoOn: "Auch auf",
    more: (more) => count(more, { one: "und # weiterer Wert", other: "und # weitere Werte" }),
    video: "Video",
    audio: "Audio",
    fullSize: "Bild in voller Größe"
  },
  error: {
    home: "Zur Startseite",
    details: "Technische Details",
    status: ({ status }) => `Status ${status}`,
    request: "Anfrage"
  },
  owner: {
    label: "Besitzer",
    edit: "Bearbeiten",
    write: "Neu",
    drafts: "Entwürfe",
    settings: "Einstellungen",
    draft: "Entwurf.",
    private: "Privater Beitrag.",
    scheduled: ({ time }) => `Geplant für ${time}.`,
    onlyYou: "Das siehst nur du."
  },
  frame: {
    skip: "Zum Inhalt springen",
    menu: "Website",
    archive: "Archiv",
    search: "Suche",
    subscribe: "Abonnieren",
    pages: "Seiten",
    newer: "Neuere Beiträge",
    older: "Ältere Beiträge"
  },
  search: { label: "Diese Website durchsuchen", button: "Suchen" },
  facts: { url: "Website", rating: "Bewertung", duration: "Dauer", "checked-in-by": "Eingecheckt von" },
  relations: {
    "in-reply-to": { done: "Antwort auf" },
    "like-of": { done: "Gefällt mir:" },
    "favorite-of": { done: "Gefällt mir:" },
    "repost-of": { done: "Teilt" },
    "quotation-of": { done: "Zitiert" },
    "bookmark-of": { done: "Merkt sich" },
    "follow-of": { done: "Folgt" },
    "mention-of": { done: "Erwähnt" },
    "tag-of": { done: "Verschlagwortet" },
    "edit-of": { done: "Bearbeitet" },
    "translation-of": { done: "Übersetzt" },
    "read-of": { done: "Gelesen:", wanted: "Will lesen:", begun: "Liest gerade:" },
    "watch-of": { done: "Gesehen:", wanted: "Will sehen:", begun: "Sieht gerade:" },
    "listen-of": { done: "Gehört:", wanted: "Will hören:", begun: "Hört gerade:" },
    "play-of": { done: "Gespielt:", wanted: "Will spielen:", begun: "Spielt gerade:" },
    "jam-of": { done: "Hört in Dauerschleife:" },
    "want-of": { done: "Will haben:" },
    "wish-of": { done: "Wünscht sich:" },
    ate: { done: "Gegessen:" },
    "eat-of": { done: "Gegessen:" },
    drank: { done: "Getrunken:" },
    "drink-of": { done: "Getrunken:" },
    item: { done: "Bespricht" },
    "review-of": { done: "Bespricht" }
  }
}
