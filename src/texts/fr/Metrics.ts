import type { metrics as english } from "../en/Metrics.js"
import type { Translation } from "../Translation.js"

/** Texts of the page of metrics. */
export const metrics: Translation<typeof english> = {
  title: "Mesures",
  fine: "**Tous les contrôles sont réussis.** Aucune requête n’a échoué pendant la période ci-dessous.",
  headlines: {
    starting: "Le site démarre",
    unhealthy: "Le site est en panne",
    degraded: "Le site fonctionne en mode dégradé",
    errors: "Tous les contrôles sont réussis, mais il y a eu des erreurs"
  },
  todo: "Que faire :",
  period: "Période",
  hour: "Dernière heure",
  day: "Dernières 24 heures",
  noData: {
    hour: "Pas encore de données : les dix premières secondes ne sont pas écoulées. Rechargez la page dans un instant.",
    day: "Pas encore de données : la première minute n’est pas écoulée. Rechargez la page dans un instant."
  },
  longer:
    "Les graphiques couvrent au plus 24 heures et recommencent avec le serveur. Pour un historique plus long, faites relever [/metrics](/metrics) par Prometheus avec le jeton de santé.",
  chart: {
    span: ({ from, to }) => `de ${from} à ${to} UTC`,
    without: ({ span }) => `Pas de données ${span}`,
    line: ({ label, words }) => `${label} : ${words}`,
    values: ({ last, least, most }) => `${last} à la fin, entre ${least} et ${most}`,
    noValues: "pas de données",
    scale: ({ most }) => `0 à ${most}`,
    details: "Explication et données",
    detailsOf: ({ title }) => `Explication et données : ${title}`,
    empty: "Pas de données pour cette période.",
    until: "Jusqu’à (UTC)"
  },
  charts: {
    requests: {
      title: "Requêtes par minute",
      meaning: "Nombre moyen de requêtes par minute, sans celles de /health et de /metrics.",
      lines: ["Requêtes"]
    },
    trouble: {
      title: "Erreurs et limitations",
      meaning:
        "Erreurs : requêtes qui ont échoué à cause du serveur (code 500 et plus) ; le journal contient la cause de chacune. Limitées : requêtes au-delà d’une limite de débit (code 429).",
      lines: ["Erreurs", "Limitées"]
    },
    duration: {
      title: "Temps de réponse",
      meaning: "95e centile et médiane du temps de réponse. Jusqu’à 100 ms, la réponse semble immédiate.",
      lines: ["95e centile", "Médiane"]
    },
    connections: {
      title: "Connexions à la base de données",
      meaning:
        "Utilisées : le plus grand nombre de connexions utilisées en même temps. En attente : appels sans connexion libre. De courtes attentes sous charge sont normales, une attente permanente ne l’est pas.",
      lines: ["Utilisées", "En attente"]
    },
    "event-loop": {
      title: "Blocage le plus long",
      meaning:
        "Retard le plus long de la boucle d’événements en une minute. Pendant un blocage, le serveur ne traite aucune requête. On remarque les blocages de plus d’une seconde.",
      lines: ["Blocage le plus long"]
    },
    cpu: {
      title: "Processeur",
      meaning: "Part d’un cœur. Avec les threads de la base de données, elle peut dépasser 100 %.",
      lines: ["Utilisé"]
    },
    memory: {
      title: "Mémoire",
      meaning:
        "Totale : mémoire résidente du processus. Tas : mémoire des objets JavaScript. Une ligne qui monte sans cesse indique une fuite.",
      lines: ["Totale", "Tas"]
    },
    disk: {
      title: "Espace disque libre",
      meaning:
        "Espace libre sur le disque du répertoire de données. En dessous de 268 Mo, le site fonctionne en mode dégradé. Quand le disque est plein, la lecture fonctionne encore et les écritures échouent avec une erreur.",
      lines: ["Libre"]
    },
    wal: {
      title: "Journal d’écriture anticipée",
      meaning:
        "Taille du journal d’écriture anticipée de la base de données. Au-delà de 17 Mo, StarPunk le vide quand les lecteurs font une pause ; au-delà de 67 Mo, il note dans son journal quel appel l’en empêche.",
      lines: ["Taille"]
    },
    log: {
      title: "Lignes de journal perdues",
      meaning: "Lignes de journal perdues parce que la sortie était pleine, fermée ou trop lente.",
      lines: ["Perdues"]
    }
  },
  now: {
    title: "État actuel",
    unknown: "inconnu",
    running: ({ age, version }) => `${version}, en marche depuis ${age}`,
    lastCheck: "Dernier contrôle",
    search: "Recherche",
    database: "Base de données",
    media: "Médias",
    sessions: "Sessions",
    backup: "Dernière sauvegarde",
    lines: "Lignes de journal écrites",
    searchOff: "désactivée",
    searchIndex: "index plein texte",
    searchFallback: "solution de repli, sans l’index plein texte",
    searchPending: ({ count, words }) => `${words} ; billets à indexer : ${count}`,
    backupOff: "désactivée : STARPUNK_BACKUP_DIRECTORY l’active",
    backupNone: "aucune pour le moment",
    ago: ({ age }) => `il y a ${age}`,
    lessThanAMinute: "moins d’une minute"
  }
}
