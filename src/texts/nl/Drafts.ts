import type { drafts as english } from "../en/Drafts.js"
import type { Translation } from "../Translation.js"

/** Texts of links to drafts. */
export const drafts: Translation<typeof english> = {
  title: "Dit concept delen",
  link: "Delen",
  back: "Terug naar het bericht",
  explained:
    "Met een link kunnen mensen zonder login dit concept lezen zoals het op dat moment is. Ze kunnen het niet wijzigen, en het staat niet in feeds, zoekresultaten en archieven.",
  ends: "De link eindigt als je hem beëindigt, een nieuwe maakt of het bericht verwijdert. Is het bericht gepubliceerd, dan opent de link het bericht.",
  create: "Link maken",
  renew: "Link vervangen",
  end: "Link beëindigen",
  exists:
    "Er is een link gemaakt: {time}. Het adres is niet bewaard en kan niet opnieuw worden getoond. Vervang de link als je het nodig hebt.",
  created: "Jouw link",
  copy: "Kopieer hem nu. Hij wordt alleen deze keer getoond.",
  open: "Openen in een nieuw tabblad",
  ended: "De link is beëindigd.",
  published: "Dit bericht is gepubliceerd en heeft zo’n link niet nodig: {post}",
  publishedPost: "Bericht bekijken",
  draft: "Een concept",
  shared: ({ author }) => `Dit is een concept dat ${author} met je deelt. Het kan nog veranderen.`
}
