import { counting } from "../Counted.js"
import type { views as english } from "../en/Views.js"
import type { Translation } from "../Translation.js"

const counted = counting("fr")

/** Texts about numbers of views. */
export const views: Translation<typeof english> = {
  title: "Vues",
  back: "Toutes les publications",
  all: "Vues de toutes les publications",
  off: "Les vues ne sont pas comptées.",
  turnOn: "Activer dans les réglages",
  period: "Période",
  periods: { days: "30 jours", months: "12 mois" },
  within: {
    days: ({ views }) => `${views} ces 30 derniers jours`,
    months: ({ views }) => `${views} ces 12 derniers mois`
  },
  total: ({ number }) => `Vues en tout : ${number}`,
  posts: "Les plus vues",
  views: (count) => counted(count, { one: "# vue", other: "# vues" }),
  none: "Aucune vue pendant cette période",
  most: ({ when, views }) => `Le plus : ${when}, ${views}`,
  scale: ({ top }) => `0 à ${top}`,
  table: "En tableau",
  when: "Quand",
  about:
    "Une vue, c’est la page d’une publication ouverte dans un navigateur ; la même personne compte à chaque fois. Vous-même, les moteurs de recherche et autres programmes, les préchargements, les flux et les listes ne sont pas comptés. Seul un nombre par publication et par jour est conservé. Aucun cookie, aucune adresse ni rien d’autre sur les lecteurs n’est conservé ou envoyé. Les nombres sont approximatifs : des programmes peuvent se faire passer pour des navigateurs.",
  clearLink: "Supprimer tous les nombres",
  clearQuestion: "Supprimer tous les nombres de vues ?",
  clearMeaning:
    "Les nombres de toutes les publications et de tous les jours sont supprimés définitivement. Les sauvegardes et exports existants les gardent. Si le comptage est activé, il continue.",
  clear: "Supprimer les nombres",
  cancel: "Annuler",
  cleared: "Les nombres ont été supprimés."
}
