import { counting } from "../Counted.js"
import type { editor as english } from "../en/Editor.js"
import type { Translation } from "../Translation.js"

const count = counting("de")

/** Texts of the owner's pages that write and list posts. */
export const editor: Translation<typeof english> = {
  states: { draft: "Entwurf", scheduled: "Geplant", published: "Veröffentlicht", deleted: "Gelöscht" },
  kinds: {
    note: "Notiz",
    article: "Artikel",
    reply: "Antwort",
    like: "Gefällt mir",
    repost: "Repost",
    bookmark: "Lesezeichen",
    photo: "Foto",
    event: "Veranstaltung",
    rsvp: "Zusage oder Absage",
    review: "Rezension",
    read: "Gelesen",
    watch: "Gesehen",
    listen: "Gehört",
    play: "Gespielt",
    food: "Essen",
    drink: "Getränk",
    checkin: "Check-in",
    page: "Seite"
  },
  visibilities: { private: "Privat", unlisted: "Nicht gelistet" },
  fields: {
    name: "Titel",
    content: "Text",
    summary: "Zusammenfassung",
    category: "Schlagwörter",
    slug: "Adresse",
    kind: "Art",
    pinned: "Auf der Startseite",
    lang: "Sprache",
    visibility: "Sichtbar für",
    published: "Veröffentlicht",
    "in-reply-to": "Antwort auf",
    "like-of": "Gefällt mir",
    "repost-of": "Repost von",
    "bookmark-of": "Lesezeichen für",
    rsvp: "Zusage oder Absage",
    start: "Beginn der Veranstaltung",
    end: "Ende der Veranstaltung",
    location: "Ort",
    media: "Dateien"
  },
  form: {
    hints: {
      markdown:
        "Markdown: `**fett**`, `*kursiv*`, `[Link](https://…)`, `# Überschrift`, `- Liste`, `> Zitat`. In einem Beitrag ohne Titel bleiben Zeilenumbrüche erhalten.",
      html: "Dieser Beitrag ist HTML. Unsicheres Markup wird beim Anzeigen entfernt.",
      category: "Drück nach jedem Schlagwort Enter oder Komma.",
      visibility: "Nicht gelistete Beiträge kann jeder mit dem Link öffnen. Private nur du.",
      summary: "Für Listen, Feeds und Linkvorschauen.",
      newSlug: "Leer lassen, um sie aus dem Titel oder den ersten Wörtern zu bilden.",
      publishedSlug: "Die alte Adresse leitet hierher weiter.",
      kind: "Eine Seite wie „Über mich“ steht in keiner Liste und keinem Feed. Ihre Adresse hat nur einen Teil, etwa /about.",
      pinned: "Ein angehefteter Beitrag steht vor allen anderen.",
      lang: "Wähle sie, wenn der Beitrag nicht in der Sprache der Website ist: Anführungszeichen und Screenreader richten sich danach.",
      publishAt: "Leer lassen, um sofort zu veröffentlichen.",
      published: "Eine Änderung verschiebt den Beitrag in Listen und Feeds.",
      rsvp: "Gib die Adresse der Veranstaltung unter „Antwort auf“ ein.",
      start: "Macht den Beitrag zu einer Veranstaltung."
    },
    placeholders: { name: "Titel (optional)", content: "Schreib …" },
    markdown: "Markdown",
    settings: "Einstellungen des Beitrags",
    close: "Schließen",
    publishAt: "Veröffentlichen am",
    kindFields: "Gefällt mir, Repost, Lesezeichen, Veranstaltung",
    visibilities: { public: "Öffentlich", unlisted: "Nicht gelistet", private: "Privat" },
    kinds: { post: "Beitrag", page: "Seite" },
    pinned: { no: "Nach der Zeit geordnet", yes: "Oben angeheftet" },
    siteLanguage: ({ name }) => `Wie die Website (${name})`,
    noRsvp: "Keine",
    rsvpAnswers: { yes: "Ja", no: "Nein", maybe: "Vielleicht", interested: "Interessiert" },
    save: "Speichern",
    publish: "Veröffentlichen",
    schedule: "Für diese Zeit planen",
    saveDraft: "Entwurf speichern",
    update: "Aktualisieren",
    unpublish: "Zurückziehen",
    unschedule: "Planung aufheben",
    preview: "Vorschau",
    edit: "Bearbeiten",
    previewPage: "Vorschau der Seite",
    view: "Ansehen",
    lastChanged: ({ time }) => `Zuletzt geändert: ${time}.`,
    withKey: ({ label }) => `${label} (Strg+Enter)`,
    delete: "Löschen",
    empty: "Gib zuerst einen Text, einen Titel oder ein Bild ein",
    pastTime: "Wähle eine Zeit in der Zukunft, oder veröffentliche jetzt",
    faults: ({ count: faults }) =>
      count(faults, { one: "An einer Stelle fehlt noch etwas", other: "An # Stellen fehlt noch etwas" }),
    unsaved: "Dein Text steht noch im Formular unten, ist aber noch nicht gespeichert."
  },
  codec: {
    audio: ({ codec }) =>
      `Viele Browser können diese Aufnahme nicht abspielen: Ihr Codec ist ${codec}. Nimm lieber MP3 oder AAC (M4A).`,
    video: ({ codec }) =>
      `Viele Browser können dieses Video nicht abspielen: Sein Codec ist ${codec}. Nimm lieber H.264 (MP4). Wähle auf einem iPhone Einstellungen, Kamera, Formate, Maximale Kompatibilität.`
  },
  faults: {
    line_too_long: "Kürze das auf höchstens 5.000 Zeichen",
    text_too_long: "Kürze den Text auf höchstens 1.000.000 Zeichen",
    too_many_tags: ({ count: tags }) =>
      count(tags, { one: "Gib höchstens # Schlagwort ein", other: "Gib höchstens # Schlagwörter ein" }),
    tag_unusable: ({ given }) => `„${given}“ kann kein Schlagwort sein`,
    address_invalid: ({ given }) => `„${given}“ ist keine Webadresse. Beginne sie mit https:// oder http://`,
    answer_unknown: "Wähle Ja, Nein, Vielleicht oder Interessiert",
    event_missing: "Gib die Adresse der Veranstaltung ein",
    too_many_files: ({ count: files }) =>
      count(files, { one: "Füge höchstens # Datei einer Art an", other: "Füge höchstens # Dateien einer Art an" }),
    time_invalid: ({ zone }) =>
      `Gib Datum und Uhrzeit ein, etwa 2026-11-23T19:00. Ohne Zeitverschiebung gilt die Zeitzone der Website, ${zone}`,
    start_missing: "Gib den Beginn der Veranstaltung ein",
    ends_before_start: "Die Veranstaltung endet, bevor sie beginnt. Berichtige Beginn oder Ende",
    visibility_unknown: "Wähle öffentlich, nicht gelistet oder privat",
    slug_unusable: "Verwende in der Adresse Buchstaben oder Ziffern",
    language_unknown: "Wähle eine Sprache aus der Liste"
  },
  rendering: {
    too_slow:
      "Wird als einfacher Text angezeigt, weil die Umwandlung zu lange dauert. Kürze den Text oder vereinfache sein Markup, und speichere noch einmal.",
    pending: "Wird als einfacher Text angezeigt, bis die Umwandlung fertig ist, in etwa einer Minute."
  },
  tools: {
    toolbar: "Formatierung",
    tools: {
      picture: "Bild hinzufügen",
      bold: "Fett",
      italic: "Kursiv",
      link: "Link",
      heading: "Überschrift",
      quote: "Zitat",
      list: "Liste",
      numbers: "Nummerierte Liste",
      code: "Code"
    },
    withKey: ({ label, letter }) => `${label} (Strg+${letter})`
  },
  media: {
    nouns: { photo: "Bild", video: "Video", audio: "Aufnahme" },
    descriptions: {
      photo: "Beschreibung (Alternativtext)",
      video: "Beschreibung des Videos",
      audio: "Beschreibung der Aufnahme"
    },
    placeholder: "Beschreib dieses Bild",
    count: ({ count: files }) => (files === 0 ? "Dateien" : count(files, { one: "# Datei", other: "# Dateien" })),
    inText: "Bilder im Text",
    list: "Angehängt",
    uploads: "Uploads",
    gallery: "Galerie erstellen",
    insert: "Einfügen",
    insertNamed: ({ name }) => `${name} in den Text einfügen`,
    add: "Dateien hinzufügen",
    uploadOnSave: "Dateien werden beim Speichern hochgeladen.",
    uploadNow: "Jetzt hochladen",
    privacy: "Standortdaten werden entfernt.",
    remove: "Entfernen",
    removeNamed: ({ name }) => `${name} entfernen`,
    moveNamed: {
      up: ({ name }) => `${name} nach vorn schieben`,
      down: ({ name }) => `${name} nach hinten schieben`
    },
    video: "Video",
    audio: "Aufnahme"
  },
  edit: {
    titles: { new: "Schreiben", draft: "Entwurf bearbeiten", post: "Beitrag bearbeiten" },
    unsavedFrom: "In diesem Browser liegt ungespeicherter Text von {time}.",
    restoreUnsaved: "Wiederherstellen",
    discardUnsaved: "Verwerfen",
    skip: "Zum Text springen",
    back: "Beiträge",
    newPost: "Neuer Beitrag",
    previewPane: "Vorschau",
    previewFrame: "Vorschau des Beitrags",
    viewOnSite: "Auf deiner Website ansehen",
    outcomes: {
      draft: "Als Entwurf gespeichert. Nur du kannst ihn sehen.",
      published: "Veröffentlicht.",
      publishedPrivately: "Veröffentlicht. Nur du kannst ihn sehen.",
      scheduled: ({ time }) => `Geplant für ${time}.`,
      updated: "Aktualisiert.",
      unpublished: "Zurückgezogen. Nur du kannst ihn sehen.",
      restored: "Wiederhergestellt.",
      kept: "Deine Fassung wurde gespeichert."
    },
    conflict: {
      title: ({ time }) => `Dieser Beitrag wurde anderswo geändert: ${time}.`,
      explanation: "Deine Fassung steht im Formular unten. Sie ist noch nicht gespeichert.",
      compare: "Vergleichen",
      mine: "Meine behalten",
      theirs: "Die andere nehmen",
      identical: "Die beiden Fassungen sind gleich.",
      otherField: ({ label }) => `${label} in der anderen Fassung`,
      empty: "Leer"
    }
  },
  preview: { title: "Vorschau", notice: "Vorschau: Nur du kannst diese Seite sehen." },
  delete: {
    question: "Diesen Beitrag löschen?",
    effect:
      "Der Beitrag verschwindet von deinen Seiten, aus Feeds und aus der Suche. Unter seinem Link steht dann, dass er gelöscht wurde.",
    unseen: "Diesen Beitrag hast hier nur du gesehen.",
    restorable: "Du kannst ihn jederzeit aus der Liste der gelöschten Beiträge wiederherstellen.",
    delete: "Löschen",
    cancel: "Abbrechen",
    deletedPost: "Gelöschter Beitrag",
    deletedOn: ({ isDraft, time }) =>
      `${isDraft ? "Als Entwurf gelöscht" : "Gelöscht"}: ${time}. Stell den Beitrag wieder her, um ihn zu bearbeiten.`,
    restore: "Wiederherstellen",
    preview: "Vorschau"
  },
  erase: {
    link: "Endgültig löschen",
    question: "Diesen Beitrag endgültig löschen?",
    effect: "Sein Text wird von deiner Website entfernt und kann nicht wiederhergestellt werden.",
    address: "Unter seiner Adresse steht weiterhin, dass er gelöscht wurde, und kein anderer Beitrag bekommt sie.",
    backups: "Vorhandene Sicherungen und Exporte behalten ihn.",
    files: ({ count: files }) =>
      count(files, {
        one: "Auch # Datei löschen, die sonst nichts verwendet",
        other: "Auch # Dateien löschen, die sonst nichts verwendet"
      }),
    erase: "Endgültig löschen",
    cancel: "Abbrechen",
    done: "Endgültig gelöscht.",
    filesDone: ({ count: files }) =>
      count(files, { one: "# Datei wurde mit gelöscht.", other: "# Dateien wurden mit gelöscht." }),
    filesLeft: ({ count: files }) => count(files, { one: "# Datei ist noch da:", other: "# Dateien sind noch da:" }),
    filesLink: "Medien, nicht verwendet"
  },
  composer: {
    label: "Neue Notiz",
    placeholder: "Was gibt’s Neues?",
    pictures: "Bilder hinzufügen",
    open: "Im Editor öffnen",
    post: "Veröffentlichen",
    postKey: "Veröffentlichen (Strg+Enter)"
  },
  list: {
    title: "Beiträge",
    passkey: "Ein Passkey ist sicherer als eine Passphrase, und schneller.",
    addPasskey: "Passkey hinzufügen",
    dismissPasskey: "Ausblenden",
    filters: {
      all: "Alle",
      published: "Veröffentlicht",
      draft: "Entwürfe",
      scheduled: "Geplant",
      deleted: "Gelöscht"
    },
    filter: "Beiträge filtern",
    search: "Beitrag finden",
    withWords: ({ words }) => `Mit „${words}“`,
    tagged: ({ tag }) => `Schlagwort „${tag}“`,
    newPage: "Neue Seite",
    showAll: "Alle zeigen",
    plainText: "Als einfacher Text angezeigt",
    view: "Ansehen",
    preview: "Vorschau",
    delete: "Löschen",
    restore: "Wiederherstellen",
    times: { draft: "Geändert: ", scheduled: "Für ", published: "", deleted: "Seit " },
    replyTo: ({ host }) => `Antwort auf ${host}`,
    gallery: ({ count: photos }) => count(photos, { other: "Galerie, # Fotos" }),
    noDescription: "Keine Beschreibung",
    posted: "Veröffentlicht.",
    viewPosted: "Beitrag ansehen",
    editPosted: "Bearbeiten",
    deleted: ({ call }) => `Gelöscht: „${call}“.`,
    deletedLink: "Unter seinem Link steht, dass er gelöscht wurde.",
    undo: "Rückgängig",
    welcome: "Noch keine Beiträge",
    drafts:
      "Sag oben etwas, oder schreib deinen ersten Beitrag im Editor. Entwürfe bleiben privat, bis du sie veröffentlichst.",
    writeFirst: "Ersten Beitrag schreiben",
    none: {
      all: "Keine Beiträge.",
      published: "Noch keine veröffentlichten Beiträge.",
      draft: "Keine Entwürfe.",
      scheduled: "Keine geplanten Beiträge.",
      deleted: "Keine gelöschten Beiträge."
    },
    noMatch: "Keine passenden Beiträge.",
    seeAll: "Alle Beiträge ansehen"
  }
}
