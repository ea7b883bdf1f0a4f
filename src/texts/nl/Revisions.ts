import { counting } from "../Counted.js"
import type { revisions as english } from "../en/Revisions.js"
import type { Translation } from "../Translation.js"

const counted = counting("nl")

/** Texts of the pages about former states of a post. */
export const revisions: Translation<typeof english> = {
  title: "Versies",
  link: "Versies",
  back: "Terug naar het bericht",
  all: "Alle versies",
  count: ({ count }) => counted(count, { one: "# wijziging", other: "# wijzigingen" }),
  kept: "De nieuwste 50 wijzigingen blijven bewaard, tot 4 MB. Wijzigingen van een concept binnen tien minuten tellen als één.",
  none: "Dit bericht is niet gewijzigd sinds het is geschreven.",
  changed: "Gewijzigd ",
  by: ({ name }) => `met ${name}`,
  change: "Wijziging",
  fields: {
    slug: "Adres",
    status: "Status",
    visibility: "Zichtbaar voor",
    publishedAt: "Gepubliceerd",
    type: "Soort",
    photo: "Afbeeldingen",
    video: "Video’s",
    audio: "Opnamen"
  },
  added: "toegevoegd:",
  removed: "verwijderd:",
  end: "einde",
  nothing: "Er is niets zichtbaars gewijzigd.",
  restore: "De toestand van vóór deze wijziging terugzetten",
  restoreHint:
    "Zet tekst en eigenschappen terug. Adres, tijd en zichtbaarheid blijven zoals ze nu zijn. Ook dit is een wijziging, die je hier ongedaan kunt maken.",
  restored: "Teruggezet."
}
