import { counting } from "../Counted.js"
import type { library as english } from "../en/Library.js"
import type { Translation } from "../Translation.js"

const count = counting("fr")

/** Texts of the pages about the owner's files. */
export const library: Translation<typeof english> = {
  title: "Médias",
  kinds: { image: "Image", video: "Vidéo", audio: "Enregistrement" },
  named: ({ day, kind }) => `${kind} du ${day}`,
  summary: ({ count: files, size }) => `${count(files, { one: "# fichier", other: "# fichiers" })}, ${size}`,
  filter: "Filtrer les fichiers",
  filters: { all: "Tous", unused: "Non utilisés", undescribed: "Sans description" },
  uses: ({ count: posts }) => count(posts, { one: "# publication", other: "# publications" }),
  inSettings: "réglages du site",
  unused: "Non utilisé",
  photo: "Votre photo est gardée avec votre profil :",
  photoLink: "photo dans les réglages",
  none: {
    all: "Aucun fichier pour l’instant. Ajoutez des images, des vidéos et des enregistrements en écrivant.",
    unused: "Tous les fichiers sont utilisés.",
    undescribed: "Toutes les images de vos publications ont une description."
  },
  noMatch: "Aucun fichier ne correspond à votre recherche.",
  showAll: "Afficher tous les fichiers",
  search: "Chercher dans les noms et les descriptions",
  add: {
    label: "Ajouter des fichiers",
    upload: "Envoyer",
    drop: "Vous pouvez aussi les déposer sur cette page.",
    privacy: "Les données de lieu sont retirées des images.",
    list: "Fichiers en cours d’envoi",
    done: ({ count: files }) => count(files, { one: "# fichier envoyé.", other: "# fichiers envoyés." })
  },
  write: "Écrire",
  pages: "Pages",
  newer: "Fichiers plus récents",
  older: "Fichiers plus anciens",
  file: {
    title: "Fichier",
    back: "Tous les fichiers",
    open: "Ouvrir le fichier",
    description: "Description (texte alternatif)",
    descriptionHint: ({ count: posts }) =>
      count(posts, {
        one: "Pour les personnes qui ne le voient ou ne l’entendent pas. Enregistrée dans la publication qui le montre.",
        other:
          "Pour les personnes qui ne le voient ou ne l’entendent pas. Enregistrée dans les # publications qui le montrent."
      }),
    noDescription: "Un fichier reçoit sa description dans la publication qui le montre. Aucune ne montre celui-ci.",
    save: "Enregistrer la description",
    saved: ({ count: posts }) =>
      count(posts, { one: "Enregistrée dans # publication.", other: "Enregistrée dans # publications." }),
    size: "Taille",
    uploaded: "Envoyé",
    usedIn: "Utilisé dans",
    more: ({ count: more }) => count(more, { one: "et # autre", other: "et # autres" }),
    deletedPost: "publication supprimée",
    markdown: "Markdown",
    delete: "Supprimer le fichier"
  },
  delete: {
    question: "Supprimer ce fichier ?",
    forGood:
      "Le fichier et ses versions plus petites sont retirés définitivement. Les sauvegardes existantes le gardent.",
    caches: "Les navigateurs et les proxys qui l’ont chargé peuvent encore le montrer un moment.",
    gap: ({ count: posts }) =>
      count(posts, {
        one: "Il est utilisé dans # publication, qui reste telle quelle et aura un vide :",
        other: "Il est utilisé dans # publications, qui restent telles quelles et auront un vide :"
      }),
    inSettings: "Les réglages de votre site le mentionnent.",
    changed: "L’utilisation de ce fichier a changé depuis que vous avez ouvert cette page. Rien n’a été supprimé.",
    delete: "Supprimer définitivement",
    cancel: "Annuler"
  },
  deleted: "Fichier supprimé."
}
