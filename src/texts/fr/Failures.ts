import type { failures as english } from "../en/Failures.js"
import type { Translation } from "../Translation.js"

/** Words of failures that visitors and the owner see on pages. */
export const failures: Translation<typeof english> = {
  "auth.login_step_expired": {
    message: "Cette connexion a expiré, ou elle a été commencée dans un autre navigateur",
    suggestion: "Recommencez la connexion",
    troubleshooting: ["Si cela arrive aussitôt, autorisez les cookies de ce site"]
  },
  "auth.passphrase_wrong": {
    message: "La phrase secrète est incorrecte",
    suggestion: "Saisissez-la de nouveau. Les majuscules comptent",
    troubleshooting: [
      "Si vous avez ajouté une clé d’accès, vous pouvez vous connecter avec elle",
      "L’exploitant du serveur peut réinitialiser la connexion"
    ]
  },
  "backup.off": {
    message: "Ce site ne conserve pas de sauvegardes",
    suggestion: "Téléchargez plutôt le tout, ou demandez à la personne qui gère le serveur d’activer les sauvegardes",
    troubleshooting: ["Rien n’a été modifié"]
  },
  "database.conflict": {
    message: "Cette modification contredit les données enregistrées",
    suggestion: "Rechargez la page et refaites votre modification",
    troubleshooting: [
      "Une autre fenêtre ou une application a peut-être fait la même modification",
      "Rien n’a été modifié"
    ]
  },
  "database.corrupt": {
    message: "Le stockage de ce site est endommagé",
    suggestion: "Réessayez plus tard",
    troubleshooting: ["Le propriétaire du site doit le réparer. Réessayer maintenant ne sert à rien"]
  },
  "database.locked": {
    message: "La base de données est verrouillée pour un instant",
    suggestion: "Réessayez dans un instant",
    troubleshooting: [
      "Attendez quelques secondes, puis réessayez",
      "Rien n’a été modifié. Vous pouvez renvoyer la même requête"
    ]
  },
  "database.pool_closed": {
    message: "Le site redémarre",
    suggestion: "Réessayez dans quelques secondes",
    troubleshooting: ["Attendez quelques secondes, puis réessayez"]
  },
  "database.pool_exhausted": {
    message: "Le site est très sollicité en ce moment",
    suggestion: "Réessayez dans un instant",
    troubleshooting: ["Attendez quelques secondes, puis réessayez"]
  },
  "database.read_only": {
    message: "Le site est en lecture seule pour le moment",
    suggestion: "Gardez une copie de votre texte et réessayez plus tard",
    troubleshooting: [
      "La lecture fonctionne toujours",
      "Rien de cette requête n’a été enregistré. Vous pouvez la renvoyer"
    ]
  },
  "database.unavailable": {
    message: "Le site n’atteint pas son stockage pour le moment",
    suggestion: "Réessayez dans quelques secondes",
    troubleshooting: ["Attendez quelques secondes, puis réessayez"]
  },
  "editor.conflict": {
    message: "Cette publication a été modifiée ailleurs depuis que vous l’avez ouverte",
    suggestion: "Enregistrez votre version : vous pourrez ensuite comparer les deux et en choisir une",
    troubleshooting: [
      "Un autre onglet, un autre appareil ou une application a peut-être modifié la publication",
      "Rien n’a été écrasé, et votre texte n’est pas perdu"
    ]
  },
  "editor.erase_refused": {
    message: "Cette publication n’est pas supprimée, elle n’a donc pas été effacée",
    suggestion: "Supprimez-la d’abord, puis effacez-la depuis la liste des publications supprimées",
    troubleshooting: ["Un autre onglet ou une application a peut-être restauré la publication", "Rien n’a été modifié"]
  },
  "editor.file_missing": {
    message: "Cet envoi ne contient pas de fichier",
    suggestion: "Choisissez d’abord une image, une vidéo ou un enregistrement",
    troubleshooting: ["Les applications envoient le fichier comme partie nommée d’un corps multipart/form-data"]
  },
  "export.busy": {
    message: "D’autres téléchargements du site sont en cours",
    suggestion: "Attendez qu’ils se terminent, ou arrêtez-les dans le navigateur, puis réessayez",
    troubleshooting: [
      "Si vous avez arrêté un téléchargement, attendez deux minutes : le serveur ne le remarque peut-être qu’à ce moment"
    ]
  },
  "http.draft_link_ended": {
    message: "Ce lien vers un brouillon ne fonctionne plus",
    suggestion: "Demandez un nouveau lien à la personne qui vous l’a envoyé",
    troubleshooting: ["Le lien a été fermé ou remplacé, ou le brouillon a été supprimé"]
  },
  "http.gone": {
    message: "Cette publication a été supprimée",
    suggestion: "Continuez sur la page d’accueil",
    troubleshooting: ["Son auteur l’a supprimée. Vous pouvez retirer les liens vers elle"]
  },
  "http.not_found": {
    message: "Page introuvable",
    suggestion: "Vérifiez l’adresse, ou partez de la page d’accueil",
    troubleshooting: ["Si vous avez suivi un lien, signalez-le à la page où il se trouve"]
  },
  "http.request_timeout": {
    message: "La requête n’est pas arrivée à temps",
    suggestion: "Renvoyez-la",
    troubleshooting: ["Si cela se répète, la connexion est peut-être trop lente : envoyez moins de données à la fois"]
  },
  "http.server_busy": {
    message: "Le site est occupé",
    suggestion: "Réessayez dans quelques secondes",
    troubleshooting: [
      "Les petites requêtes et les pages fonctionnent toujours",
      "Ce que vous avez envoyé n’a pas été enregistré"
    ]
  },
  "http.site_starting": {
    message: "Le site démarre",
    suggestion: "Réessayez dans quelques secondes",
    troubleshooting: ["Attendez quelques secondes, puis réessayez"]
  },
  "import.busy": {
    message: "Une autre importation est en cours",
    suggestion: "Attendez qu’elle se termine, ou arrêtez-la sur la page de l’importation",
    troubleshooting: ["Les fichiers sont importés un par un", "Rien de ce fichier n’a été importé"]
  },
  "indieauth.request_expired": {
    message: "Cette demande de connexion a déjà reçu une réponse ou a expiré",
    suggestion: "Retournez à l’application et recommencez la connexion",
    troubleshooting: ["Si vous avez été déconnecté entre-temps, recommencez aussi dans l’application"]
  },
  "internal.unforeseen": {
    message: "Une erreur interne s’est produite",
    suggestion: "Signalez l’identifiant de la requête et ce que vous faisiez au propriétaire du site",
    troubleshooting: [
      "Vous pouvez recharger une page sans risque. Avant de renvoyer un formulaire, vérifiez s’il a été enregistré"
    ]
  },
  "media.in_use": {
    message: "L’utilisation de ce fichier a changé depuis que vous avez ouvert la page",
    suggestion: "Regardez de nouveau le fichier, puis décidez",
    troubleshooting: [
      "Le fichier n’a pas été supprimé",
      "Une publication a peut-être commencé à l’utiliser dans un autre onglet ou une application"
    ]
  },
  "media.storage_full": {
    message: "Le stockage du site est trop plein pour ce fichier",
    suggestion: "Réessayez plus tard, ou contactez le propriétaire du site",
    troubleshooting: ["Le fichier n’a pas été enregistré. Votre texte n’est pas touché"]
  },
  "search.disabled": {
    message: "La recherche est désactivée sur ce site",
    suggestion: "Parcourez les publications de la page d’accueil, ou suivez leurs mots-clés",
    troubleshooting: ["Les publications les plus récentes viennent en premier, les autres sur les pages suivantes"]
  },
  "session.proof_needed": {
    message: "Confirmez votre identité",
    suggestion: "Connectez-vous de nouveau à /auth/confirm, puis répétez la requête dans les dix minutes",
    troubleshooting: [
      "Modifier les connexions, les sessions et les accès des applications demande une connexion récente",
      "Une clé d’accès avec empreinte, visage ou code est le plus rapide"
    ]
  },
  "settings.conflict": {
    message: "Ces réglages ont été modifiés ailleurs depuis que vous les avez ouverts",
    suggestion: "Comparez les deux versions, puis enregistrez celle que vous voulez",
    troubleshooting: ["Un autre onglet ou un autre appareil les a peut-être modifiés", "Rien n’a été écrasé"]
  },
  "storage.full": {
    message: "Le stockage du site est plein",
    suggestion: "Gardez une copie de votre texte et réessayez plus tard",
    troubleshooting: [
      "La lecture fonctionne toujours",
      "Rien de cette requête n’a été enregistré. Vous pouvez la renvoyer"
    ]
  }
}
