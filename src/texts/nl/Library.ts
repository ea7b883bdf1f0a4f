import { counting } from "../Counted.js"
import type { library as english } from "../en/Library.js"
import type { Translation } from "../Translation.js"

const count = counting("nl")

/** Texts of the pages about the owner's files. */
export const library: Translation<typeof english> = {
  title: "Media",
  kinds: { image: "Afbeelding", video: "Video", audio: "Opname" },
  named: ({ day, kind }) => `${kind} van ${day}`,
  summary: ({ count: files, size }) => `${count(files, { one: "# bestand", other: "# bestanden" })}, ${size}`,
  filter: "Bestanden filteren",
  filters: { all: "Alle", unused: "Niet gebruikt", undescribed: "Zonder beschrijving" },
  uses: ({ count: posts }) => count(posts, { one: "# bericht", other: "# berichten" }),
  inSettings: "instellingen van de site",
  unused: "Niet gebruikt",
  photo: "Je foto staat bij je profiel:",
  photoLink: "foto in Instellingen",
  none: {
    all: "Nog geen bestanden. Voeg afbeeldingen, video’s en opnamen toe terwijl je schrijft.",
    unused: "Elk bestand wordt gebruikt.",
    undescribed: "Elke afbeelding in je berichten heeft een beschrijving."
  },
  noMatch: "Geen bestand past bij je zoekopdracht.",
  showAll: "Alle bestanden tonen",
  search: "Zoeken in namen en beschrijvingen",
  add: {
    label: "Bestanden toevoegen",
    upload: "Uploaden",
    drop: "Je kunt ze ook op deze pagina neerzetten.",
    privacy: "Locatiegegevens worden uit afbeeldingen verwijderd.",
    list: "Bestanden onderweg",
    done: ({ count: files }) => count(files, { one: "# bestand geüpload.", other: "# bestanden geüpload." })
  },
  write: "Bericht schrijven",
  pages: "Pagina’s",
  newer: "Nieuwere bestanden",
  older: "Oudere bestanden",
  file: {
    title: "Bestand",
    back: "Alle bestanden",
    open: "Bestand openen",
    description: "Beschrijving (alt-tekst)",
    descriptionHint: ({ count: posts }) =>
      count(posts, {
        one: "Voor mensen die het niet zien of horen. Wordt opgeslagen in het bericht waarin het staat.",
        other: "Voor mensen die het niet zien of horen. Wordt opgeslagen in alle # berichten waarin het staat."
      }),
    noDescription:
      "Een bestand krijgt zijn beschrijving in het bericht waarin het staat. Dit staat in geen enkel bericht.",
    save: "Beschrijving opslaan",
    saved: ({ count: posts }) => count(posts, { one: "Opgeslagen in # bericht.", other: "Opgeslagen in # berichten." }),
    size: "Grootte",
    uploaded: "Geüpload",
    usedIn: "Gebruikt in",
    more: ({ count: more }) => count(more, { other: "en nog #" }),
    deletedPost: "verwijderd bericht",
    markdown: "Markdown",
    delete: "Bestand verwijderen"
  },
  delete: {
    question: "Dit bestand verwijderen?",
    forGood: "Het bestand en de kleinere versies worden voorgoed verwijderd. Bestaande back-ups bewaren het.",
    caches: "Browsers en proxy’s die het hebben geladen, kunnen het nog een tijdje tonen.",
    gap: ({ count: posts }) =>
      count(posts, {
        one: "Het wordt gebruikt in # bericht, dat blijft zoals het is en een gat toont:",
        other: "Het wordt gebruikt in # berichten, die blijven zoals ze zijn en een gat tonen:"
      }),
    inSettings: "De instellingen van je site noemen het.",
    changed: "Het gebruik van dit bestand is veranderd sinds je deze pagina hebt geopend. Er is niets verwijderd.",
    delete: "Voorgoed verwijderen",
    cancel: "Annuleren"
  },
  deleted: "Bestand verwijderd."
}
