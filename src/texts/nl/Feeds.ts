import type { feeds as english } from "../en/Feeds.js"
import type { Translation } from "../Translation.js"

/** Texts of the page about the site's feeds. */
export const feeds: Translation<typeof english> = {
  title: ({ site }) => `Abonneren op ${site}`,
  lead: "Nieuwe berichten komen naar je toe, zonder account en zonder algoritme. Kopieer dit adres naar een feedlezer:",
  address: "Adres van de feed",
  alsoHost: "De meeste lezers accepteren ook gewoon {host}.",
  choose: "Kies wat je volgt",
  byKind: "Feeds per soort",
  feed: "Feed",
  format: "Formaat",
  everything: "Alles",
  tag: ({ label }) => `Label: ${label}`,
  what: "Wat is een feed?",
  explanation:
    "Een feed is een pagina voor programma’s. Een feedlezer kijkt in de feeds die je hebt gekozen en toont nieuwe berichten op één plek. Er zijn lezers voor elke telefoon en computer, vaak gratis. Deze site komt niet te weten wie zich abonneert.",
  empty: "Er is nog niets gepubliceerd. Het eerste bericht komt in de feed."
}
