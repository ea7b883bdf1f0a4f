import type { errors as english } from "../en/Errors.js"
import type { Translation } from "../Translation.js"

/** Texts of the pages about error codes. */
export const errors: Translation<typeof english> = {
  title: "Fouten",
  lead: "Elke fout van deze site heeft een code. De pagina van de code legt uit wat er mis is en wat je kunt doen.",
  all: "Alle fouten",
  httpStatus: ({ status }) => `HTTP-status ${status}`,
  verdicts: {
    user: "Fout van de client. Herstel het verzoek voordat je het herhaalt.",
    userLater: "Fout van de client. Probeer het later opnieuw.",
    system: "Fout van de server. De beheerder moet die oplossen.",
    systemLater: "Fout van de server. Probeer het later opnieuw."
  }
}
