import { counting } from "../Counted.js"
import type { apps as english } from "../en/Apps.js"
import type { Translation } from "../Translation.js"

const count = counting("fr")

/** Texts about apps. */
export const apps: Translation<typeof english> = {
  scopes: {
    create: "Publier de nouveaux textes. Avec `update`, aussi publier ou masquer les textes existants",
    draft: "Créer des brouillons",
    update: "Lire toutes les publications, privées et brouillons compris, et les modifier",
    delete: "Lire toutes les publications, privées et brouillons compris, et les supprimer ou les restaurer",
    undelete: "Restaurer les publications supprimées",
    media: "Envoyer des photos, des vidéos et des enregistrements",
    profile: "Voir votre nom, votre photo et l’adresse de votre site",
    email: "Voir votre adresse e-mail, si les réglages en contiennent une"
  },
  lifetime: "Expiration",
  lifetimes: {
    unlimited: "Jusqu’à révocation",
    renewed: "30 jours, renouvelés tant que l’application est utilisée, un an au plus",
    month: "30 jours",
    day: "Un jour"
  },
  renewal: "Beaucoup d’applications ne savent pas renouveler un jeton et cessent de fonctionner quand il expire.",
  permissions: "Autorisations",
  consent: {
    title: ({ app }) => `Se connecter à ${app}`,
    question: "Se connecter à {app} ?",
    app: "Application",
    about: "À son sujet : {address}",
    youAre: "Vous vous connectez en tant que",
    sentTo: "Vous serez renvoyé vers",
    unprotected:
      "**Cette application se connecte sans PKCE.** Quiconque intercepte la réponse peut s’en servir à sa place. N’autorisez que si vous venez de commencer cette connexion vous-même, sur {host}.",
    allow: "Autoriser",
    deny: "Refuser",
    notYou: "Si vous n’avez pas commencé cette connexion vous-même, refusez-la.",
    onDevice: "l’application de cet appareil qui ouvre {protocol}",
    onComputer: ", une application de cet ordinateur",
    otherAddress: "Ce n’est pas l’adresse de l’application. L’application la présente comme la sienne.",
    identityOnly: "L’application vérifie seulement votre identité. Elle n’obtient aucun accès à votre site.",
    otherSites: "Pour d’autres sites",
    otherSitesAdvice:
      "Ces autorisations n’ont pas d’effet sur ce site. D’autres sites qui se fient à votre connexion, comme un lecteur social, les utilisent.",
    label: "Nom dans la liste des jetons"
  },
  fault: {
    title: "Cette application ne peut pas se connecter",
    lead: "{app} ({id}) a envoyé une requête non valide. Rien n’a été envoyé à l’application, et rien n’a été modifié.",
    error: "Erreur",
    advice:
      "Si vous n’avez pas commencé cette connexion vous-même, fermez cette page. Sinon, revenez à l’application sur {app} et transmettez-lui cette erreur."
  },
  tokens: {
    title: "Jetons",
    notCreated: "Le jeton n’a pas été créé",
    none: "Aucune application n’a accès à votre site. Quand vous vous connectez à une application avec l’adresse de votre site, son jeton apparaît ici.",
    created: "Le jeton {label}",
    copy: "Copiez-le maintenant. Il n’est pas enregistré et ne sera plus affiché.",
    manual: "Créé à la main",
    allows: ({ scopes }) => `Autorisations : ${scopes}`,
    allowsNothing: "aucune sur ce site",
    elsewhere: ({ scopes }) => `Pour d’autres sites : ${scopes}`,
    createdOn: ({ day }) => `Créé le ${day}`,
    neverUsed: "jamais utilisé",
    lastUsed: ({ time }) => `dernière utilisation : ${time}`,
    unlimited: "valable jusqu’à révocation",
    expired: ({ day }) => `expiré le ${day}`,
    expires: ({ day }) => `expire le ${day}`,
    expiresUnlessRenewed: ({ day }) => `expire le ${day} s’il n’est pas renouvelé`,
    rename: "Renommer",
    newName: ({ label }) => `Nouveau nom de ${label}`,
    revoke: "Révoquer",
    revokeAll: (tokens) => count(tokens, { other: "Révoquer les # jetons de cette application" }),
    create: "Créer un jeton",
    createLead: "Pour les scripts et les applications qui ne peuvent pas se connecter.",
    name: "Nom",
    submit: "Créer le jeton",
    faults: {
      label: "Saisissez un nom pour le jeton.",
      scopes: "Choisissez au moins une autorisation.",
      lifetime: "Choisissez une expiration."
    }
  },
  activity: {
    title: "Activité",
    lead: "Requêtes d’applications et connexions, les plus récentes d’abord. Conservées 30 jours. Les contenus et les jetons ne sont jamais enregistrés.",
    lost: (requests) =>
      count(requests, {
        one: "# requête manque ici : la base de données n’acceptait pas d’écriture à ce moment. Elle figure dans le journal des accès.",
        other:
          "# requêtes manquent ici : la base de données n’acceptait pas d’écriture à ce moment. Elles figurent dans le journal des accès."
      }),
    filter: "Filtrer les requêtes",
    all: "Toutes",
    rejected: "Refusées seulement",
    noneRejected: "Aucune requête refusée",
    none: "Aucune requête pour l’instant",
    noneRejectedAdvice: "Les requêtes refusées des applications apparaissent ici avec leur motif.",
    noneAdvice:
      "Les requêtes d’applications pour se connecter, publier ou envoyer des fichiers apparaissent ici. Le motif d’un refus est indiqué.",
    connect:
      "Pour relier une application, donnez-lui votre adresse, {site}. Si elle demande le point d’accès Micropub, indiquez {endpoint}.",
    from: ({ address }) => `depuis ${address}`,
    unknownAddress: "une adresse inconnue",
    accepted: "Acceptée",
    failed: "Échouée",
    refused: "Refusée",
    unknownApp: "Une application inconnue",
    signIn: "Connexion"
  }
}
