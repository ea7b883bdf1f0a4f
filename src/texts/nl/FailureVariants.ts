import { isApplePicture } from "../../errors/Media.js"
import type { MediaUnavailable } from "../../errors/MediaStorage.js"
import { inUnits } from "../../errors/Phrases.js"
import { durations } from "../Amounts.js"
import type { failureVariants as english, Words } from "../en/FailureVariants.js"
import type { Translation } from "../Translation.js"

const duration = durations("nl")

const unavailable = ({ operation }: Pick<MediaUnavailable, "operation">): Words => ({
  message: operation === "write" ? "Het bestand kon niet worden opgeslagen" : "Het bestand kan nu niet worden gelezen",
  suggestion: "Probeer het later opnieuw",
  troubleshooting: [
    operation === "write"
      ? "Het bestand is niet opgeslagen. Je tekst is niet geraakt"
      : "Het bestand is er nog; alleen deze poging om het te lezen is mislukt"
  ]
})

/** Words of failures that depend on the failure's data. */
export const failureVariants: Translation<typeof english> = {
  "auth.code_wrong": ({ reason }) => ({
    message: reason === "used" ? "Deze code is al gebruikt" : "Die code is nu niet geldig",
    suggestion:
      reason === "used"
        ? "Wacht tot de app de volgende code toont; elke code werkt één keer"
        : "Vul de zes cijfers in die de app nu toont, of een van je herstelcodes",
    troubleshooting: [
      "Als elke code wordt geweigerd, loopt de klok van de telefoon misschien verkeerd: zet automatische tijd aan",
      "Elke herstelcode werkt één keer, in plaats van een code uit de app"
    ]
  }),
  "auth.origin_foreign": ({ expected, reason }) => ({
    message: {
      cross_site: "Dit formulier kwam van een pagina van een andere site",
      same_site: "Dit formulier kwam van een andere host van dit domein",
      opaque: "Dit formulier kwam van een pagina die verbergt bij welke site ze hoort",
      other_origin: "Dit formulier kwam van een ander adres dan dat van deze site"
    }[reason],
    suggestion: `Open ${expected} in de adresbalk en verstuur het formulier opnieuw`,
    troubleshooting: [
      `De adresbalk moet beginnen met ${expected}. Een andere naam of een IP-adres van dezelfde site werkt niet`,
      "Als je niets hebt verstuurd, wilde een andere pagina namens jou handelen. Er is niets gewijzigd",
      "Een extensie die de herkomst van formulieren verbergt, kan deze fout veroorzaken"
    ]
  }),
  "auth.passkey_refused": ({ reason }) => ({
    message: {
      malformed: "De browser stuurde een ongeldig antwoord",
      unknown: "Deze passkey is niet bekend op deze site",
      known: "Deze passkey is al toegevoegd",
      invalid: "De passkey kon niet worden gecontroleerd"
    }[reason],
    suggestion:
      reason === "known" ? "Log ermee in" : "Probeer het opnieuw, of gebruik een andere passkey of de wachtwoordzin",
    troubleshooting: ["Een passkey werkt alleen op het ingestelde adres van de site: open de site op dat adres"]
  }),
  "auth.passphrase_refused": ({ reason }) => ({
    ...{
      too_short: {
        message: "Deze wachtwoordzin is te kort",
        suggestion: "Gebruik minstens 8 tekens, bijvoorbeeld vier of vijf losse woorden"
      },
      too_long: { message: "Deze wachtwoordzin is te lang", suggestion: "Gebruik hoogstens 1024 tekens" },
      differs: {
        message: "De twee wachtwoordzinnen zijn verschillend",
        suggestion: "Vul twee keer dezelfde wachtwoordzin in"
      },
      unchanged: { message: "Dit is al je wachtwoordzin", suggestion: "Kies een andere" },
      common: {
        message: "Deze wachtwoordzin is te gemakkelijk te raden",
        suggestion:
          "Cijfers en tekens rond een gewoon woord helpen niet. Gebruik vier of vijf losse woorden, of laat een wachtwoordbeheerder er een maken"
      },
      of_site: {
        message: "Deze wachtwoordzin bestaat uit woorden die op deze site staan",
        suggestion:
          "Gebruik vier of vijf losse woorden. Vermijd het adres en de naam van de site, je naam en ‘starpunk’"
      }
    }[reason],
    troubleshooting: ["Alle tekens zijn toegestaan, ook spaties en emoji. Cijfers en leestekens zijn niet verplicht"]
  }),
  "auth.setup_link_invalid": ({ reason }) => ({
    message: reason === "claimed" ? "Deze site heeft al een eigenaar" : "Deze installatielink is verlopen",
    suggestion:
      reason === "claimed"
        ? "Log in als jij dat bent"
        : "Gebruik de nieuwste link; bij elke start verschijnt er een nieuwe",
    troubleshooting: ["Een installatielink geldt één dag en één keer, en verloopt als er een nieuwere verschijnt"]
  }),
  "auth.too_many_attempts": ({ retryAfterSeconds }) => ({
    message: "Te veel pogingen",
    suggestion: `Wacht ${duration(retryAfterSeconds)} en probeer het dan opnieuw`,
    troubleshooting: [
      "Gebruik een passkey of een browser waarin je al eens hebt ingelogd om meteen in te loggen: pogingen van anderen blokkeren die niet"
    ]
  }),
  "editor.autosave_refused": ({ state }) => ({
    message: `Dit bericht is intussen elders ${state === "deleted" ? "verwijderd" : "gepubliceerd"}. Alleen concepten worden automatisch opgeslagen`,
    suggestion:
      state === "deleted"
        ? "Zet het terug in de lijst van verwijderde berichten en ga dan verder"
        : "Kies ‘Bijwerken’ om je wijzigingen te publiceren",
    troubleshooting: ["Deze browser bewaart je niet-opgeslagen tekst"]
  }),
  "http.address_malformed": ({ reason }) => ({
    message: reason === "too_long" ? "Dit adres is te lang" : "Dit adres is ongeldig",
    suggestion: {
      escape: "Schrijf % in adressen als %25, en codeer tekst als UTF-8 met procenttekens",
      control_character: "Verwijder de besturingstekens uit het adres",
      traversal: "Verwijder de delen `..` uit het adres",
      too_long: "Kort het adres in",
      form: "Vraag een pad op dat met een schuine streep begint"
    }[reason],
    troubleshooting: ["Verbeter het adres, of begin op de startpagina"]
  }),
  "http.body_too_large": ({ limitBytes }) => ({
    message: "Dit is te groot",
    suggestion: limitBytes === undefined ? "Verstuur minder tegelijk" : `Verstuur hoogstens ${inUnits(limitBytes)}`,
    troubleshooting: ["Kort de tekst in, of verklein de bestanden"]
  }),
  "http.overloaded": ({ retryAfterSeconds }) => ({
    message: "De site heeft nu te veel bezoekers",
    suggestion: `Probeer het over ${duration(retryAfterSeconds)} opnieuw`,
    troubleshooting: ["Pagina’s die nu veel gelezen worden, zoals de startpagina, werken misschien nog"]
  }),
  "http.rate_limited": ({ limit, retryAfterSeconds }) => ({
    message: {
      requests: "Je netwerk stuurde te veel verzoeken",
      searches: "Je netwerk stuurde te veel zoekopdrachten",
      authorizations: "Je netwerk stuurde te veel verzoeken om toegang",
      token_requests: "Je netwerk stuurde te veel verzoeken om tokens",
      refused_tokens: "Je netwerk stuurde te veel verzoeken met ongeldige tokens",
      health_tokens: "Je netwerk stuurde te veel verkeerde tokens voor de bewaking",
      writes: "Te veel verzoeken met dit token"
    }[limit],
    suggestion: `Wacht ${duration(retryAfterSeconds)} en probeer het dan opnieuw`,
    troubleshooting: ["Een programma moet zoveel seconden wachten als `Retry-After` aangeeft"]
  }),
  "media.damaged": ({ reason }) => ({
    message: {
      unreadable: "Het bestand is beschadigd",
      too_many_pixels: "De afbeelding heeft te veel pixels",
      too_many_frames: "De animatie is te groot: de beelden hebben samen te veel pixels",
      too_complex: "De afbeelding is te ingewikkeld",
      empty: "Het bestand is leeg"
    }[reason],
    suggestion:
      reason === "unreadable" || reason === "empty"
        ? "Open het bestand op je apparaat, sla het op in een gangbaar formaat en upload het opnieuw"
        : reason === "too_many_frames"
          ? "Maak de animatie korter of kleiner, of upload haar als video (MP4)"
          : "Verklein de afbeelding en upload haar opnieuw",
    troubleshooting: ["Een onderbroken upload kan de oorzaak zijn: probeer het opnieuw"]
  }),
  "media.store_refused": unavailable,
  "media.too_large": ({ limitBytes }) => ({
    message: "Dit bestand is te groot",
    suggestion: `Gebruik bestanden van hoogstens ${inUnits(limitBytes)}`,
    troubleshooting: ["Maak een video of opname korter of kleiner voordat je die uploadt"]
  }),
  "media.unavailable": unavailable,
  "media.unsupported": ({ accepted, found }) => ({
    message:
      found === undefined
        ? "Dit soort bestand kan hier niet"
        : `Bestanden van het type ${found.slice(0, 80)} kunnen hier niet`,
    suggestion: isApplePicture(found)
      ? "Sla de foto op als JPEG en upload haar opnieuw. Kies op een iPhone Instellingen, Camera, Structuren, Meest compatibel; nieuwe foto’s zijn dan JPEG"
      : "Sla een afbeelding op als JPEG, PNG, GIF, WebP of AVIF, een video als MP4, WebM of MOV, een opname als MP3, M4A, OGG, FLAC of WAV",
    troubleshooting: [
      `Dit kan wel: ${accepted.join(", ")}`,
      "Het type wordt herkend aan de inhoud van het bestand, niet aan de naam"
    ]
  }),
  "page.path_taken": ({ by, free, path }) => ({
    message: `Het adres ${path.slice(0, 80)} hoort bij ${{ site: "de site zelf", post: "een ander bericht", former: "een bericht of bestand van je vroegere site" }[by]}`,
    suggestion: free === undefined ? "Kies een ander adres" : `Kies een ander adres. ${free.slice(0, 80)} is vrij`,
    troubleshooting: ["Het adres van een pagina heeft één deel, zoals /about. Er is niets gewijzigd"]
  }),
  "search.query_invalid": ({ limit, reason }) => ({
    message: "Deze zoekopdracht is ongeldig",
    suggestion: {
      empty: "Vul minstens één woord in",
      too_long:
        limit === undefined ? "Kort de zoekopdracht in" : `Kort de zoekopdracht in tot hoogstens ${limit} tekens`,
      too_many_terms:
        limit === undefined ? "Gebruik minder woorden" : `Gebruik hoogstens ${limit} woorden en zinsdelen`,
      bad_date: "Schrijf een datum als JJJJ, JJJJ-MM of JJJJ-MM-DD, zoals before:2024-05-01",
      only_exclusions:
        'Voeg minstens één woord toe dat moet voorkomen. Zet een woord dat met een minteken begint tussen aanhalingstekens: "--force"',
      bad_page:
        limit === undefined
          ? "Gebruik een heel, positief paginanummer"
          : `Gebruik een heel, positief paginanummer tot en met ${limit}`
    }[reason],
    troubleshooting: [
      'Woorden mogen in elke volgorde staan, "zinsdelen tussen aanhalingstekens" precies zo, en een minteken ervoor sluit een woord uit',
      "tag:naam, before:datum en after:datum beperken het zoeken"
    ]
  }),
  "session.expired": ({ reason }) => ({
    message: reason === "idle" ? "Je bent uitgelogd omdat je een tijd niets deed" : "Je sessie is beëindigd",
    suggestion: "Log opnieuw in",
    troubleshooting: [
      "Kopieer wat je aan het schrijven was voordat je deze pagina verlaat",
      "Als het direct na het inloggen gebeurt, sta dan cookies van deze site toe"
    ]
  })
}
