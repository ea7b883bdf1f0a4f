import type { share as english } from "../en/Share.js"
import type { Translation } from "../Translation.js"

/** Texts of the page about posting from other places. */
export const share: Translation<typeof english> = {
  title: "Publier de partout",
  lead: "Écrivez sur ce que vous lisez sans copier d’adresses.",
  bookmarklets: "Dans votre navigateur",
  drag: "Faites glisser un bouton dans votre barre de favoris. Sur une page dont vous voulez parler, sélectionnez une phrase si vous le souhaitez, puis cliquez sur le favori.",
  buttons: { post: "Publier", reply: "Répondre", like: "J’aime", bookmark: "Signet", quote: "Citer" },
  phone: "Sur votre téléphone",
  install:
    "Ajoutez ce site à votre écran d’accueil : ouvrez-le dans votre navigateur, puis choisissez « Ajouter à l’écran d’accueil » ou « Installer ». Sous Android, « Partager » dans les autres applications le propose alors pour les textes, les liens et les images.",
  apps: "Avec une application",
  micropub: "Toute application Micropub peut publier ici. Connectez-vous-y avec l’adresse de ce site :"
}
