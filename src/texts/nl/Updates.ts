import type { updates as english } from "../en/Updates.js"
import type { Translation } from "../Translation.js"

/** Texts about newer versions of the program. */
export const updates: Translation<typeof english> = {
  title: "Updates",
  check: "Eén keer per dag vragen of er een nieuwere versie is",
  hint: "De server leest één bestand op {address} en verzendt niet het adres van je site en ook niet de versie. Er wordt niets geïnstalleerd.",
  missing: "Om dit aan te bieden stelt de beheerder van de server het adres van het bestand met de nieuwste versie in.",
  never: "Nog niet gevraagd. De eerste keer is binnen enkele minuten.",
  failed: ({ time }) => `Gevraagd: ${time}. Geen bruikbaar antwoord; de volgende dag wordt het opnieuw geprobeerd.`,
  current: ({ running, time }) => `Gevraagd: ${time}. Je hebt de nieuwste versie, ${running}.`,
  newer: ({ running, version }) => `StarPunk ${version} is beschikbaar. Je hebt ${running}.`,
  notes: "Wat is er nieuw"
}
