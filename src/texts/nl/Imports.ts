import { counting } from "../Counted.js"
import type { english } from "../en/English.js"
import type { Translation } from "../Translation.js"

const counted = counting("nl")

/** Texts of the page of imports. */
export const imports: Translation<typeof english.imports> = {
  title: "Importeren",
  about:
    "Haal binnen wat je elders schreef: uit WordPress, Ghost, een andere StarPunk, een sitegenerator of Markdown-bestanden. Je ziet wat er zou binnenkomen voordat er iets verandert.",
  open: "Een bestand importeren",
  file: {
    label: "Bestand",
    hint: ({ size }: { readonly size: string }): string => `.zip, .xml, .json of .md, tot ${size}`,
    kinds: [
      "**WordPress**: het `.xml`-bestand van Extra, Exporteren, Alle inhoud",
      "**Ghost**: het `.json`-bestand van Settings, Export, of een zipbestand daarvan met `content/images`",
      "**StarPunk**: het zipbestand van “Alles downloaden”",
      "**Jekyll, Hugo, Zola, Eleventy, Astro, Hexo, Obsidian**: een zipbestand van de map",
      "**Markdown**: één `.md`-bestand, of een zipbestand met meer"
    ],
    send: "Uploaden en bekijken",
    safe: "Er wordt niets gepubliceerd voordat je het zegt. Daarna wordt het bestand verwijderd."
  },
  none: "Kies eerst een bestand.",
  cutOff: "De site stopte tijdens de laatste import. Wat binnenkwam, blijft. Upload het bestand opnieuw voor de rest.",
  stopped: ({ name }: { readonly name: string }): string =>
    `De import van ${name} is gestopt. Wat binnenkwam, blijft. Upload het bestand opnieuw voor de rest.`,
  progress: {
    receiving: ({ name }: { readonly name: string }): string => `${name} wordt geüpload`,
    reading: ({ name }: { readonly name: string }): string => `${name} wordt gelezen`,
    importing: ({ name }: { readonly name: string }): string => `${name} wordt geïmporteerd`,
    leave: "Je kunt deze pagina verlaten.",
    stay: "Houd de pagina open die het bestand uploadt.",
    refresh: "Huidige stand tonen",
    stop: "Stoppen",
    steps: {
      Receiving: "Uploaden",
      Unpacking: "Uitpakken",
      "Reading the export": "Export lezen",
      "Reading posts": "Berichten lezen",
      "Importing posts": "Berichten binnenhalen",
      "Importing media": "Afbeeldingen en bestanden binnenhalen"
    },
    working: "Bezig",
    share: ({ percent, step }: { readonly step: string; readonly percent: string }): string => `${step}: ${percent}`,
    amount: ({ done, step, total }: { readonly step: string; readonly done: string; readonly total: string }): string =>
      `${step}: ${done} van ${total}`
  },
  report: {
    planned: "Wat er zou binnenkomen",
    done: "Wat er binnenkwam",
    posts: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# bericht", other: "# berichten" }),
    pages: ({ count }: { readonly count: number }): string => counted(count, { one: "# pagina", other: "# pagina’s" }),
    media: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# afbeelding of bestand", other: "# afbeeldingen en bestanden" }),
    drafts: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# concept", other: "# concepten" }),
    private: ({ count }: { readonly count: number }): string => counted(count, { one: "# privé", other: "# privé" }),
    unlisted: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# niet vermeld", other: "# niet vermeld" }),
    scheduled: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# gepland", other: "# gepland" }),
    allPublic: "allemaal openbaar",
    addresses: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# oud adres", other: "# oude adressen" }),
    addressesLead: "Ze leiden naar deze berichten.",
    present: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# bericht is hier al", other: "# berichten zijn hier al" }),
    presentStay: "Ze blijven zoals ze zijn.",
    remote: ({ count, hosts }: { readonly count: number; readonly hosts: string }): string =>
      counted(count, { one: `# afbeelding staat op ${hosts}`, other: `# afbeeldingen staan op ${hosts}` }),
    remotePlanned: "Het bestand noemt ze en bevat ze niet.",
    remoteStay: "Ze worden van daar getoond.",
    fetched: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# afbeelding is opgehaald", other: "# afbeeldingen zijn opgehaald" }),
    notFetched: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "# kon niet worden opgehaald en blijft daar",
        other: "# konden niet worden opgehaald en blijven daar"
      }),
    nothing: "Er is niets nieuws in dit bestand.",
    notPublic: "Niet voor iedereen",
    levels: { draft: "Concepten", private: "Privé", unlisted: "Niet vermeld" },
    heldBack: "Achtergehouden",
    heldBackAbout: "Dit kunnen berichten zijn; jij beslist.",
    reasons: {
      undated: "Zonder datum",
      page: "Deel van de oude site, geen berichten",
      template: "Sjablonen",
      not_published: "Niet gepubliceerd op de oude site",
      empty: "Leeg",
      format: "In een formaat dat niet leesbaar is",
      redirect: "Leiden alleen ergens anders heen",
      trash: "In de prullenbak"
    },
    problems: "Kan niet binnenkomen",
    problem: {
      media_missing: "Hun afbeeldingen ontbreken",
      media_refused: "Hun afbeeldingen zijn niet leesbaar",
      slug_taken: "Hun adres hoort hier bij een ander bericht",
      unreadable: "Niet leesbaar"
    },
    deadLinks: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# link leidt nergens heen", other: "# links leiden nergens heen" }),
    renamed: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# bericht krijgt een ander adres", other: "# berichten krijgen een ander adres" }),
    hidden: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "# bericht heeft een deel van het oude programma dat verborgen is",
        other: "# berichten hebben delen van het oude programma die verborgen zijn"
      }),
    passedOver: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# ander item is geen bericht", other: "# andere items zijn geen berichten" }),
    fields: "Gegevens die niet binnenkomen",
    more: "Verder",
    examples: ({ names, rest }: { readonly names: string; readonly rest: number }): string =>
      rest === 0 ? names : counted(rest, { one: `${names} en nog #`, other: `${names} en nog #` })
  },
  choices: {
    title: "Keuzes",
    fetch: ({ count, hosts }: { readonly count: number; readonly hosts: string }): string =>
      counted(count, { one: `# afbeelding van ${hosts} ophalen`, other: `# afbeeldingen van ${hosts} ophalen` }),
    fetchHint: "Een voor een; dit kan lang duren. Anders blijven ze daar.",
    oldSite: "Adres van de oude site",
    oldSiteHint: "Het bestand zegt niet waar de afbeeldingen zijn. Geef het adres en kijk opnieuw.",
    withoutMedia: "Berichten binnenhalen zonder hun ontbrekende afbeeldingen",
    asDrafts: "Wat achtergehouden is als concept binnenhalen",
    look: "Opnieuw bekijken",
    begin: "Deze importeren",
    discard: "Bestand weggooien"
  },
  result: {
    posts: "Je berichten",
    drafts: "Concepten",
    site: "De site",
    another: "Nog een bestand importeren",
    again: "Het bestand is verwijderd. Opnieuw importeren voegt alleen toe wat ontbreekt."
  },
  failed: {
    title: "Het bestand kan niet worden geïmporteerd",
    broken: "De import is voortijdig geëindigd",
    partly: "Wat tot dan binnenkwam, blijft. Het bestand opnieuw importeren voegt de rest toe.",
    nothing: "Er is niets geïmporteerd, en het bestand is verwijderd.",
    noPosts: "Er is geen bericht in het bestand.",
    newer: "Het bestand is van een nieuwere versie van StarPunk.",
    source: "De inhoud van het bestand is niet leesbaar. Exporteer de oude site opnieuw.",
    reasons: {
      kind: "Het is geen zipbestand, export van WordPress of Ghost, of Markdown-bestand.",
      empty: "Het is leeg.",
      xml: "De WordPress-export is onvolledig. Exporteer opnieuw en wacht tot de download klaar is.",
      json: "De Ghost-export is onvolledig. Exporteer opnieuw en wacht tot de download klaar is.",
      encoding: "De tekst is geen UTF-8.",
      part_too_large: "Een van de items is groter dan welk bericht ook.",
      too_many: "Het heeft te veel items. Verdeel het over meer bestanden.",
      too_large: "De uitgepakte inhoud is te groot. Verdeel het over meer bestanden.",
      bomb: "Het zegt zich tot een veelvoud uit te pakken, zoals aanvallen doen.",
      damaged: "Het zipbestand is beschadigd of onvolledig. Download of pak het opnieuw in.",
      encrypted: "Het is beveiligd met een wachtwoord. Pak het in zonder wachtwoord.",
      absolute: "Een item heeft een absoluut pad. Pak alleen de map met de inhoud in.",
      outside: "Een item leidt buiten zijn map. Pak alleen de map met de inhoud in.",
      link: "Een item is een link of een bijzonder bestand. Pak alleen bestanden en mappen in.",
      duplicate: "Twee items hebben dezelfde naam.",
      name: "De naam van een item is te lang of geen UTF-8.",
      unsupported: "Het is ingepakt op een manier die niet wordt ondersteund. Pak het in als gewoon zipbestand."
    },
    entry: ({ name }: { readonly name: string }): string => `Item: ${name}`
  }
}
