import { counting } from "../Counted.js"
import type { script as english } from "../en/Script.js"
import type { Translation } from "../Translation.js"

const count = counting("fr")

/** Sentences of the editor's script. */
export const script: Translation<typeof english> = {
  draft: "Brouillon",
  editDraft: "Modifier le brouillon",
  saving: "Enregistrement…",
  saved: ({ problems, time }) =>
    `Enregistré à ${time}${problems.length === 0 ? "" : `, sauf : ${problems.join(". ")}.`}`,
  savedBriefly: "Enregistré",
  offline: "Hors ligne. Gardé dans ce navigateur.",
  offlineNotice:
    "Vous êtes hors ligne. Continuez à écrire : votre texte est gardé dans ce navigateur et sera enregistré à votre retour.",
  notSaved: ({ sentence }) => `Non enregistré : ${sentence}`,
  kept: "Ce navigateur garde votre texte.",
  notKept: "Copiez votre texte avant de quitter cette page.",
  sessionEnded: "Votre session est terminée.",
  logIn: "Se connecter",
  changedElsewhere: "Cette publication a été modifiée ailleurs.",
  compare: "Comparer",
  unsavedChanges: "Modifications non enregistrées, gardées dans ce navigateur.",
  unsavedUnkept: "Modifications non enregistrées. Ce navigateur ne garde pas de copie.",
  publishing: "Envoi…",
  notPublished: ({ reason }) => `Non publié : ${reason}`,
  busy: "le serveur est occupé.",
  unreachable: "il n’y a pas de connexion à votre site.",
  tryingAgain: ({ seconds }) =>
    count(seconds, { one: "Nouvel essai dans # seconde.", other: "Nouvel essai dans # secondes." }),
  tryNow: "Essayer maintenant",
  publish: "Publier",
  schedule: "Programmer",
  preview: "Aperçu",
  previewUnavailable: "Aperçu indisponible.",
  words: ({ count: words, minutes }) =>
    `${count(words, { one: "# mot", other: "# mots" })}${words === 0 ? "" : `, ${minutes} min`}`,
  uploadingName: ({ name }) => `Envoi de ${name}`,
  uploading: ({ at, of, part }) => `Envoi ${at} sur ${of}, ${part} %`,
  uploadingBriefly: "Envoi",
  waitsForUploads: "Votre publication partira quand tous les fichiers seront arrivés.",
  queued: "En attente",
  processing: "Traitement…",
  cancel: ({ name }) => `Annuler ${name}`,
  retry: "Réessayer",
  retryNamed: ({ name }) => `Réessayer ${name}`,
  dismiss: "Écarter",
  dismissNamed: ({ name }) => `Écarter ${name}`,
  stopped: "Envoi interrompu",
  unfinished: "Un fichier n’a pas été envoyé. Réessayez ou écartez-le d’abord.",
  tooLarge: ({ limit, size }) => `Trop grand : ${size}, au plus ${limit}`,
  pictures: ({ count: pictures, other }) =>
    other > 0
      ? count(pictures + other, { one: "# fichier", other: "# fichiers" })
      : count(pictures, { one: "# image", other: "# images" }),
  noDescription: ({ count: pictures }) =>
    count(pictures, { one: "# image n’a pas de description.", other: "# images n’ont pas de description." }),
  addDescriptions: "Ajouter des descriptions",
  publishAnyway: "Publier quand même",
  nouns: { photo: "image", video: "vidéo", audio: "enregistrement" },
  insertNamed: ({ name }) => `Insérer ${name} dans le texte`,
  removeNamed: ({ name }) => `Retirer ${name}`,
  moveNamed: { up: ({ name }) => `Avancer ${name}`, down: ({ name }) => `Reculer ${name}` },
  tagsInUse: "Étiquettes utilisées",
  addTag: "Ajouter une étiquette",
  removeTag: ({ tag }) => `Retirer ${tag}`
}
