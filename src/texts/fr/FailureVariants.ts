import { isApplePicture } from "../../errors/Media.js"
import type { MediaUnavailable } from "../../errors/MediaStorage.js"
import { inUnits } from "../../errors/Phrases.js"
import { durations } from "../Amounts.js"
import type { failureVariants as english, Words } from "../en/FailureVariants.js"
import type { Translation } from "../Translation.js"

const duration = durations("fr")

const unavailable = ({ operation }: Pick<MediaUnavailable, "operation">): Words => ({
  message:
    operation === "write" ? "Le fichier n’a pas pu être enregistré" : "Le fichier ne peut pas être lu en ce moment",
  suggestion: "Réessayez plus tard",
  troubleshooting: [
    operation === "write"
      ? "Le fichier n’a pas été enregistré. Votre texte n’est pas touché"
      : "Le fichier existe toujours ; seul cet essai de le lire a échoué"
  ]
})

/** Words of failures that depend on the failure's data. */
export const failureVariants: Translation<typeof english> = {
  "auth.code_wrong": ({ reason }) => ({
    message: reason === "used" ? "Ce code a déjà été utilisé" : "Ce code n’est pas valable en ce moment",
    suggestion:
      reason === "used"
        ? "Attendez que l’application affiche le code suivant ; chaque code sert une fois"
        : "Saisissez les six chiffres que l’application affiche maintenant, ou l’un de vos codes de secours",
    troubleshooting: [
      "Si tous les codes sont refusés, l’horloge du téléphone est peut-être fausse : activez l’heure automatique",
      "Chaque code de secours sert une fois, à la place d’un code de l’application"
    ]
  }),
  "auth.origin_foreign": ({ expected, reason }) => ({
    message: {
      cross_site: "Ce formulaire a été envoyé depuis une page d’un autre site",
      same_site: "Ce formulaire a été envoyé depuis un autre hôte de ce domaine",
      opaque: "Ce formulaire a été envoyé depuis une page qui cache à quel site elle appartient",
      other_origin: "Ce formulaire a été envoyé depuis une autre adresse que celle de ce site"
    }[reason],
    suggestion: `Ouvrez ${expected} dans la barre d’adresse, puis renvoyez le formulaire`,
    troubleshooting: [
      `La barre d’adresse doit commencer par ${expected}. Un autre nom ou une adresse IP du même site ne convient pas`,
      "Si vous n’avez rien envoyé, une autre page a voulu agir en votre nom. Rien n’a été modifié",
      "Une extension qui cache l’origine des formulaires peut causer cette erreur"
    ]
  }),
  "auth.passkey_refused": ({ reason }) => ({
    message: {
      malformed: "Le navigateur a envoyé une réponse non valable",
      unknown: "Cette clé d’accès n’est pas enregistrée sur ce site",
      known: "Cette clé d’accès a déjà été ajoutée",
      invalid: "La clé d’accès n’a pas pu être vérifiée"
    }[reason],
    suggestion:
      reason === "known"
        ? "Utilisez-la pour vous connecter"
        : "Réessayez, ou utilisez une autre clé d’accès ou la phrase secrète",
    troubleshooting: ["Une clé d’accès ne vaut qu’à l’adresse configurée du site : ouvrez-le à cette adresse"]
  }),
  "auth.passphrase_refused": ({ reason }) => ({
    ...{
      too_short: {
        message: "Cette phrase secrète est trop courte",
        suggestion: "Utilisez au moins 8 caractères, par exemple quatre ou cinq mots sans rapport"
      },
      too_long: { message: "Cette phrase secrète est trop longue", suggestion: "Utilisez au plus 1024 caractères" },
      differs: {
        message: "Les deux phrases secrètes sont différentes",
        suggestion: "Saisissez deux fois la même phrase secrète"
      },
      unchanged: { message: "C’est déjà votre phrase secrète", suggestion: "Choisissez-en une autre" },
      common: {
        message: "Cette phrase secrète est trop facile à deviner",
        suggestion:
          "Des chiffres et des symboles autour d’un mot courant n’y changent rien. Utilisez quatre ou cinq mots sans rapport, ou laissez un gestionnaire de mots de passe en créer une"
      },
      of_site: {
        message: "Cette phrase secrète se compose de mots visibles sur ce site",
        suggestion:
          "Utilisez quatre ou cinq mots sans rapport. Évitez l’adresse et le nom du site, votre nom et « starpunk »"
      }
    }[reason],
    troubleshooting: [
      "Tous les caractères sont permis, même les espaces et les emojis. Chiffres et symboles ne sont pas exigés"
    ]
  }),
  "auth.setup_link_invalid": ({ reason }) => ({
    message: reason === "claimed" ? "Ce site a déjà un propriétaire" : "Ce lien d’installation a expiré",
    suggestion:
      reason === "claimed"
        ? "Si c’est vous, connectez-vous"
        : "Utilisez le lien le plus récent ; chaque démarrage en affiche un nouveau",
    troubleshooting: ["Un lien d’installation vaut un jour et une fois, et il expire quand un plus récent est affiché"]
  }),
  "auth.too_many_attempts": ({ retryAfterSeconds }) => ({
    message: "Trop de tentatives",
    suggestion: `Attendez ${duration(retryAfterSeconds)}, puis réessayez`,
    troubleshooting: [
      "Pour vous connecter tout de suite, utilisez une clé d’accès ou un navigateur où vous vous êtes déjà connecté : les tentatives d’autres personnes ne les bloquent pas"
    ]
  }),
  "editor.autosave_refused": ({ state }) => ({
    message: `Entre-temps, cette publication a été ${state === "deleted" ? "supprimée" : "publiée"} ailleurs. Seuls les brouillons sont enregistrés automatiquement`,
    suggestion:
      state === "deleted"
        ? "Restaurez-la dans la liste des publications supprimées, puis continuez"
        : "Choisissez « Mettre à jour » pour publier vos changements",
    troubleshooting: ["Ce navigateur conserve votre texte non enregistré"]
  }),
  "http.address_malformed": ({ reason }) => ({
    message: reason === "too_long" ? "Cette adresse est trop longue" : "Cette adresse n’est pas valable",
    suggestion: {
      escape: "Écrivez % comme %25 dans les adresses, et encodez le texte en UTF-8 avec des pour cent",
      control_character: "Retirez les caractères de contrôle de l’adresse",
      traversal: "Retirez les parties `..` de l’adresse",
      too_long: "Raccourcissez l’adresse",
      form: "Demandez un chemin qui commence par une barre oblique"
    }[reason],
    troubleshooting: ["Corrigez l’adresse, ou commencez par la page d’accueil"]
  }),
  "http.body_too_large": ({ limitBytes }) => ({
    message: "C’est trop volumineux",
    suggestion:
      limitBytes === undefined ? "Envoyez moins de données à la fois" : `Envoyez au plus ${inUnits(limitBytes)}`,
    troubleshooting: ["Raccourcissez le texte, ou réduisez la taille des fichiers"]
  }),
  "http.overloaded": ({ retryAfterSeconds }) => ({
    message: "Le site a trop de visiteurs en ce moment",
    suggestion: `Réessayez dans ${duration(retryAfterSeconds)}`,
    troubleshooting: ["Les pages que beaucoup lisent en ce moment, comme l’accueil, peuvent encore fonctionner"]
  }),
  "http.rate_limited": ({ limit, retryAfterSeconds }) => ({
    message: {
      requests: "Votre réseau a envoyé trop de requêtes",
      searches: "Votre réseau a envoyé trop de recherches",
      authorizations: "Votre réseau a envoyé trop de demandes d’autorisation",
      token_requests: "Votre réseau a envoyé trop de demandes de jetons",
      refused_tokens: "Votre réseau a envoyé trop de requêtes avec des jetons non valables",
      health_tokens: "Votre réseau a envoyé trop de jetons de supervision erronés",
      writes: "Trop de requêtes avec ce jeton"
    }[limit],
    suggestion: `Attendez ${duration(retryAfterSeconds)}, puis réessayez`,
    troubleshooting: ["Un programme doit attendre le nombre de secondes que donne `Retry-After`"]
  }),
  "media.damaged": ({ reason }) => ({
    message: {
      unreadable: "Le fichier est endommagé",
      too_many_pixels: "L’image a trop de pixels",
      too_many_frames: "L’animation est trop grande : ses images ont ensemble trop de pixels",
      too_complex: "L’image est trop complexe",
      empty: "Le fichier est vide"
    }[reason],
    suggestion:
      reason === "unreadable" || reason === "empty"
        ? "Ouvrez le fichier sur votre appareil, enregistrez-le dans un format courant, puis renvoyez-le"
        : reason === "too_many_frames"
          ? "Raccourcissez ou réduisez l’animation, ou envoyez-la comme vidéo (MP4)"
          : "Réduisez la taille de l’image, puis renvoyez-la",
    troubleshooting: ["Un envoi interrompu peut en être la cause : réessayez"]
  }),
  "media.store_refused": unavailable,
  "media.too_large": ({ limitBytes }) => ({
    message: "Ce fichier est trop volumineux",
    suggestion: `Utilisez des fichiers de ${inUnits(limitBytes)} au plus`,
    troubleshooting: ["Raccourcissez ou compressez une vidéo ou un enregistrement avant de l’envoyer"]
  }),
  "media.unavailable": unavailable,
  "media.unsupported": ({ accepted, found }) => ({
    message:
      found === undefined
        ? "Ce type de fichier n’est pas accepté"
        : `Les fichiers de type ${found.slice(0, 80)} ne sont pas acceptés`,
    suggestion: isApplePicture(found)
      ? "Enregistrez la photo en JPEG, puis renvoyez-la. Sur un iPhone, choisissez Réglages, Appareil photo, Formats, Le plus compatible ; les nouvelles photos seront en JPEG"
      : "Enregistrez une image en JPEG, PNG, GIF, WebP ou AVIF, une vidéo en MP4, WebM ou MOV, un enregistrement en MP3, M4A, OGG, FLAC ou WAV",
    troubleshooting: [
      `Types acceptés : ${accepted.join(", ")}`,
      "Le type est reconnu d’après le contenu du fichier, et non d’après son nom"
    ]
  }),
  "page.path_taken": ({ by, free, path }) => ({
    message: `L’adresse ${path.slice(0, 80)} appartient à ${{ site: "ce site lui-même", post: "une autre publication", former: "une publication ou un fichier de votre ancien site" }[by]}`,
    suggestion:
      free === undefined
        ? "Choisissez une autre adresse"
        : `Choisissez une autre adresse. ${free.slice(0, 80)} est libre`,
    troubleshooting: ["L’adresse d’une page n’a qu’une partie, comme /about. Rien n’a été modifié"]
  }),
  "search.query_invalid": ({ limit, reason }) => ({
    message: "Cette recherche n’est pas valable",
    suggestion: {
      empty: "Saisissez au moins un mot",
      too_long:
        limit === undefined ? "Raccourcissez la recherche" : `Raccourcissez la recherche à ${limit} caractères au plus`,
      too_many_terms: limit === undefined ? "Utilisez moins de mots" : `Utilisez au plus ${limit} mots et expressions`,
      bad_date: "Écrivez les dates ainsi : AAAA, AAAA-MM ou AAAA-MM-JJ, par exemple before:2024-05-01",
      only_exclusions:
        'Ajoutez au moins un mot qui doit apparaître. Mettez entre guillemets un mot qui commence par un signe moins : "--force"',
      bad_page:
        limit === undefined
          ? "Utilisez un numéro de page entier et positif"
          : `Utilisez un numéro de page entier et positif, jusqu’à ${limit}`
    }[reason],
    troubleshooting: [
      'Les mots valent dans n’importe quel ordre, "les expressions entre guillemets" telles quelles, et un signe moins devant exclut un mot',
      "tag:nom, before:date et after:date limitent la recherche"
    ]
  }),
  "session.expired": ({ reason }) => ({
    message:
      reason === "idle" ? "Vous avez été déconnecté après une période sans activité" : "Votre session est terminée",
    suggestion: "Reconnectez-vous",
    troubleshooting: [
      "Copiez ce que vous étiez en train d’écrire avant de quitter cette page",
      "Si cela arrive juste après la connexion, autorisez les cookies de ce site"
    ]
  })
}
