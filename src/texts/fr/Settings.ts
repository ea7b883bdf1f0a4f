import { counting } from "../Counted.js"
import type { settings as english } from "../en/Settings.js"
import type { Translation } from "../Translation.js"

const count = counting("fr")

/** Texts of the settings pages. */
export const settings: Translation<typeof english> = {
  sections: {
    site: "Site",
    you: "Vous",
    menu: "Menu",
    home: "Page d’accueil",
    footer: "Pied de page",
    look: "Apparence",
    care: "Vues et mises à jour"
  },
  fields: {
    "site.name": "Nom",
    "site.tagline": "Sous-titre",
    "site.language": "Langue",
    "site.timeZone": "Fuseau horaire",
    "you.name": "Nom",
    "you.bio": "Présentation",
    "you.email": "Adresse e-mail",
    "you.links": "Liens",
    "menu.items": "Menu",
    "home.hidden": "Masqué sur la page d’accueil",
    "footer.text": "Texte",
    "look.preset": "Apparence",
    "look.accent": "Couleur d’accent",
    "look.font": "Polices",
    "look.width": "Largeur",
    "look.scheme": "Clair et sombre",
    "look.css": "CSS personnalisé",
    "care.countViews": "Compter combien de fois les publications sont ouvertes",
    "care.checkUpdates": "Demander une fois par jour s’il existe une version plus récente",
    "care.remindsOfPasskey": "Proposer une clé d’accès"
  },
  cssFaults: {
    too_long: "Le CSS personnalisé est limité à 32 ko.",
    import: "@import, @charset et @namespace ne sont pas disponibles. Collez les règles elles-mêmes.",
    remote: "url() ne peut charger que des fichiers de ce site. Envoyez d’abord le fichier, puis utilisez son chemin.",
    closing: "Retirez les balises HTML : ce champ n’accepte que du CSS.",
    characters: "Retirez les caractères de contrôle."
  },
  faults: {
    email: ({ text }) => `« ${text} » n’est pas une adresse e-mail.`,
    noUrl: "Saisissez l’adresse du lien.",
    url: ({ text }) => `« ${text} » n’est pas une adresse web.`,
    noHref: "Saisissez une adresse : un chemin comme /about, ou une adresse web.",
    href: ({ text }) => `« ${text} » n’est ni un chemin comme /about ni une adresse web.`,
    noLabel: "Saisissez un libellé.",
    label: "Les libellés sont limités à une ligne de 100 caractères.",
    other: "Cette valeur n’est pas valide."
  },
  limits: {
    "site.name": "Le nom est limité à une ligne de 200 caractères.",
    "site.tagline": "Le sous-titre est limité à une ligne de 500 caractères.",
    "site.language": "Choisissez une langue dans la liste.",
    "site.timeZone": "Choisissez un fuseau horaire dans la liste.",
    "you.name": "Le nom est limité à une ligne de 200 caractères.",
    "you.bio": "La présentation est limitée à 1 000 caractères.",
    "you.links": "30 liens au plus sont possibles.",
    "menu.items": "Le menu accepte 30 entrées.",
    "footer.text": "Le pied de page est limité à 2 000 caractères."
  },
  form: {
    tagline: "Affiché en haut de la page d’accueil et dans les moteurs de recherche.",
    language: "La langue dans laquelle vous écrivez.",
    zone: "Les publications affichent leurs heures dans ce fuseau.",
    zoneNow: ({ time, zone }) => `${zone} (maintenant ${time})`,
    takeZone: "Prendre {zone}, comme ce navigateur",
    bio: "Une ou deux phrases, affichées sous chaque publication.",
    email:
      "Facultative. Les lecteurs la voient et peuvent répondre par e-mail. Les applications l’obtiennent si vous l’autorisez.",
    links: "Vos profils ailleurs. Chacun porte `rel=me`, pour pouvoir confirmer qu’il est à vous.",
    linkAddress: ({ at }) => `Adresse du lien ${at}`,
    linkLabel: ({ at }) => `Libellé du lien ${at}, facultatif`,
    linkLabelExample: "Libellé (facultatif)",
    link: ({ at }) => `lien ${at}`,
    addLink: "Ajouter un lien",
    menu: "Les adresses sont des chemins de ce site, comme `/about`, ou des adresses web complètes.",
    itemLabel: ({ at }) => `Libellé ${at}`,
    itemLabelExample: "Libellé",
    itemAddress: ({ at }) => `Adresse ${at}`,
    item: ({ at }) => `entrée ${at}`,
    addItem: "Ajouter une entrée",
    moveUp: ({ name }) => `Monter ${name}`,
    moveDown: ({ name }) => `Descendre ${name}`,
    remove: ({ name }) => `Retirer ${name}`,
    home: "Afficher sur la page d’accueil",
    homeHint: "Les publications d’autres genres gardent leurs pages, leurs flux et leur place dans la recherche.",
    footer: "Markdown. Les liens sont permis.",
    css: "32 ko au plus. Les fichiers d’autres sites ne sont pas chargés. Il s’applique au site, pas à ces pages."
  },
  look: {
    preset: "Partir de",
    presets: { paper: "Papier", signal: "Signal", night: "Nuit" },
    accent: "Couleur d’accent",
    accentHint: "Les pages l’ajustent là où le contraste l’exige, en clair et en sombre.",
    own: "Celle de l’apparence",
    accents: { teal: "Canard", cobalt: "Cobalt", plum: "Prune", brick: "Brique", moss: "Mousse", ink: "Encre" },
    another: "Une autre :",
    anotherColour: "Une autre couleur d’accent",
    font: "Texte",
    fonts: { preset: "Comme l’apparence", serif: "Avec empattements", sans: "Sans empattements" },
    width: "Largeur",
    widths: { narrow: "Étroite", usual: "Normale", wide: "Large" },
    scheme: "Clair et sombre",
    schemes: { auto: "Au choix du lecteur", light: "Clair", dark: "Sombre" },
    preview: "Aperçu",
    sample:
      "## Un titre\n\nUn paragraphe avec un [lien](#), de l’*emphase* et du `code`.\n\n> Une citation, comme les lecteurs la voient.\n\n- Une chose\n- Une autre"
  },
  care: {
    views: "Vues",
    countViews: "Compter combien de fois les publications sont ouvertes",
    countViewsHint:
      "Un nombre par publication et par jour est conservé, sans cookie ni adresse. Rien n’est envoyé. Vous et les programmes connus n’êtes pas comptés.",
    seeViews: "Voir les vues"
  },
  photo: {
    label: "Photo",
    hint: "JPEG, PNG, WebP, AVIF ou GIF. Les données de localisation sont retirées.",
    alt: "Votre photo, telle que votre site la montre",
    choose: "Nouvelle photo",
    change: "Changer la photo",
    upload: "Envoyer la photo",
    remove: "Retirer la photo",
    crop: "Recadrer",
    x: "De gauche à droite",
    y: "De haut en bas",
    zoom: "Plus près",
    save: "Enregistrer le cadrage"
  },
  page: {
    title: "Réglages",
    share: "Publier de partout",
    save: "Enregistrer",
    saved: "Enregistré.",
    fixed: "Fixé par le serveur",
    faults: (fields) => count(fields, { one: "# champ a une erreur", other: "# champs ont des erreurs" }),
    unsaved: "Rien n’a été enregistré. Votre saisie est ci-dessous.",
    conflict: "Ces réglages ont été modifiés ailleurs après que vous les avez ouverts",
    conflictAdvice: "Votre version est dans le formulaire. Enregistrez-la, ou prenez l’autre.",
    others: "enregistré ailleurs",
    useOthers: "Prendre l’autre version",
    empty: "(vide)"
  },
  welcome: {
    title: "Faites-en le vôtre",
    step: "Étape 2 sur 3",
    later: "Vous pourrez changer tout cela plus tard dans les réglages.",
    author: "Votre nom",
    name: "Nom du site",
    tagline: "Sous-titre (facultatif)",
    zone: "Fuseau horaire",
    photo: "Photo (facultative)",
    photoHint: "JPEG, PNG, WebP, AVIF ou GIF. Les données de localisation sont retirées.",
    next: "Continuer",
    skip: "Passer",
    security: "Ajoutez une clé d’accès ou activez la connexion en deux étapes sous [Sécurité](/admin/security)."
  }
}
