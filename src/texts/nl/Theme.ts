import { counting } from "../Counted.js"
import type { theme as english } from "../en/Theme.js"
import type { Translation } from "../Translation.js"

const count = counting("nl")

/** Texts around posts and pages. */
export const theme: Translation<typeof english> = {
  kindLists: {
    note: "Notities",
    article: "Artikelen",
    photo: "Foto’s",
    bookmark: "Links",
    reply: "Antwoorden",
    like: "Vind ik leuk",
    repost: "Reposts",
    event: "Evenementen",
    rsvp: "Antwoorden op uitnodigingen",
    review: "Recensies",
    read: "Gelezen",
    watch: "Gekeken",
    listen: "Geluisterd",
    play: "Gespeeld",
    food: "Eten",
    drink: "Drinken",
    checkin: "Check-ins"
  },
  kinds: {
    note: "Notitie",
    article: "Artikel",
    photo: "Foto",
    bookmark: "Link",
    reply: "Antwoord",
    like: "Vind ik leuk",
    repost: "Repost",
    event: "Evenement",
    rsvp: "Antwoord op uitnodiging",
    review: "Recensie",
    read: "Gelezen",
    watch: "Gekeken",
    listen: "Geluisterd",
    play: "Gespeeld",
    food: "Eten",
    drink: "Drinken",
    checkin: "Check-in"
  },
  rows: {
    "like-of": "Leuk:",
    "favorite-of": "Leuk:",
    "repost-of": "Gedeeld:",
    "bookmark-of": "Bewaard:",
    checkin: "Ingecheckt bij"
  },
  entry: {
    minutes: (minutes) => count(minutes, { other: "# min. leestijd" }),
    readOn: "Verder lezen",
    readOnOf: ({ name }) => `Verder lezen: ${name}`,
    linkTo: ({ name }) => `Link naar “${name}”`,
    tags: "Labels",
    subscribe: "Abonneren",
    replyByMail: "Per e-mail antwoorden",
    edited: "Bewerkt: {time}",
    links: ({ day }) => `Links van ${day}`,
    by: "door",
    with: "Met",
    at: "Bij",
    from: "Vanuit",
    atPlace: ({ place }) => `Bij ${place}`,
    fromPlace: ({ place }) => `Vanuit ${place}`,
    rsvpTo: "Antwoord op de uitnodiging ({answer}):",
    rsvp: ({ answer, name }) => `Antwoord op de uitnodiging (${answer}): ${name}`,
    rsvpAnswers: { yes: "ja", no: "nee", maybe: "misschien", interested: "geïnteresseerd" },
    alsoOn: "Ook op",
    more: (more) => count(more, { other: "en nog #" }),
    video: "Video",
    audio: "Audio",
    fullSize: "Afbeelding op ware grootte"
  },
  error: {
    home: "Naar de homepage",
    details: "Technische details",
    status: ({ status }) => `Status ${status}`,
    request: "Verzoek"
  },
  owner: {
    label: "Eigenaar",
    edit: "Bewerken",
    write: "Nieuw",
    drafts: "Concepten",
    settings: "Instellingen",
    draft: "Concept.",
    private: "Privébericht.",
    scheduled: ({ time }) => `Gepland voor ${time}.`,
    onlyYou: "Alleen jij ziet dit."
  },
  frame: {
    skip: "Naar de inhoud",
    menu: "Site",
    archive: "Archief",
    search: "Zoeken",
    subscribe: "Abonneren",
    pages: "Pagina’s",
    newer: "Nieuwere berichten",
    older: "Oudere berichten"
  },
  search: { label: "Deze site doorzoeken", button: "Zoeken" },
  facts: { url: "Website", rating: "Beoordeling", duration: "Duur", "checked-in-by": "Ingecheckt door" },
  relations: {
    "in-reply-to": { done: "Antwoord op" },
    "like-of": { done: "Leuk:" },
    "favorite-of": { done: "Leuk:" },
    "repost-of": { done: "Deelt" },
    "quotation-of": { done: "Citeert" },
    "bookmark-of": { done: "Bewaart" },
    "follow-of": { done: "Volgt" },
    "mention-of": { done: "Noemt" },
    "tag-of": { done: "Labelt" },
    "edit-of": { done: "Bewerkt" },
    "translation-of": { done: "Vertaalt" },
    "read-of": { done: "Gelezen:", wanted: "Wil lezen:", begun: "Leest nu:" },
    "watch-of": { done: "Gekeken:", wanted: "Wil kijken:", begun: "Kijkt nu:" },
    "listen-of": { done: "Geluisterd:", wanted: "Wil luisteren:", begun: "Luistert nu:" },
    "play-of": { done: "Gespeeld:", wanted: "Wil spelen:", begun: "Speelt nu:" },
    "jam-of": { done: "Luistert steeds weer:" },
    "want-of": { done: "Wil" },
    "wish-of": { done: "Wenst" },
    ate: { done: "Gegeten:" },
    "eat-of": { done: "Gegeten:" },
    drank: { done: "Gedronken:" },
    "drink-of": { done: "Gedronken:" },
    item: { done: "Bespreekt" },
    "review-of": { done: "Bespreekt" }
  }
}
