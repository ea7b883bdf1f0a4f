import { counting } from "../Counted.js"
import type { login as english } from "../en/Login.js"
import type { Translation } from "../Translation.js"

const count = counting("fr")

/** Texts of the login, and of the pages about logins and sessions. */
export const login: Translation<typeof english> = {
  title: "Se connecter",
  confirm: "Confirmez votre identité",
  confirmLead:
    "Pour modifier les connexions, les sessions et l’accès des applications, il faut s’être connecté récemment. Connectez-vous de nouveau pour continuer.",
  or: "ou",
  passphrase: "Phrase secrète",
  newPassphrase: "Nouvelle phrase secrète",
  passphraseHint:
    "Au moins 8 caractères, par exemple quatre ou cinq mots sans rapport, ou une phrase d’un gestionnaire de mots de passe.",
  repeatPassphrase: "Répétez la phrase secrète",
  usePasskey: "Utiliser une clé d’accès",
  signInWith: ({ host }) => `Se connecter avec ${host}`,
  development: "Se connecter sans phrase secrète (développement)",
  twoStep: "Connexion en deux étapes",
  code: "Code de votre application d’authentification",
  codeHint: "Saisissez les six chiffres de l’application, ou un code de secours.",
  startOver: "Recommencer",
  noOwner: "Ce site n’a pas encore de propriétaire.",
  noOwnerAdvice:
    "Pour en devenir propriétaire, ouvrez le lien d’installation que le serveur a affiché au démarrage. Pour en afficher un nouveau, lancez `npx starpunk owner setup` sur le serveur.",
  ended: {
    idle: "Vous avez été déconnecté pour inactivité. Après la connexion, vous revenez à la page où vous étiez.",
    absolute: "Votre session a atteint sa durée limite. Après la connexion, vous revenez à la page où vous étiez."
  },
  logout: "Se déconnecter",
  notLoggedIn: "Vous n’êtes pas connecté.",
  home: "Aller à la page d’accueil",
  stay: "Rester",
  provider: {
    title: "Continuer chez votre fournisseur",
    lead: "[Continuez chez votre fournisseur](address) si votre navigateur ne l’ouvre pas tout seul : {host}"
  },
  resume: {
    loggedIn: "Vous êtes connecté",
    confirmed: "Identité confirmée",
    sendText: "Votre texte est toujours là. Envoyez-le maintenant.",
    confirmAction: "Confirmez l’action.",
    send: "Envoyer maintenant",
    cancel: "Annuler",
    filesGone: "Les fichiers ne sont pas conservés. Ajoutez-les de nouveau si vous en aviez choisi.",
    yourText: "Votre texte",
    kept: "Votre texte est conservé",
    keptAdvice: "Connectez-vous ici, puis envoyez-le sur la page suivante",
    confirmLead: "Connectez-vous de nouveau. Vous pourrez terminer l’action sur la page suivante.",
    otherWay: "Ni phrase secrète ni clé d’accès ? [Confirmez autrement](address).",
    newTab: "Se connecter autrement, dans un nouvel onglet",
    comeBack: "Revenez ensuite ici et continuez :",
    continue: "Continuer",
    actions: {
      "/admin/security/passkeys/rename": "Renommer la clé d’accès",
      "/admin/security/passkeys/remove": "Retirer la clé d’accès",
      "/admin/security/codes/off": "Désactiver la connexion en deux étapes",
      "/admin/sessions/end": "Fermer la session",
      "/admin/sessions/end-others": "Fermer toutes les autres sessions",
      "/admin/sessions/end-all": "Se déconnecter partout",
      "/admin/tokens": "Créer le jeton"
    }
  },
  setup: {
    title: "Bienvenue",
    lead: "Choisissez une phrase secrète pour devenir propriétaire de ce site.",
    finish: "Terminer l’installation",
    next: "Ensuite, vous donnerez un nom à votre site. Vous pourrez ajouter une clé d’accès et activer la connexion en deux étapes plus tard.",
    claimed:
      "Si vous êtes propriétaire du site et ne pouvez pas vous connecter, lancez `npx starpunk owner reset` sur le serveur. Cette commande retire toutes les connexions et affiche un nouveau lien d’installation.",
    expired:
      "Un lien d’installation sert une fois, pendant un jour, jusqu’à ce qu’un plus récent soit affiché. Pour un nouveau lien, redémarrez le serveur ou lancez `npx starpunk owner setup` sur le serveur."
  },
  codes: {
    setUp: "Configurer la connexion en deux étapes",
    scan: "Scannez ce code avec une application d’authentification sur votre téléphone, ou [ouvrez-le sur cet appareil](address).",
    picture: "Code QR de la clé ci-dessous",
    enter: "Ou saisissez cette clé dans l’application : {key}",
    code: "Code de l’application",
    turnOn: "Activer",
    notNow: "Pas maintenant",
    save: "Gardez vos codes de secours",
    saveLead:
      "La connexion en deux étapes est active. Si vous perdez votre téléphone, chacun de ces codes de secours vous permet de vous connecter une fois. Imprimez-les ou rangez-les dans un gestionnaire de mots de passe : ils ne seront plus affichés.",
    saved: "Je les ai gardés"
  },
  security: {
    title: "Sécurité",
    notices: {
      passphrase: "Phrase secrète modifiée. Toutes les autres sessions sont fermées.",
      "passkey-added": "Clé d’accès ajoutée. Vous pouvez maintenant vous connecter avec elle.",
      "passkey-renamed": "Clé d’accès renommée.",
      "passkey-removed": "Clé d’accès retirée. Vous pouvez aussi la supprimer de votre appareil.",
      "codes-off": "La connexion en deux étapes est désactivée."
    },
    toChange: "pour faire des changements ici.",
    passkeys: "Clés d’accès",
    passkeysLead:
      "Une clé d’accès se trouve sur votre téléphone, votre ordinateur ou une clé de sécurité. Vous vous connectez avec votre empreinte, votre visage ou un code PIN. Elle ne peut être ni devinée ni hameçonnée.",
    passkeyName: "Nom de la nouvelle clé d’accès",
    passkeyExample: "Téléphone",
    addPasskey: "Ajouter une clé d’accès",
    needsScript: "Pour ajouter une clé d’accès, autorisez JavaScript pour ce site.",
    needsHttps: "Les clés d’accès exigent https et un nom d’hôte. Ce site est configuré comme {site}.",
    added: "Ajoutée : {time}, pas encore utilisée",
    addedAndUsed: "Ajoutée : {time}, dernière utilisation : {used}",
    backedUp: "sauvegardée",
    elsewhere: ({ host }) =>
      `Créée pour ${host} et inutilisable ici. Retirez-la, et ajoutez une clé d’accès pour cette adresse.`,
    rename: "Renommer",
    newName: "Nouveau nom",
    save: "Enregistrer",
    remove: "Retirer",
    removeNamed: ({ name }) => `Retirer ${name}`,
    codesLead:
      "Après la phrase secrète, la connexion demande un code d’une application d’authentification. Une phrase volée ne suffit alors plus. Les clés d’accès avec empreinte, visage ou code PIN n’en ont pas besoin.",
    codesSince: "La connexion en deux étapes est active depuis : {time}.",
    codesLeft: (codes) =>
      codes === 0
        ? "Il ne reste aucun code de secours."
        : count(codes, { one: "Il reste # code de secours.", other: "Il reste # codes de secours." }),
    codesAgain: "Configurer de nouveau avec de nouveaux codes de secours",
    codesOff: "Désactiver la connexion en deux étapes",
    noPassphrase:
      "Non définie. Avec une phrase secrète, vous pouvez vous connecter sans votre fournisseur IndieAuth et sans clé d’accès.",
    passphraseSince: "Définie : {time}. Un changement ferme toutes les autres sessions.",
    currentPassphrase: "Phrase secrète actuelle",
    changePassphrase: "Changer la phrase secrète",
    setPassphrase: "Définir la phrase secrète"
  },
  sessions: {
    title: "Sessions",
    lead: ({ idle, most }) =>
      `Ces navigateurs sont connectés à votre site. Les sessions se ferment après ${idle} sans utilisation, et au plus tard après ${most}.`,
    units: {
      day: (days) => count(days, { one: "# jour", other: "# jours" }),
      hour: (hours) => count(hours, { one: "# heure", other: "# heures" }),
      minute: (minutes) => count(minutes, { one: "# minute", other: "# minutes" }),
      second: (seconds) => count(seconds, { one: "# seconde", other: "# secondes" })
    },
    endOthers: "Fermer toutes les autres",
    endAll: "Se déconnecter partout",
    unknown:
      "L’une d’elles vous est inconnue ? Fermez-la, et changez votre phrase secrète sous [Sécurité](/admin/security). Les applications utilisent des [jetons](/admin/tokens).",
    unknownBrowser: "Navigateur inconnu",
    thisDevice: "Cet appareil",
    from: "Depuis {address} · depuis le {time}",
    unknownAddress: "une adresse inconnue",
    lastUsed: "Dernière utilisation : {time}",
    ends: "Fin : {time}",
    endsIfUnused: "Fin sans utilisation : {time}, au plus tard : {latest}",
    end: "Fermer",
    ended: (sessions) =>
      sessions === 0
        ? "Cette session était déjà terminée."
        : count(sessions, { one: "# session a été fermée.", other: "# sessions ont été fermées." })
  }
}
