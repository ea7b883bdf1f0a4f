import { counting } from "../Counted.js"
import type { theme as english } from "../en/Theme.js"
import type { Translation } from "../Translation.js"

const count = counting("fr")

/** Texts around posts and pages. */
export const theme: Translation<typeof english> = {
  kindLists: {
    note: "Notes",
    article: "Articles",
    photo: "Photos",
    bookmark: "Liens",
    reply: "Réponses",
    like: "J’aime",
    repost: "Partages",
    event: "Événements",
    rsvp: "Réponses aux invitations",
    review: "Critiques",
    read: "Lectures",
    watch: "Visionnages",
    listen: "Écoutes",
    play: "Jeux",
    food: "Repas",
    drink: "Boissons",
    checkin: "Passages"
  },
  kinds: {
    note: "Note",
    article: "Article",
    photo: "Photo",
    bookmark: "Lien",
    reply: "Réponse",
    like: "J’aime",
    repost: "Partage",
    event: "Événement",
    rsvp: "Réponse à une invitation",
    review: "Critique",
    read: "Lecture",
    watch: "Visionnage",
    listen: "Écoute",
    play: "Jeu",
    food: "Repas",
    drink: "Boisson",
    checkin: "Passage"
  },
  rows: {
    "like-of": "Aime",
    "favorite-of": "Aime",
    "repost-of": "Partage",
    "bookmark-of": "Garde",
    checkin: "Passage :"
  },
  entry: {
    minutes: (minutes) => count(minutes, { other: "# min de lecture" }),
    readOn: "Lire la suite",
    readOnOf: ({ name }) => `Lire la suite : ${name}`,
    linkTo: ({ name }) => `Lien vers « ${name} »`,
    tags: "Étiquettes",
    subscribe: "S’abonner",
    replyByMail: "Répondre par e-mail",
    edited: "Modifié : {time}",
    links: ({ day }) => `Liens du ${day}`,
    by: "de",
    with: "Avec",
    at: "Lieu :",
    from: "Depuis",
    atPlace: ({ place }) => `Lieu : ${place}`,
    fromPlace: ({ place }) => `Depuis ${place}`,
    rsvpTo: "Réponse à l’invitation ({answer}) :",
    rsvp: ({ answer, name }) => `Réponse à l’invitation (${answer}) : ${name}`,
    rsvpAnswers: { yes: "oui", no: "non", maybe: "peut-être", interested: "intéressé" },
    alsoOn: "Aussi sur",
    more: (more) => count(more, { one: "et # autre", other: "et # autres" }),
    video: "Vidéo",
    audio: "Audio",
    fullSize: "Image en taille réelle"
  },
  error: {
    home: "Aller à la page d’accueil",
    details: "Détails techniques",
    status: ({ status }) => `Statut ${status}`,
    request: "Requête"
  },
  owner: {
    label: "Propriétaire",
    edit: "Modifier",
    write: "Nouveau",
    drafts: "Brouillons",
    settings: "Réglages",
    draft: "Brouillon.",
    private: "Publication privée.",
    scheduled: ({ time }) => `Programmé : ${time}.`,
    onlyYou: "Vous seul voyez ceci."
  },
  frame: {
    skip: "Aller au contenu",
    menu: "Site",
    archive: "Archives",
    search: "Recherche",
    subscribe: "S’abonner",
    pages: "Pages",
    newer: "Publications plus récentes",
    older: "Publications plus anciennes"
  },
  search: { label: "Rechercher sur ce site", button: "Rechercher" },
  facts: { url: "Site web", rating: "Note", duration: "Durée", "checked-in-by": "Passage noté par" },
  relations: {
    "in-reply-to": { done: "En réponse à" },
    "like-of": { done: "Aime" },
    "favorite-of": { done: "Aime" },
    "repost-of": { done: "Partage" },
    "quotation-of": { done: "Cite" },
    "bookmark-of": { done: "Garde" },
    "follow-of": { done: "Suit" },
    "mention-of": { done: "Mentionne" },
    "tag-of": { done: "Étiquette" },
    "edit-of": { done: "Modifie" },
    "translation-of": { done: "Traduit" },
    "read-of": { done: "A lu", wanted: "Veut lire", begun: "Lit" },
    "watch-of": { done: "A regardé", wanted: "Veut regarder", begun: "Regarde" },
    "listen-of": { done: "A écouté", wanted: "Veut écouter", begun: "Écoute" },
    "play-of": { done: "A joué à", wanted: "Veut jouer à", begun: "Joue à" },
    "jam-of": { done: "Écoute en boucle" },
    "want-of": { done: "Veut" },
    "wish-of": { done: "Souhaite" },
    ate: { done: "A mangé" },
    "eat-of": { done: "A mangé" },
    drank: { done: "A bu" },
    "drink-of": { done: "A bu" },
    item: { done: "Critique" },
    "review-of": { done: "Critique" }
  }
}
