import { counting } from "../Counted.js"
import type { data as english } from "../en/Data.js"
import type { Translation } from "../Translation.js"

const count = counting("fr")

/** Texts of the page about the site's data. */
export const data: Translation<typeof english> = {
  title: "Données",
  lead: "Tout ce qui est sur ce site est à vous. Emportez-le quand vous voulez.",
  everything: {
    title: "Tout télécharger",
    about:
      "Un fichier zip avec toutes les publications en Markdown, brouillons et publications supprimées compris, toutes les images, tous les fichiers et vos réglages. D’autres programmes peuvent le lire, et StarPunk peut le réimporter.",
    without: "Les phrases secrètes, les sessions et les accès des applications n’y sont pas.",
    button: "Tout télécharger",
    confirm: "Confirmez votre identité",
    confirmFirst: "pour télécharger. Cela protège vos brouillons si quelqu’un d’autre utilise ce navigateur."
  },
  backups: {
    title: "Sauvegardes",
    about: (keep) =>
      count(keep, {
        one: "Le serveur copie automatiquement tout le site, connexions comprises, et vérifie chaque copie. Il ne garde que la plus récente.",
        other:
          "Le serveur copie automatiquement tout le site, connexions comprises, et vérifie chaque copie. Il garde les # plus récentes."
      }),
    off: "Les sauvegardes sont désactivées. L’exploitant du serveur les active avec le réglage",
    offHint: "En attendant, utilisez régulièrement « Tout télécharger ».",
    withoutMedia:
      "Les images et les fichiers sont dans un stockage d’objets. Ils ne sont pas dans ces sauvegardes ; « Tout télécharger » les contient.",
    none: "Il n’y a pas encore de sauvegarde.",
    unreadable:
      "Les sauvegardes ne peuvent pas être lues pour l’instant. L’exploitant du serveur en trouve la raison dans son journal.",
    make: "Sauvegarder maintenant",
    confirmFirst: "pour faire ou télécharger une sauvegarde.",
    failed:
      "Le dernier essai a échoué, et rien n’a été modifié. L’exploitant du serveur en trouve la raison dans son journal.",
    made: "La sauvegarde est complète et vérifiée.",
    running: "Une sauvegarde est en cours. Vous pouvez quitter cette page.",
    refresh: "Afficher l’état actuel",
    download: (day) => `Télécharger la sauvegarde du ${day}`,
    downloadShort: "Télécharger",
    steps: {
      "Copying the database": "Copie des publications et des réglages",
      "Checking the copy": "Vérification de la copie",
      "Writing the archive": "Ajout des images et des fichiers",
      "Verifying the archive": "Vérification de la sauvegarde"
    },
    step: (step, percent) => (percent === "" ? `${step}…` : `${step} : ${percent}.`),
    working: "En cours"
  }
}
