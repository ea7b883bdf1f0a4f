import type { feeds as english } from "../en/Feeds.js"
import type { Translation } from "../Translation.js"

/** Texts of the page about the site's feeds. */
export const feeds: Translation<typeof english> = {
  title: ({ site }) => `S’abonner à ${site}`,
  lead: "Les nouvelles publications viennent à vous, sans compte et sans algorithme. Copiez cette adresse dans un lecteur de flux :",
  address: "Adresse du flux",
  alsoHost: "La plupart des lecteurs acceptent aussi simplement {host}.",
  choose: "Choisissez ce que vous suivez",
  byKind: "Flux par genre",
  feed: "Flux",
  format: "Format",
  everything: "Tout",
  tag: ({ label }) => `Étiquette : ${label}`,
  what: "Qu’est-ce qu’un flux ?",
  explanation:
    "Un flux est une page pour les programmes. Un lecteur de flux consulte les flux que vous avez choisis et rassemble les nouvelles publications. Il en existe pour tous les téléphones et ordinateurs, souvent gratuits. Ce site n’apprend pas qui s’abonne.",
  empty: "Rien n’est encore publié. La première publication sera dans le flux."
}
