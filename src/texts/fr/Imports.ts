import { counting } from "../Counted.js"
import type { english } from "../en/English.js"
import type { Translation } from "../Translation.js"

const counted = counting("fr")

/** Texts of the page of imports. */
export const imports: Translation<typeof english.imports> = {
  title: "Importer",
  about:
    "Apportez ce que vous avez écrit ailleurs : depuis WordPress, Ghost, un autre StarPunk, un générateur de sites ou des fichiers Markdown. Vous voyez ce qui viendrait avant que rien ne change.",
  open: "Importer un fichier",
  file: {
    label: "Fichier",
    hint: ({ size }: { readonly size: string }): string => `.zip, .xml, .json ou .md, jusqu’à ${size}`,
    kinds: [
      "**WordPress** : le fichier `.xml` de Outils, Exporter, Tout le contenu",
      "**Ghost** : le fichier `.json` de Settings, Export, ou un fichier zip avec `content/images`",
      "**StarPunk** : le fichier zip de « Tout télécharger »",
      "**Jekyll, Hugo, Zola, Eleventy, Astro, Hexo, Obsidian** : un fichier zip du dossier",
      "**Markdown** : un fichier `.md`, ou un fichier zip de plusieurs"
    ],
    send: "Envoyer et voir",
    safe: "Rien n’est publié avant votre accord. Le fichier est supprimé ensuite."
  },
  none: "Choisissez d’abord un fichier.",
  cutOff:
    "Le site s’est arrêté pendant la dernière importation. Ce qui est venu reste. Envoyez de nouveau le fichier pour le reste.",
  stopped: ({ name }: { readonly name: string }): string =>
    `L’importation de ${name} a été arrêtée. Ce qui est venu reste. Envoyez de nouveau le fichier pour le reste.`,
  progress: {
    receiving: ({ name }: { readonly name: string }): string => `Envoi de ${name}`,
    reading: ({ name }: { readonly name: string }): string => `Lecture de ${name}`,
    importing: ({ name }: { readonly name: string }): string => `Importation de ${name}`,
    leave: "Vous pouvez quitter cette page.",
    stay: "Gardez ouverte la page qui envoie le fichier.",
    refresh: "Afficher l’état actuel",
    stop: "Arrêter",
    steps: {
      Receiving: "Envoi",
      Unpacking: "Décompression",
      "Reading the export": "Lecture de l’export",
      "Reading posts": "Lecture des billets",
      "Importing posts": "Importation des billets",
      "Importing media": "Importation des images et fichiers"
    },
    working: "En cours",
    share: ({ percent, step }: { readonly step: string; readonly percent: string }): string => `${step}: ${percent}`,
    amount: ({ done, step, total }: { readonly step: string; readonly done: string; readonly total: string }): string =>
      `${step} : ${done} sur ${total}`
  },
  report: {
    planned: "Ce qui viendrait",
    done: "Ce qui est venu",
    posts: ({ count }: { readonly count: number }): string => counted(count, { one: "# billet", other: "# billets" }),
    pages: ({ count }: { readonly count: number }): string => counted(count, { one: "# page", other: "# pages" }),
    media: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# image ou fichier", other: "# images et fichiers" }),
    drafts: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# brouillon", other: "# brouillons" }),
    private: ({ count }: { readonly count: number }): string => counted(count, { one: "# privé", other: "# privés" }),
    unlisted: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# non répertorié", other: "# non répertoriés" }),
    scheduled: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# programmé", other: "# programmés" }),
    allPublic: "tous publics",
    addresses: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# ancienne adresse", other: "# anciennes adresses" }),
    addressesLead: "Elles mènent à ces billets.",
    present: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# billet est déjà ici", other: "# billets sont déjà ici" }),
    presentStay: "Ils restent tels quels.",
    remote: ({ count, hosts }: { readonly count: number; readonly hosts: string }): string =>
      counted(count, { one: `# image est sur ${hosts}`, other: `# images sont sur ${hosts}` }),
    remotePlanned: "Le fichier les nomme sans les contenir.",
    remoteStay: "Elles sont affichées depuis là.",
    fetched: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# image a été récupérée", other: "# images ont été récupérées" }),
    notFetched: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "# n’a pas pu être récupérée et reste là-bas",
        other: "# n’ont pas pu être récupérées et restent là-bas"
      }),
    nothing: "Il n’y a rien de nouveau dans ce fichier.",
    notPublic: "Pas pour tout le monde",
    levels: { draft: "Brouillons", private: "Privés", unlisted: "Non répertoriés" },
    heldBack: "Retenus",
    heldBackAbout: "Ce sont peut-être des billets ; à vous de décider.",
    reasons: {
      undated: "Sans date",
      page: "Partie de l’ancien site, pas des billets",
      template: "Modèles",
      not_published: "Non publiés sur l’ancien site",
      empty: "Vides",
      format: "Dans un format illisible",
      redirect: "Mènent seulement ailleurs",
      trash: "Dans la corbeille"
    },
    problems: "Ne peuvent pas venir",
    problem: {
      media_missing: "Leurs images manquent",
      media_refused: "Leurs images sont illisibles",
      slug_taken: "Leur adresse appartient ici à un autre billet",
      unreadable: "Illisibles"
    },
    deadLinks: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# lien ne mène nulle part", other: "# liens ne mènent nulle part" }),
    renamed: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# billet reçoit une autre adresse", other: "# billets reçoivent une autre adresse" }),
    hidden: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "# billet a une partie de l’ancien programme qui est cachée",
        other: "# billets ont des parties de l’ancien programme qui sont cachées"
      }),
    passedOver: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "# autre élément n’est pas un billet",
        other: "# autres éléments ne sont pas des billets"
      }),
    fields: "Détails qui ne viennent pas",
    more: "Aussi",
    examples: ({ names, rest }: { readonly names: string; readonly rest: number }): string =>
      rest === 0 ? names : counted(rest, { one: `${names} et # autre`, other: `${names} et # autres` })
  },
  choices: {
    title: "Choix",
    fetch: ({ count, hosts }: { readonly count: number; readonly hosts: string }): string =>
      counted(count, { one: `Récupérer # image sur ${hosts}`, other: `Récupérer # images sur ${hosts}` }),
    fetchHint: "L’une après l’autre ; cela peut durer. Sinon elles restent là-bas.",
    oldSite: "Adresse de l’ancien site",
    oldSiteHint: "Le fichier ne dit pas où sont ses images. Indiquez l’adresse, puis regardez de nouveau.",
    withoutMedia: "Importer les billets sans leurs images manquantes",
    asDrafts: "Importer ce qui est retenu, comme brouillons",
    look: "Regarder de nouveau",
    begin: "Importer ceux-ci",
    discard: "Jeter le fichier"
  },
  result: {
    posts: "Vos billets",
    drafts: "Brouillons",
    site: "Le site",
    another: "Importer un autre fichier",
    again: "Le fichier a été supprimé. L’importer de nouveau n’ajoute que ce qui manque."
  },
  failed: {
    title: "Le fichier ne peut pas être importé",
    broken: "L’importation s’est terminée trop tôt",
    partly: "Ce qui est venu jusque-là reste. Importer de nouveau le fichier ajoute le reste.",
    nothing: "Rien n’a été importé, et le fichier a été supprimé.",
    noPosts: "Il n’y a pas de billet dans le fichier.",
    newer: "Le fichier vient d’une version plus récente de StarPunk.",
    source: "Le contenu du fichier est illisible. Exportez de nouveau l’ancien site.",
    reasons: {
      kind: "Ce n’est ni un fichier zip, ni un export de WordPress ou de Ghost, ni un fichier Markdown.",
      empty: "Il est vide.",
      xml: "L’export de WordPress est incomplet. Exportez de nouveau et attendez la fin du téléchargement.",
      json: "L’export de Ghost est incomplet. Exportez de nouveau et attendez la fin du téléchargement.",
      encoding: "Son texte n’est pas en UTF-8.",
      part_too_large: "Un de ses éléments est plus grand que tout billet.",
      too_many: "Il a trop d’éléments. Divisez-le en plusieurs fichiers.",
      too_large: "Son contenu décompressé est trop grand. Divisez-le en plusieurs fichiers.",
      bomb: "Il prétend se décompresser en un multiple de sa taille, comme le font les attaques.",
      damaged: "Le fichier zip est abîmé ou incomplet. Téléchargez-le ou créez-le de nouveau.",
      encrypted: "Il est protégé par un mot de passe. Créez-le sans mot de passe.",
      absolute: "Un élément a un chemin absolu. Compressez seulement le dossier du contenu.",
      outside: "Un élément sort de son dossier. Compressez seulement le dossier du contenu.",
      link: "Un élément est un lien ou un fichier spécial. Compressez seulement des fichiers et des dossiers.",
      duplicate: "Deux éléments ont le même nom.",
      name: "Le nom d’un élément est trop long ou n’est pas en UTF-8.",
      unsupported: "Sa compression n’est pas prise en charge. Créez un fichier zip habituel."
    },
    entry: ({ name }: { readonly name: string }): string => `Élément : ${name}`
  }
}
