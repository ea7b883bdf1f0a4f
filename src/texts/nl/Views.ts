import { counting } from "../Counted.js"
import type { views as english } from "../en/Views.js"
import type { Translation } from "../Translation.js"

const counted = counting("nl")

/** Texts about numbers of views. */
export const views: Translation<typeof english> = {
  title: "Weergaven",
  back: "Alle berichten",
  all: "Weergaven van alle berichten",
  off: "Weergaven worden niet geteld.",
  turnOn: "Aanzetten in de instellingen",
  period: "Periode",
  periods: { days: "30 dagen", months: "12 maanden" },
  within: {
    days: ({ views }) => `${views} in de laatste 30 dagen`,
    months: ({ views }) => `${views} in de laatste 12 maanden`
  },
  total: ({ number }) => `Weergaven in totaal: ${number}`,
  posts: "Meest bekeken",
  views: (count) => counted(count, { one: "# weergave", other: "# weergaven" }),
  none: "Geen weergaven in deze periode",
  most: ({ when, views }) => `Meeste: ${when}, ${views}`,
  scale: ({ top }) => `0 tot ${top}`,
  table: "Als tabel",
  when: "Wanneer",
  about:
    "Een weergave is het openen van de pagina van een bericht in een browser; dezelfde persoon telt elke keer mee. Jijzelf, zoekmachines en andere programma’s, vooraf laden, feeds en lijsten tellen niet mee. Bewaard wordt één getal per bericht en dag. Geen cookie, geen adres en niets anders over lezers wordt bewaard of verzonden. De getallen zijn bij benadering: programma’s kunnen zich als browser voordoen.",
  clearLink: "Alle getallen verwijderen",
  clearQuestion: "Alle aantallen weergaven verwijderen?",
  clearMeaning:
    "De getallen van alle berichten en dagen worden voorgoed verwijderd. Bestaande back-ups en exports houden ze. Staat het tellen aan, dan gaat het door.",
  clear: "Getallen verwijderen",
  cancel: "Annuleren",
  cleared: "De getallen zijn verwijderd."
}
