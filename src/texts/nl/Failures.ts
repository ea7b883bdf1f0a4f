import type { failures as english } from "../en/Failures.js"
import type { Translation } from "../Translation.js"

/** Words of failures that visitors and the owner see on pages. */
export const failures: Translation<typeof english> = {
  "auth.login_step_expired": {
    message: "Deze aanmelding is verlopen, of ze is in een andere browser begonnen",
    suggestion: "Begin opnieuw met aanmelden",
    troubleshooting: ["Gebeurt dit meteen, sta dan cookies van deze site toe"]
  },
  "auth.passphrase_wrong": {
    message: "De wachtwoordzin klopt niet",
    suggestion: "Typ hem opnieuw. Hoofdletters tellen",
    troubleshooting: [
      "Heb je een passkey toegevoegd, dan kun je je daarmee aanmelden",
      "De beheerder van de server kan de aanmelding herstellen"
    ]
  },
  "backup.off": {
    message: "Deze site bewaart geen back-ups",
    suggestion: "Download in plaats daarvan alles, of vraag de beheerder om back-ups aan te zetten",
    troubleshooting: ["Er is niets gewijzigd"]
  },
  "database.conflict": {
    message: "Deze wijziging past niet bij de opgeslagen gegevens",
    suggestion: "Laad de pagina opnieuw en wijzig het nog eens",
    troubleshooting: ["Misschien heeft een ander venster of een app hetzelfde gewijzigd", "Er is niets gewijzigd"]
  },
  "database.corrupt": {
    message: "De opslag van deze site is beschadigd",
    suggestion: "Probeer het later opnieuw",
    troubleshooting: ["De eigenaar van de site moet dit herstellen. Nu opnieuw proberen helpt niet"]
  },
  "database.locked": {
    message: "De database is even vergrendeld",
    suggestion: "Probeer het zo opnieuw",
    troubleshooting: [
      "Wacht een paar seconden en probeer het opnieuw",
      "Er is niets gewijzigd. Je kunt hetzelfde verzoek nog eens sturen"
    ]
  },
  "database.pool_closed": {
    message: "De site start opnieuw",
    suggestion: "Probeer het over een paar seconden opnieuw",
    troubleshooting: ["Wacht een paar seconden en probeer het opnieuw"]
  },
  "database.pool_exhausted": {
    message: "De site heeft het nu erg druk",
    suggestion: "Probeer het zo opnieuw",
    troubleshooting: ["Wacht een paar seconden en probeer het opnieuw"]
  },
  "database.read_only": {
    message: "De site kan nu alleen gelezen worden",
    suggestion: "Bewaar een kopie van wat je schreef en probeer het later opnieuw",
    troubleshooting: ["Lezen werkt nog", "Van dit verzoek is niets opgeslagen. Je kunt het nog eens sturen"]
  },
  "database.unavailable": {
    message: "De site kan haar opslag nu niet bereiken",
    suggestion: "Probeer het over een paar seconden opnieuw",
    troubleshooting: ["Wacht een paar seconden en probeer het opnieuw"]
  },
  "editor.conflict": {
    message: "Dit bericht is elders gewijzigd nadat je het opende",
    suggestion: "Sla jouw versie op: daarna kun je beide vergelijken en er een kiezen",
    troubleshooting: [
      "Misschien heeft een ander tabblad, apparaat of een app het bericht gewijzigd",
      "Er is niets overschreven, en je tekst is niet verloren"
    ]
  },
  "editor.erase_refused": {
    message: "Dit bericht is niet verwijderd, dus het is niet definitief gewist",
    suggestion: "Verwijder het bericht eerst en wis het dan vanuit de lijst met verwijderde berichten",
    troubleshooting: ["Misschien heeft een ander tabblad of een app het bericht teruggezet", "Er is niets gewijzigd"]
  },
  "editor.file_missing": {
    message: "Deze verzending bevat geen bestand",
    suggestion: "Kies eerst een afbeelding, video of opname",
    troubleshooting: ["Apps sturen het bestand als deel met een naam in een multipart/form-data-verzoek"]
  },
  "export.busy": {
    message: "Er lopen al andere downloads van de site",
    suggestion: "Wacht tot ze klaar zijn of stop ze in de browser, en probeer het dan opnieuw",
    troubleshooting: ["Heb je een download gestopt, wacht dan twee minuten: de server merkt het misschien dan pas"]
  },
  "http.draft_link_ended": {
    message: "Deze link naar een concept werkt niet meer",
    suggestion: "Vraag een nieuwe link aan wie hem heeft gestuurd",
    troubleshooting: ["De link is beëindigd of vervangen, of het concept is verwijderd"]
  },
  "http.gone": {
    message: "Dit bericht is verwijderd",
    suggestion: "Ga verder naar de startpagina",
    troubleshooting: ["De auteur heeft dit bericht verwijderd. Je kunt links ernaartoe weghalen"]
  },
  "http.not_found": {
    message: "Pagina niet gevonden",
    suggestion: "Controleer het adres op typefouten, of begin op de startpagina",
    troubleshooting: ["Heb je een link gevolgd, meld het dan bij de pagina waar die op staat"]
  },
  "http.request_timeout": {
    message: "Het verzoek kwam niet op tijd aan",
    suggestion: "Stuur het opnieuw",
    troubleshooting: ["Gebeurt het weer, dan is de verbinding misschien te traag: stuur minder gegevens tegelijk"]
  },
  "http.server_busy": {
    message: "De site is bezig",
    suggestion: "Probeer het over een paar seconden opnieuw",
    troubleshooting: ["Kleine verzoeken en pagina’s werken nog", "Wat je stuurde, is niet opgeslagen"]
  },
  "http.site_starting": {
    message: "De site start",
    suggestion: "Probeer het over een paar seconden opnieuw",
    troubleshooting: ["Wacht een paar seconden en probeer het opnieuw"]
  },
  "import.busy": {
    message: "Er loopt al een andere import",
    suggestion: "Wacht tot die klaar is, of stop die op de pagina van de import",
    troubleshooting: ["Er wordt één bestand tegelijk geïmporteerd", "Van dit bestand is niets geïmporteerd"]
  },
  "indieauth.request_expired": {
    message: "Dit aanmeldverzoek is al beantwoord of verlopen",
    suggestion: "Ga terug naar de app en begin opnieuw met aanmelden",
    troubleshooting: ["Ben je intussen afgemeld, begin dan ook in de app opnieuw"]
  },
  "internal.unforeseen": {
    message: "Er is een interne fout opgetreden",
    suggestion: "Meld het verzoeknummer en wat je deed aan de eigenaar van de site",
    troubleshooting: [
      "Je kunt een pagina veilig opnieuw laden. Kijk voordat je een formulier nog eens stuurt of het is opgeslagen"
    ]
  },
  "media.in_use": {
    message: "Het gebruik van dit bestand is veranderd sinds je de pagina hebt geopend",
    suggestion: "Bekijk het bestand opnieuw en beslis dan",
    troubleshooting: [
      "Het bestand is niet verwijderd",
      "Misschien gebruikt een bericht het nu, vanuit een ander tabblad of een app"
    ]
  },
  "media.storage_full": {
    message: "De opslag van de site is te vol voor dit bestand",
    suggestion: "Probeer het later opnieuw, of neem contact op met de eigenaar van de site",
    troubleshooting: ["Het bestand is niet opgeslagen. Je tekst blijft zoals hij is"]
  },
  "search.disabled": {
    message: "Zoeken staat uit op deze site",
    suggestion: "Blader door de berichten op de startpagina, of volg hun tags",
    troubleshooting: ["De nieuwste berichten staan bovenaan, oudere op de volgende pagina’s"]
  },
  "session.proof_needed": {
    message: "Bevestig dat jij het bent",
    suggestion: "Meld je opnieuw aan op /auth/confirm en herhaal het verzoek binnen tien minuten",
    troubleshooting: [
      "Voor wijzigingen aan aanmelding, sessies en toegang van apps moet je je kort daarvoor hebben aangemeld",
      "Een passkey met vingerafdruk, gezicht of pincode gaat het snelst"
    ]
  },
  "settings.conflict": {
    message: "Deze instellingen zijn elders gewijzigd nadat je ze opende",
    suggestion: "Vergelijk beide versies en sla dan op welke je wilt",
    troubleshooting: ["Misschien heeft een ander tabblad of apparaat ze gewijzigd", "Er is niets overschreven"]
  },
  "storage.full": {
    message: "De opslag van de site is vol",
    suggestion: "Bewaar een kopie van wat je schreef en probeer het later opnieuw",
    troubleshooting: ["Lezen werkt nog", "Van dit verzoek is niets opgeslagen. Je kunt het nog eens sturen"]
  }
}
