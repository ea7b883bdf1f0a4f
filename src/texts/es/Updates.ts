import type { updates as english } from "../en/Updates.js"
import type { Translation } from "../Translation.js"

/** Texts about newer versions of the program. */
export const updates: Translation<typeof english> = {
  title: "Actualizaciones",
  check: "Preguntar una vez al día si hay una versión más nueva",
  hint: "El servidor lee un archivo en {address} y no envía ni la dirección de tu sitio ni su versión. No se instala nada.",
  missing: "Para ofrecer esto, quien administra el servidor indica la dirección del archivo con la última versión.",
  never: "Aún no se ha preguntado. La primera vez es dentro de unos minutos.",
  failed: ({ time }) => `Preguntado: ${time}. Sin respuesta útil; se intenta de nuevo al día siguiente.`,
  current: ({ running, time }) => `Preguntado: ${time}. Tienes la última versión, ${running}.`,
  newer: ({ running, version }) => `StarPunk ${version} está disponible. Tienes ${running}.`,
  notes: "Novedades"
}
