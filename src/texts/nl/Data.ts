import { counting } from "../Counted.js"
import type { data as english } from "../en/Data.js"
import type { Translation } from "../Translation.js"

const count = counting("nl")

/** Texts of the page about the site's data. */
export const data: Translation<typeof english> = {
  title: "Gegevens",
  lead: "Alles op deze site is van jou. Neem het mee wanneer je wilt.",
  everything: {
    title: "Alles downloaden",
    about:
      "Eén zipbestand met elk bericht als Markdown, ook concepten en verwijderde berichten, alle afbeeldingen en bestanden, en je instellingen. Andere programma’s kunnen het lezen, en StarPunk kan het weer importeren.",
    without: "Wachtwoordzinnen, sessies en toegang van apps zitten er niet in.",
    button: "Alles downloaden",
    confirm: "Bevestig dat jij het bent",
    confirmFirst: "om te downloaden. Dit beschermt je concepten als iemand anders deze browser gebruikt."
  },
  backups: {
    title: "Back-ups",
    about: (keep) =>
      count(keep, {
        one: "De server kopieert de hele site automatisch, met logins, en controleert elke kopie. Alleen de nieuwste blijft bewaard.",
        other:
          "De server kopieert de hele site automatisch, met logins, en controleert elke kopie. De nieuwste # blijven bewaard."
      }),
    off: "Back-ups staan uit. De beheerder van de server zet ze aan met de instelling",
    offHint: "Gebruik tot die tijd regelmatig ‘Alles downloaden’.",
    withoutMedia:
      "Afbeeldingen en bestanden staan in een objectopslag. Ze zitten niet in deze back-ups; ‘Alles downloaden’ bevat ze.",
    none: "Er is nog geen back-up.",
    unreadable: "De back-ups kunnen nu niet worden gelezen. De beheerder van de server vindt de reden in het log.",
    make: "Nu een back-up maken",
    confirmFirst: "om een back-up te maken of te downloaden.",
    failed:
      "De laatste poging is mislukt, en er is niets gewijzigd. De beheerder van de server vindt de reden in het log.",
    made: "De back-up is compleet en gecontroleerd.",
    running: "Er wordt een back-up gemaakt. Je kunt deze pagina verlaten.",
    refresh: "Huidige stand tonen",
    download: (day) => `Back-up van ${day} downloaden`,
    downloadShort: "Downloaden",
    steps: {
      "Copying the database": "Berichten en instellingen kopiëren",
      "Checking the copy": "De kopie controleren",
      "Writing the archive": "Afbeeldingen en bestanden toevoegen",
      "Verifying the archive": "De back-up controleren"
    },
    step: (step, percent) => (percent === "" ? `${step}…` : `${step}: ${percent}.`),
    working: "Bezig"
  }
}
