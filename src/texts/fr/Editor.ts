import { counting } from "../Counted.js"
import type { editor as english } from "../en/Editor.js"
import type { Translation } from "../Translation.js"

const count = counting("fr")

/** Texts of the owner's pages that write and list posts. */
export const editor: Translation<typeof english> = {
  states: { draft: "Brouillon", scheduled: "Programmé", published: "Publié", deleted: "Supprimé" },
  kinds: {
    note: "Note",
    article: "Article",
    reply: "Réponse",
    like: "J’aime",
    repost: "Partage",
    bookmark: "Signet",
    photo: "Photo",
    event: "Événement",
    rsvp: "Réponse à une invitation",
    review: "Critique",
    read: "Lecture",
    watch: "Visionnage",
    listen: "Écoute",
    play: "Jeu",
    food: "Repas",
    drink: "Boisson",
    checkin: "Passage",
    page: "Page"
  },
  visibilities: { private: "Privé", unlisted: "Non répertorié" },
  fields: {
    name: "Titre",
    content: "Texte",
    summary: "Résumé",
    category: "Étiquettes",
    slug: "Adresse",
    kind: "Genre",
    pinned: "Sur la page d’accueil",
    lang: "Langue",
    visibility: "Visible pour",
    published: "Publié",
    "in-reply-to": "En réponse à",
    "like-of": "J’aime",
    "repost-of": "Partage de",
    "bookmark-of": "Signet vers",
    rsvp: "Réponse à une invitation",
    start: "Début de l’événement",
    end: "Fin de l’événement",
    location: "Lieu",
    media: "Fichiers"
  },
  form: {
    hints: {
      markdown:
        "Markdown : `**gras**`, `*italique*`, `[lien](https://…)`, `# titre`, `- liste`, `> citation`. Dans un texte sans titre, les retours à la ligne sont conservés.",
      html: "Ce texte est en HTML. Le balisage dangereux est retiré à l’affichage.",
      category: "Appuyez sur Entrée ou sur la virgule après chaque étiquette.",
      visibility:
        "Toute personne qui a le lien peut ouvrir un texte non répertorié. Vous seul pouvez ouvrir un texte privé.",
      summary: "Pour les listes, les flux et les aperçus de liens.",
      newSlug: "Laissez vide pour la former à partir du titre ou des premiers mots.",
      publishedSlug: "L’ancienne adresse redirige ici.",
      kind: "Une page, comme « À propos », ne figure dans aucune liste ni aucun flux. Son adresse n’a qu’une partie, comme /about.",
      pinned: "Une publication épinglée passe avant toutes les autres.",
      lang: "Choisissez-la si la publication n’est pas dans la langue du site : les guillemets et les lecteurs d’écran en dépendent.",
      publishAt: "Laissez vide pour publier maintenant.",
      published: "Un changement déplace la publication dans les listes et les flux.",
      rsvp: "Saisissez l’adresse de l’événement sous « En réponse à ».",
      start: "Fait de la publication un événement."
    },
    placeholders: { name: "Titre (facultatif)", content: "Écrivez…" },
    markdown: "Markdown",
    settings: "Réglages de la publication",
    close: "Fermer",
    publishAt: "Publier le",
    kindFields: "J’aime, partage, signet, événement",
    visibilities: { public: "Public", unlisted: "Non répertorié", private: "Privé" },
    kinds: { post: "Publication", page: "Page" },
    pinned: { no: "Dans l’ordre du temps", yes: "Épinglé en haut" },
    siteLanguage: ({ name }) => `Celle du site (${name})`,
    noRsvp: "Aucune",
    rsvpAnswers: { yes: "Oui", no: "Non", maybe: "Peut-être", interested: "Intéressé" },
    save: "Enregistrer",
    publish: "Publier",
    schedule: "Programmer pour cette heure",
    saveDraft: "Enregistrer le brouillon",
    update: "Mettre à jour",
    unpublish: "Dépublier",
    unschedule: "Annuler la programmation",
    preview: "Aperçu",
    edit: "Modifier",
    previewPage: "Aperçu de la page",
    view: "Voir",
    lastChanged: ({ time }) => `Dernière modification : ${time}.`,
    withKey: ({ label }) => `${label} (Ctrl+Entrée)`,
    delete: "Supprimer",
    empty: "Saisissez d’abord un texte, un titre ou une image",
    pastTime: "Choisissez une heure à venir, ou publiez maintenant",
    faults: ({ count: faults }) =>
      count(faults, { one: "# point demande votre attention", other: "# points demandent votre attention" }),
    unsaved: "Votre texte est encore dans le formulaire ci-dessous, mais il n’est pas encore enregistré."
  },
  codec: {
    audio: ({ codec }) =>
      `Beaucoup de navigateurs ne peuvent pas lire cet enregistrement : son codec est ${codec}. Utilisez plutôt MP3 ou AAC (M4A).`,
    video: ({ codec }) =>
      `Beaucoup de navigateurs ne peuvent pas lire cette vidéo : son codec est ${codec}. Utilisez plutôt H.264 (MP4). Sur un iPhone, choisissez Réglages, Appareil photo, Formats, Le plus compatible.`
  },
  faults: {
    line_too_long: "Réduisez ceci à 5 000 caractères au plus",
    text_too_long: "Réduisez le texte à 1 000 000 de caractères au plus",
    too_many_tags: ({ count: tags }) =>
      count(tags, { one: "Saisissez au plus # étiquette", other: "Saisissez au plus # étiquettes" }),
    tag_unusable: ({ given }) => `« ${given} » ne peut pas être une étiquette`,
    address_invalid: ({ given }) => `« ${given} » n’est pas une adresse web. Commencez-la par https:// ou http://`,
    answer_unknown: "Choisissez oui, non, peut-être ou intéressé",
    event_missing: "Saisissez l’adresse de l’événement",
    too_many_files: ({ count: files }) =>
      count(files, {
        one: "Joignez au plus # fichier d’un même type",
        other: "Joignez au plus # fichiers d’un même type"
      }),
    time_invalid: ({ zone }) =>
      `Saisissez une date et une heure, par exemple 2026-11-23T19:00. Sans décalage, le fuseau horaire du site s’applique, ${zone}`,
    start_missing: "Saisissez le début de l’événement",
    ends_before_start: "L’événement se termine avant de commencer. Corrigez le début ou la fin",
    visibility_unknown: "Choisissez public, non répertorié ou privé",
    slug_unusable: "Utilisez des lettres ou des chiffres dans l’adresse",
    language_unknown: "Choisissez une langue dans la liste"
  },
  rendering: {
    too_slow:
      "Affiché en texte brut parce que la mise en forme prend trop de temps. Raccourcissez le texte ou simplifiez son balisage, puis enregistrez de nouveau.",
    pending: "Affiché en texte brut jusqu’à la fin de la mise en forme, dans une minute environ."
  },
  tools: {
    toolbar: "Mise en forme",
    tools: {
      picture: "Ajouter une image",
      bold: "Gras",
      italic: "Italique",
      link: "Lien",
      heading: "Titre",
      quote: "Citation",
      list: "Liste",
      numbers: "Liste numérotée",
      code: "Code"
    },
    withKey: ({ label, letter }) => `${label} (Ctrl+${letter})`
  },
  media: {
    nouns: { photo: "image", video: "vidéo", audio: "enregistrement" },
    descriptions: {
      photo: "Description (texte alternatif)",
      video: "Description de la vidéo",
      audio: "Description de l’enregistrement"
    },
    placeholder: "Décrivez cette image",
    count: ({ count: files }) => (files === 0 ? "Fichiers" : count(files, { one: "# fichier", other: "# fichiers" })),
    inText: "Images dans le texte",
    list: "Joints",
    uploads: "Envois",
    gallery: "Créer une galerie",
    insert: "Insérer",
    insertNamed: ({ name }) => `Insérer ${name} dans le texte`,
    add: "Ajouter des fichiers",
    uploadOnSave: "Les fichiers sont envoyés à l’enregistrement.",
    uploadNow: "Envoyer maintenant",
    privacy: "Les données de localisation sont retirées.",
    remove: "Retirer",
    removeNamed: ({ name }) => `Retirer ${name}`,
    moveNamed: { up: ({ name }) => `Avancer ${name}`, down: ({ name }) => `Reculer ${name}` },
    video: "Vidéo",
    audio: "Enregistrement"
  },
  edit: {
    titles: { new: "Écrire", draft: "Modifier le brouillon", post: "Modifier la publication" },
    unsavedFrom: "Ce navigateur garde un texte non enregistré : {time}.",
    restoreUnsaved: "Restaurer",
    discardUnsaved: "Jeter",
    skip: "Aller au texte",
    back: "Publications",
    newPost: "Nouvelle publication",
    previewPane: "Aperçu",
    previewFrame: "Aperçu de la publication",
    viewOnSite: "Voir sur votre site",
    outcomes: {
      draft: "Enregistré comme brouillon. Vous seul pouvez le voir.",
      published: "Publié.",
      publishedPrivately: "Publié. Vous seul pouvez le voir.",
      scheduled: ({ time }) => `Programmé : ${time}.`,
      updated: "Mis à jour.",
      unpublished: "Dépublié. Vous seul pouvez le voir.",
      restored: "Restauré.",
      kept: "Votre version a été enregistrée."
    },
    conflict: {
      title: ({ time }) => `Cette publication a été modifiée ailleurs : ${time}.`,
      explanation: "Votre version est dans le formulaire ci-dessous. Elle n’est pas encore enregistrée.",
      compare: "Comparer",
      mine: "Garder la mienne",
      theirs: "Prendre l’autre",
      identical: "Les deux versions sont identiques.",
      otherField: ({ label }) => `${label} dans l’autre version`,
      empty: "Vide"
    }
  },
  preview: { title: "Aperçu", notice: "Aperçu : vous seul pouvez voir cette page." },
  delete: {
    question: "Supprimer cette publication ?",
    effect:
      "La publication disparaît de vos pages, de vos flux et de la recherche. Son lien indiquera qu’elle a été supprimée.",
    unseen: "Vous seul avez vu cette publication ici.",
    restorable: "Vous pouvez la restaurer à tout moment depuis la liste des publications supprimées.",
    delete: "Supprimer",
    cancel: "Annuler",
    deletedPost: "Publication supprimée",
    deletedOn: ({ isDraft, time }) =>
      `${isDraft ? "Supprimée comme brouillon" : "Supprimée"} : ${time}. Restaurez la publication pour la modifier.`,
    restore: "Restaurer",
    preview: "Aperçu"
  },
  erase: {
    link: "Supprimer définitivement",
    question: "Supprimer définitivement cette publication ?",
    effect: "Son texte est retiré de votre site et ne peut pas être restauré.",
    address: "Son adresse indique toujours qu’elle a été supprimée, et aucune autre publication ne la reçoit.",
    backups: "Les sauvegardes et les exportations existantes la gardent.",
    files: ({ count: files }) =>
      count(files, {
        one: "Supprimer aussi # fichier que rien d’autre n’utilise",
        other: "Supprimer aussi # fichiers que rien d’autre n’utilise"
      }),
    erase: "Supprimer définitivement",
    cancel: "Annuler",
    done: "Supprimée définitivement.",
    filesDone: ({ count: files }) =>
      count(files, { one: "# fichier a été supprimé avec elle.", other: "# fichiers ont été supprimés avec elle." }),
    filesLeft: ({ count: files }) => count(files, { one: "# fichier reste :", other: "# fichiers restent :" }),
    filesLink: "Médias non utilisés"
  },
  composer: {
    label: "Nouvelle note",
    placeholder: "Quoi de neuf ?",
    pictures: "Ajouter des images",
    open: "Ouvrir dans l’éditeur",
    post: "Publier",
    postKey: "Publier (Ctrl+Entrée)"
  },
  list: {
    title: "Publications",
    passkey: "Une clé d’accès est plus sûre qu’une phrase secrète, et plus rapide.",
    addPasskey: "Ajouter une clé d’accès",
    dismissPasskey: "Masquer",
    filters: {
      all: "Toutes",
      published: "Publiées",
      draft: "Brouillons",
      scheduled: "Programmées",
      deleted: "Supprimées"
    },
    filter: "Filtrer les publications",
    search: "Trouver une publication",
    withWords: ({ words }) => `Avec « ${words} »`,
    tagged: ({ tag }) => `Étiquette « ${tag} »`,
    newPage: "Nouvelle page",
    showAll: "Tout afficher",
    plainText: "Affiché en texte brut",
    view: "Voir",
    preview: "Aperçu",
    delete: "Supprimer",
    restore: "Restaurer",
    times: { draft: "Modifié : ", scheduled: "Pour : ", published: "", deleted: "Depuis : " },
    replyTo: ({ host }) => `Réponse à ${host}`,
    gallery: ({ count: photos }) => count(photos, { one: "Galerie, # photo", other: "Galerie, # photos" }),
    noDescription: "Sans description",
    posted: "Publié.",
    viewPosted: "Voir la publication",
    editPosted: "Modifier",
    deleted: ({ call }) => `Supprimé : « ${call} ».`,
    deletedLink: "Son lien indiquera qu’elle a été supprimée.",
    undo: "Annuler",
    welcome: "Aucune publication pour l’instant",
    drafts:
      "Dites quelque chose ci-dessus, ou écrivez votre premier texte dans l’éditeur. Les brouillons restent privés jusqu’à leur publication.",
    writeFirst: "Écrire votre premier texte",
    none: {
      all: "Aucune publication.",
      published: "Rien de publié pour l’instant.",
      draft: "Aucun brouillon.",
      scheduled: "Aucune publication programmée.",
      deleted: "Aucune publication supprimée."
    },
    noMatch: "Aucune publication ne correspond.",
    seeAll: "Voir toutes les publications"
  }
}
