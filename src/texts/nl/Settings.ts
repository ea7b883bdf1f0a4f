import { counting } from "../Counted.js"
import type { settings as english } from "../en/Settings.js"
import type { Translation } from "../Translation.js"

const count = counting("nl")

/** Texts of the settings pages. */
export const settings: Translation<typeof english> = {
  sections: {
    site: "Site",
    you: "Jij",
    menu: "Menu",
    home: "Homepage",
    footer: "Voettekst",
    look: "Uiterlijk",
    care: "Weergaven en updates"
  },
  fields: {
    "site.name": "Naam",
    "site.tagline": "Ondertitel",
    "site.language": "Taal",
    "site.timeZone": "Tijdzone",
    "you.name": "Naam",
    "you.bio": "Over jou",
    "you.email": "E-mailadres",
    "you.links": "Links",
    "menu.items": "Menu",
    "home.hidden": "Verborgen op de homepage",
    "footer.text": "Tekst",
    "look.preset": "Uiterlijk",
    "look.accent": "Accentkleur",
    "look.font": "Lettertypen",
    "look.width": "Breedte",
    "look.scheme": "Licht en donker",
    "look.css": "Eigen CSS",
    "care.countViews": "Tellen hoe vaak berichten worden geopend",
    "care.checkUpdates": "Eén keer per dag vragen of er een nieuwere versie is",
    "care.remindsOfPasskey": "Een passkey voorstellen"
  },
  cssFaults: {
    too_long: "Eigen CSS mag hoogstens 32 kB zijn.",
    import: "@import, @charset en @namespace zijn niet beschikbaar. Plak de regels zelf.",
    remote: "url() mag alleen bestanden van deze site laden. Upload het bestand eerst, en gebruik dan het pad.",
    closing: "Verwijder de HTML-tags: dit veld is alleen voor CSS.",
    characters: "Verwijder de stuurtekens."
  },
  faults: {
    email: ({ text }) => `‘${text}’ is geen e-mailadres.`,
    noUrl: "Vul het adres van de link in.",
    url: ({ text }) => `‘${text}’ is geen webadres.`,
    noHref: "Vul een adres in: een pad zoals /about, of een webadres.",
    href: ({ text }) => `‘${text}’ is geen pad zoals /about en geen webadres.`,
    noLabel: "Vul een naam in.",
    label: "Namen mogen hoogstens één regel van 100 tekens zijn.",
    other: "Deze waarde is niet geldig."
  },
  limits: {
    "site.name": "De naam mag hoogstens één regel van 200 tekens zijn.",
    "site.tagline": "De ondertitel mag hoogstens één regel van 500 tekens zijn.",
    "site.language": "Kies een taal uit de lijst.",
    "site.timeZone": "Kies een tijdzone uit de lijst.",
    "you.name": "De naam mag hoogstens één regel van 200 tekens zijn.",
    "you.bio": "Deze tekst mag hoogstens 1.000 tekens hebben.",
    "you.links": "Er zijn hoogstens 30 links mogelijk.",
    "menu.items": "Het menu heeft plaats voor 30 items.",
    "footer.text": "De voettekst mag hoogstens 2.000 tekens hebben."
  },
  form: {
    tagline: "Staat boven aan de homepage en in zoekmachines.",
    language: "De taal waarin je schrijft.",
    zone: "Berichten tonen hun tijden in deze zone.",
    zoneNow: ({ time, zone }) => `${zone} (nu ${time})`,
    takeZone: "{zone} gebruiken, zoals in deze browser",
    bio: "Een of twee zinnen, die onder elk bericht staan.",
    email: "Optioneel. Lezers zien het en kunnen per e-mail antwoorden. Apps krijgen het als je dat toestaat.",
    links: "Je profielen elders. Elk heeft `rel=me`, zodat ze kunnen bevestigen dat ze van jou zijn.",
    linkAddress: ({ at }) => `Adres van link ${at}`,
    linkLabel: ({ at }) => `Naam van link ${at}, optioneel`,
    linkLabelExample: "Naam (optioneel)",
    link: ({ at }) => `link ${at}`,
    addLink: "Link toevoegen",
    menu: "Adressen zijn paden van deze site, zoals `/about`, of volledige webadressen.",
    itemLabel: ({ at }) => `Naam ${at}`,
    itemLabelExample: "Naam",
    itemAddress: ({ at }) => `Adres ${at}`,
    item: ({ at }) => `item ${at}`,
    addItem: "Item toevoegen",
    moveUp: ({ name }) => `${name} omhoog`,
    moveDown: ({ name }) => `${name} omlaag`,
    remove: ({ name }) => `${name} verwijderen`,
    home: "Op de homepage tonen",
    homeHint: "Berichten van andere soorten houden hun eigen pagina’s en feeds en blijven vindbaar.",
    footer: "Markdown. Links zijn toegestaan.",
    css: "Hoogstens 32 kB. Bestanden van andere sites worden niet geladen. Het geldt voor de site, niet voor deze pagina’s."
  },
  look: {
    preset: "Beginnen met",
    presets: { paper: "Papier", signal: "Signaal", night: "Nacht" },
    accent: "Accentkleur",
    accentHint: "Pagina’s passen hem aan waar het contrast dat vraagt, in licht en donker.",
    own: "Die van het uiterlijk",
    accents: { teal: "Petrol", cobalt: "Kobalt", plum: "Pruim", brick: "Baksteen", moss: "Mos", ink: "Inkt" },
    another: "Een andere:",
    anotherColour: "Een andere accentkleur",
    font: "Tekst",
    fonts: { preset: "Zoals in het uiterlijk", serif: "Met schreef", sans: "Schreefloos" },
    width: "Breedte",
    widths: { narrow: "Smal", usual: "Normaal", wide: "Breed" },
    scheme: "Licht en donker",
    schemes: { auto: "Keuze van de lezer", light: "Licht", dark: "Donker" },
    preview: "Voorbeeld",
    sample:
      "## Een kop\n\nEen alinea met een [link](#), *nadruk* en `code`.\n\n> Een citaat, zoals lezers het zien.\n\n- Het een\n- Het ander"
  },
  care: {
    views: "Weergaven",
    countViews: "Tellen hoe vaak berichten worden geopend",
    countViewsHint:
      "Bewaard wordt één getal per bericht en dag, zonder cookies en adressen. Er wordt niets verzonden. Jij en bekende programma’s tellen niet mee.",
    seeViews: "Weergaven bekijken"
  },
  photo: {
    label: "Foto",
    hint: "JPEG, PNG, WebP, AVIF of GIF. Locatiegegevens worden verwijderd.",
    alt: "Je foto, zoals je site hem toont",
    choose: "Nieuwe foto",
    change: "Foto wijzigen",
    upload: "Foto uploaden",
    remove: "Foto verwijderen",
    crop: "Bijsnijden",
    x: "Van links naar rechts",
    y: "Van boven naar beneden",
    zoom: "Dichterbij",
    save: "Uitsnede opslaan"
  },
  page: {
    title: "Instellingen",
    share: "Overal vandaan schrijven",
    save: "Opslaan",
    saved: "Opgeslagen.",
    fixed: "Ingesteld door de server",
    faults: (fields) => count(fields, { one: "Eén veld heeft een fout", other: "# velden hebben fouten" }),
    unsaved: "Er is niets opgeslagen. Wat je hebt ingevuld, staat hieronder.",
    conflict: "Deze instellingen zijn ergens anders gewijzigd nadat je ze had geopend",
    conflictAdvice: "Jouw versie staat in het formulier. Sla haar op, of neem de andere.",
    others: "ergens anders opgeslagen",
    useOthers: "De andere versie nemen",
    empty: "(leeg)"
  },
  welcome: {
    title: "Maak hem van jou",
    step: "Stap 2 van 3",
    later: "Je kunt dit later allemaal wijzigen bij Instellingen.",
    author: "Je naam",
    name: "Naam van de site",
    tagline: "Ondertitel (optioneel)",
    zone: "Tijdzone",
    photo: "Foto (optioneel)",
    photoHint: "JPEG, PNG, WebP, AVIF of GIF. Locatiegegevens worden verwijderd.",
    next: "Verder",
    skip: "Overslaan",
    security: "Voeg een passkey toe of zet inloggen in twee stappen aan onder [Beveiliging](/admin/security)."
  }
}
