import type { errors as english } from "../en/Errors.js"
import type { Translation } from "../Translation.js"

/** Texts of the pages about error codes. */
export const errors: Translation<typeof english> = {
  title: "Errores",
  lead: "Cada error de este sitio tiene un código. Su página explica el error y qué hacer después.",
  all: "Todos los errores",
  httpStatus: ({ status }) => `Estado HTTP ${status}`,
  verdicts: {
    user: "Error del cliente. Corrige la petición antes de repetirla.",
    userLater: "Error del cliente. Inténtalo más tarde.",
    system: "Error del servidor. Tiene que corregirlo el operador.",
    systemLater: "Error del servidor. Inténtalo más tarde."
  }
}
