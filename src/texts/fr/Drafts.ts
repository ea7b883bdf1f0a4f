import type { drafts as english } from "../en/Drafts.js"
import type { Translation } from "../Translation.js"

/** Texts of links to drafts. */
export const drafts: Translation<typeof english> = {
  title: "Partager ce brouillon",
  link: "Partager",
  back: "Retour à la publication",
  explained:
    "Avec un lien, des personnes sans connexion peuvent lire ce brouillon tel qu’il est à ce moment. Elles ne peuvent pas le modifier, et il reste hors des flux, de la recherche et des archives.",
  ends: "Le lien prend fin quand vous le fermez, le remplacez ou supprimez la publication. Une fois celle-ci publiée, le lien ouvre la publication.",
  create: "Créer un lien",
  renew: "Remplacer le lien",
  end: "Fermer le lien",
  exists:
    "Un lien a été créé : {time}. Son adresse n’est pas conservée et ne peut plus être affichée. Remplacez le lien si vous en avez besoin.",
  created: "Votre lien",
  copy: "Copiez-le maintenant. Il n’est affiché que cette fois.",
  open: "Ouvrir dans un nouvel onglet",
  ended: "Le lien est fermé.",
  published: "Cette publication est en ligne et n’a pas besoin d’un tel lien : {post}",
  publishedPost: "Voir la publication",
  draft: "Un brouillon",
  shared: ({ author }) => `Ceci est un brouillon que ${author} partage avec vous. Il peut encore changer.`
}
