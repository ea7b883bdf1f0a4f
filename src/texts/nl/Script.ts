import { counting } from "../Counted.js"
import type { script as english } from "../en/Script.js"
import type { Translation } from "../Translation.js"

const count = counting("nl")

/** Sentences of the editor's script. */
export const script: Translation<typeof english> = {
  draft: "Concept",
  editDraft: "Concept bewerken",
  saving: "Opslaan…",
  saved: ({ problems, time }) =>
    `Opgeslagen ${time}${problems.length === 0 ? "" : `, behalve: ${problems.join(". ")}.`}`,
  savedBriefly: "Opgeslagen",
  offline: "Offline. Bewaard in deze browser.",
  offlineNotice:
    "Je bent offline. Schrijf gerust door: je tekst blijft in deze browser en wordt opgeslagen als je weer online bent.",
  notSaved: ({ sentence }) => `Niet opgeslagen: ${sentence}`,
  kept: "Deze browser bewaart je tekst.",
  notKept: "Kopieer je tekst voordat je deze pagina verlaat.",
  sessionEnded: "Je sessie is afgelopen.",
  logIn: "Inloggen",
  changedElsewhere: "Dit bericht is ergens anders gewijzigd.",
  compare: "Vergelijken",
  unsavedChanges: "Niet-opgeslagen wijzigingen, bewaard in deze browser.",
  unsavedUnkept: "Niet-opgeslagen wijzigingen. Deze browser bewaart geen kopie.",
  publishing: "Versturen…",
  notPublished: ({ reason }) => `Niet gepubliceerd: ${reason}`,
  busy: "de server is bezet.",
  unreachable: "er is geen verbinding met je site.",
  tryingAgain: ({ seconds }) =>
    count(seconds, { one: "Nieuwe poging over # seconde.", other: "Nieuwe poging over # seconden." }),
  tryNow: "Nu proberen",
  publish: "Publiceren",
  schedule: "Plannen",
  preview: "Voorbeeld",
  previewUnavailable: "Geen voorbeeld beschikbaar.",
  words: ({ count: words, minutes }) =>
    `${count(words, { one: "# woord", other: "# woorden" })}${words === 0 ? "" : `, ${minutes} min.`}`,
  uploadingName: ({ name }) => `${name} wordt geüpload`,
  uploading: ({ at, of, part }) => `${at} van ${of} uploaden, ${part} %`,
  uploadingBriefly: "Uploaden",
  waitsForUploads: "Je bericht wordt verstuurd als alle bestanden er zijn.",
  queued: "Wacht",
  processing: "Verwerken…",
  cancel: ({ name }) => `${name} annuleren`,
  retry: "Opnieuw",
  retryNamed: ({ name }) => `${name} opnieuw proberen`,
  dismiss: "Weggooien",
  dismissNamed: ({ name }) => `${name} weggooien`,
  stopped: "Upload gestopt",
  unfinished: "Een bestand is niet geüpload. Probeer het opnieuw of gooi het eerst weg.",
  tooLarge: ({ limit, size }) => `Te groot: ${size}, hoogstens ${limit}`,
  pictures: ({ count: pictures, other }) =>
    other > 0
      ? count(pictures + other, { one: "# bestand", other: "# bestanden" })
      : count(pictures, { one: "# afbeelding", other: "# afbeeldingen" }),
  noDescription: ({ count: pictures }) =>
    count(pictures, {
      one: "Eén afbeelding heeft geen beschrijving.",
      other: "# afbeeldingen hebben geen beschrijving."
    }),
  addDescriptions: "Beschrijvingen toevoegen",
  publishAnyway: "Toch publiceren",
  nouns: { photo: "afbeelding", video: "video", audio: "opname" },
  insertNamed: ({ name }) => `${name} in de tekst invoegen`,
  removeNamed: ({ name }) => `${name} verwijderen`,
  moveNamed: { up: ({ name }) => `${name} naar voren`, down: ({ name }) => `${name} naar achteren` },
  tagsInUse: "Gebruikte labels",
  addTag: "Label toevoegen",
  removeTag: ({ tag }) => `${tag} verwijderen`
}
