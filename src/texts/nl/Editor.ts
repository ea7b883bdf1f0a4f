import { counting } from "../Counted.js"
import type { editor as english } from "../en/Editor.js"
import type { Translation } from "../Translation.js"

const count = counting("nl")

/** Texts of the owner's pages that write and list posts. */
export const editor: Translation<typeof english> = {
  states: { draft: "Concept", scheduled: "Gepland", published: "Gepubliceerd", deleted: "Verwijderd" },
  kinds: {
    note: "Notitie",
    article: "Artikel",
    reply: "Antwoord",
    like: "Vind ik leuk",
    repost: "Repost",
    bookmark: "Bladwijzer",
    photo: "Foto",
    event: "Evenement",
    rsvp: "Antwoord op uitnodiging",
    review: "Recensie",
    read: "Gelezen",
    watch: "Gekeken",
    listen: "Geluisterd",
    play: "Gespeeld",
    food: "Eten",
    drink: "Drinken",
    checkin: "Check-in",
    page: "Pagina"
  },
  visibilities: { private: "Privé", unlisted: "Niet vermeld" },
  fields: {
    name: "Titel",
    content: "Tekst",
    summary: "Samenvatting",
    category: "Labels",
    slug: "Adres",
    kind: "Soort",
    pinned: "Op de homepage",
    lang: "Taal",
    visibility: "Zichtbaar voor",
    published: "Gepubliceerd",
    "in-reply-to": "Antwoord op",
    "like-of": "Vind ik leuk",
    "repost-of": "Repost van",
    "bookmark-of": "Bladwijzer voor",
    rsvp: "Antwoord op uitnodiging",
    start: "Begin van het evenement",
    end: "Einde van het evenement",
    location: "Plaats",
    media: "Bestanden"
  },
  form: {
    hints: {
      markdown:
        "Markdown: `**vet**`, `*cursief*`, `[link](https://…)`, `# kop`, `- lijst`, `> citaat`. In een bericht zonder titel blijven regeleinden behouden.",
      html: "Dit bericht is HTML. Onveilige opmaak wordt bij het tonen verwijderd.",
      category: "Druk na elk label op Enter of een komma.",
      visibility: "Iedereen met de link kan een niet-vermeld bericht openen. Alleen jij kunt een privébericht openen.",
      summary: "Voor lijsten, feeds en linkvoorbeelden.",
      newSlug: "Laat leeg om het uit de titel of de eerste woorden te maken.",
      publishedSlug: "Het oude adres verwijst hiernaar door.",
      kind: "Een pagina, zoals ‘Over mij’, staat in geen lijst en geen feed. Het adres heeft één deel, zoals /about.",
      pinned: "Een vastgezet bericht staat voor alle andere.",
      lang: "Kies deze als het bericht niet in de taal van de site is: aanhalingstekens en schermlezers richten zich ernaar.",
      publishAt: "Laat leeg om nu te publiceren.",
      published: "Een wijziging verplaatst het bericht in lijsten en feeds.",
      rsvp: "Vul het adres van het evenement in bij ‘Antwoord op’.",
      start: "Maakt van het bericht een evenement."
    },
    placeholders: { name: "Titel (optioneel)", content: "Schrijf…" },
    markdown: "Markdown",
    settings: "Instellingen van het bericht",
    close: "Sluiten",
    publishAt: "Publiceren op",
    kindFields: "Vind ik leuk, repost, bladwijzer, evenement",
    visibilities: { public: "Openbaar", unlisted: "Niet vermeld", private: "Privé" },
    kinds: { post: "Bericht", page: "Pagina" },
    pinned: { no: "Op volgorde van tijd", yes: "Bovenaan vastgezet" },
    siteLanguage: ({ name }) => `Die van de site (${name})`,
    noRsvp: "Geen",
    rsvpAnswers: { yes: "Ja", no: "Nee", maybe: "Misschien", interested: "Geïnteresseerd" },
    save: "Opslaan",
    publish: "Publiceren",
    schedule: "Plannen voor deze tijd",
    saveDraft: "Concept opslaan",
    update: "Bijwerken",
    unpublish: "Intrekken",
    unschedule: "Planning opheffen",
    preview: "Voorbeeld",
    edit: "Bewerken",
    previewPage: "Voorbeeld van de pagina",
    view: "Bekijken",
    lastChanged: ({ time }) => `Laatst gewijzigd: ${time}.`,
    withKey: ({ label }) => `${label} (Ctrl+Enter)`,
    delete: "Verwijderen",
    empty: "Vul eerst een tekst of een titel in, of kies een afbeelding",
    pastTime: "Kies een tijd in de toekomst, of publiceer nu",
    faults: ({ count: faults }) =>
      count(faults, { one: "Eén ding vraagt je aandacht", other: "# dingen vragen je aandacht" }),
    unsaved: "Je tekst staat nog in het formulier hieronder, maar is nog niet opgeslagen."
  },
  codec: {
    audio: ({ codec }) =>
      `Veel browsers kunnen deze opname niet afspelen: de codec is ${codec}. Gebruik liever MP3 of AAC (M4A).`,
    video: ({ codec }) =>
      `Veel browsers kunnen deze video niet afspelen: de codec is ${codec}. Gebruik liever H.264 (MP4). Kies op een iPhone Instellingen, Camera, Structuren, Meest compatibel.`
  },
  faults: {
    line_too_long: "Kort dit in tot hoogstens 5.000 tekens",
    text_too_long: "Kort de tekst in tot hoogstens 1.000.000 tekens",
    too_many_tags: ({ count: tags }) =>
      count(tags, { one: "Vul hoogstens # label in", other: "Vul hoogstens # labels in" }),
    tag_unusable: ({ given }) => `‘${given}’ kan geen label zijn`,
    address_invalid: ({ given }) => `‘${given}’ is geen webadres. Begin het met https:// of http://`,
    answer_unknown: "Kies ja, nee, misschien of geïnteresseerd",
    event_missing: "Vul het adres van het evenement in",
    too_many_files: ({ count: files }) =>
      count(files, {
        one: "Voeg hoogstens # bestand van één soort toe",
        other: "Voeg hoogstens # bestanden van één soort toe"
      }),
    time_invalid: ({ zone }) =>
      `Vul een datum en een tijd in, zoals 2026-11-23T19:00. Zonder tijdverschil geldt de tijdzone van de site, ${zone}`,
    start_missing: "Vul het begin van het evenement in",
    ends_before_start: "Het evenement eindigt voordat het begint. Verbeter het begin of het einde",
    visibility_unknown: "Kies openbaar, niet vermeld of privé",
    slug_unusable: "Gebruik letters of cijfers in het adres",
    language_unknown: "Kies een taal uit de lijst"
  },
  rendering: {
    too_slow:
      "Getoond als platte tekst, omdat het opmaken te lang duurt. Maak de tekst korter of de opmaak eenvoudiger, en sla opnieuw op.",
    pending: "Getoond als platte tekst tot het opmaken klaar is, over ongeveer een minuut."
  },
  tools: {
    toolbar: "Opmaak",
    tools: {
      picture: "Afbeelding toevoegen",
      bold: "Vet",
      italic: "Cursief",
      link: "Link",
      heading: "Kop",
      quote: "Citaat",
      list: "Lijst",
      numbers: "Genummerde lijst",
      code: "Code"
    },
    withKey: ({ label, letter }) => `${label} (Ctrl+${letter})`
  },
  media: {
    nouns: { photo: "afbeelding", video: "video", audio: "opname" },
    descriptions: {
      photo: "Beschrijving (alt-tekst)",
      video: "Beschrijving van de video",
      audio: "Beschrijving van de opname"
    },
    placeholder: "Beschrijf deze afbeelding",
    count: ({ count: files }) => (files === 0 ? "Bestanden" : count(files, { one: "# bestand", other: "# bestanden" })),
    inText: "Afbeeldingen in de tekst",
    list: "Bijgevoegd",
    uploads: "Uploads",
    gallery: "Galerij maken",
    insert: "Invoegen",
    insertNamed: ({ name }) => `${name} in de tekst invoegen`,
    add: "Bestanden toevoegen",
    uploadOnSave: "Bestanden worden geüpload als je opslaat.",
    uploadNow: "Nu uploaden",
    privacy: "Locatiegegevens worden verwijderd.",
    remove: "Verwijderen",
    removeNamed: ({ name }) => `${name} verwijderen`,
    moveNamed: { up: ({ name }) => `${name} naar voren`, down: ({ name }) => `${name} naar achteren` },
    video: "Video",
    audio: "Opname"
  },
  edit: {
    titles: { new: "Schrijven", draft: "Concept bewerken", post: "Bericht bewerken" },
    unsavedFrom: "In deze browser staat niet-opgeslagen tekst van {time}.",
    restoreUnsaved: "Terugzetten",
    discardUnsaved: "Weggooien",
    skip: "Naar de tekst",
    back: "Berichten",
    newPost: "Nieuw bericht",
    previewPane: "Voorbeeld",
    previewFrame: "Voorbeeld van het bericht",
    viewOnSite: "Op je site bekijken",
    outcomes: {
      draft: "Opgeslagen als concept. Alleen jij kunt het zien.",
      published: "Gepubliceerd.",
      publishedPrivately: "Gepubliceerd. Alleen jij kunt het zien.",
      scheduled: ({ time }) => `Gepland voor ${time}.`,
      updated: "Bijgewerkt.",
      unpublished: "Ingetrokken. Alleen jij kunt het zien.",
      restored: "Teruggezet.",
      kept: "Jouw versie is opgeslagen."
    },
    conflict: {
      title: ({ time }) => `Dit bericht is ergens anders gewijzigd: ${time}.`,
      explanation: "Jouw versie staat in het formulier hieronder. Ze is nog niet opgeslagen.",
      compare: "Vergelijken",
      mine: "De mijne houden",
      theirs: "De andere nemen",
      identical: "De twee versies zijn gelijk.",
      otherField: ({ label }) => `${label} in de andere versie`,
      empty: "Leeg"
    }
  },
  preview: { title: "Voorbeeld", notice: "Voorbeeld: alleen jij kunt deze pagina zien." },
  delete: {
    question: "Dit bericht verwijderen?",
    effect:
      "Het bericht verdwijnt van je pagina’s, uit je feeds en uit de zoekresultaten. Op de link staat dan dat het is verwijderd.",
    unseen: "Alleen jij hebt dit bericht hier gezien.",
    restorable: "Je kunt het altijd terugzetten vanuit de lijst met verwijderde berichten.",
    delete: "Verwijderen",
    cancel: "Annuleren",
    deletedPost: "Verwijderd bericht",
    deletedOn: ({ isDraft, time }) =>
      `${isDraft ? "Als concept verwijderd" : "Verwijderd"}: ${time}. Zet het bericht terug om het te bewerken.`,
    restore: "Terugzetten",
    preview: "Voorbeeld"
  },
  erase: {
    link: "Voorgoed verwijderen",
    question: "Dit bericht voorgoed verwijderen?",
    effect: "De tekst wordt van je site verwijderd en kan niet worden teruggezet.",
    address: "Op het adres staat nog steeds dat het is verwijderd, en geen ander bericht krijgt het.",
    backups: "Bestaande back-ups en exports bewaren het.",
    files: ({ count: files }) =>
      count(files, {
        one: "Ook # bestand verwijderen dat verder niets gebruikt",
        other: "Ook # bestanden verwijderen die verder niets gebruikt"
      }),
    erase: "Voorgoed verwijderen",
    cancel: "Annuleren",
    done: "Voorgoed verwijderd.",
    filesDone: ({ count: files }) =>
      count(files, { one: "# bestand is mee verwijderd.", other: "# bestanden zijn mee verwijderd." }),
    filesLeft: ({ count: files }) => count(files, { one: "Er is nog # bestand:", other: "Er zijn nog # bestanden:" }),
    filesLink: "Media, niet gebruikt"
  },
  composer: {
    label: "Nieuwe notitie",
    placeholder: "Wat is er nieuw?",
    pictures: "Afbeeldingen toevoegen",
    open: "In de editor openen",
    post: "Plaatsen",
    postKey: "Plaatsen (Ctrl+Enter)"
  },
  list: {
    title: "Berichten",
    passkey: "Een passkey is veiliger dan een wachtwoordzin, en sneller.",
    addPasskey: "Passkey toevoegen",
    dismissPasskey: "Verbergen",
    filters: {
      all: "Alle",
      published: "Gepubliceerd",
      draft: "Concepten",
      scheduled: "Gepland",
      deleted: "Verwijderd"
    },
    filter: "Berichten filteren",
    search: "Bericht zoeken",
    withWords: ({ words }) => `Met ‘${words}’`,
    tagged: ({ tag }) => `Label ‘${tag}’`,
    newPage: "Nieuwe pagina",
    showAll: "Alles tonen",
    plainText: "Getoond als platte tekst",
    view: "Bekijken",
    preview: "Voorbeeld",
    delete: "Verwijderen",
    restore: "Terugzetten",
    times: { draft: "Gewijzigd: ", scheduled: "Voor ", published: "", deleted: "Sinds " },
    replyTo: ({ host }) => `Antwoord op ${host}`,
    gallery: ({ count: photos }) => count(photos, { one: "Galerij, # foto", other: "Galerij, # foto’s" }),
    noDescription: "Geen beschrijving",
    posted: "Geplaatst.",
    viewPosted: "Bericht bekijken",
    editPosted: "Bewerken",
    deleted: ({ call }) => `Verwijderd: ‘${call}’.`,
    deletedLink: "Op de link staat dat het is verwijderd.",
    undo: "Ongedaan maken",
    welcome: "Nog geen berichten",
    drafts:
      "Zeg hierboven iets, of schrijf je eerste bericht in de editor. Concepten blijven privé tot je ze publiceert.",
    writeFirst: "Schrijf je eerste bericht",
    none: {
      all: "Geen berichten.",
      published: "Nog geen gepubliceerde berichten.",
      draft: "Geen concepten.",
      scheduled: "Geen geplande berichten.",
      deleted: "Geen verwijderde berichten."
    },
    noMatch: "Geen overeenkomende berichten.",
    seeAll: "Alle berichten bekijken"
  }
}
