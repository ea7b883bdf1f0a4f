import { counting } from "../Counted.js"
import type { data as english } from "../en/Data.js"
import type { Translation } from "../Translation.js"

const count = counting("es")

/** Texts of the page about the site's data. */
export const data: Translation<typeof english> = {
  title: "Datos",
  lead: "Todo lo que hay en este sitio es tuyo. Llévatelo cuando quieras.",
  everything: {
    title: "Descargar todo",
    about:
      "Un archivo zip con todas las publicaciones en Markdown, incluidos los borradores y las borradas, todas las imágenes y archivos, y tus ajustes. Otros programas pueden leerlo, y StarPunk puede volver a importarlo.",
    without: "No contiene frases de contraseña, sesiones ni accesos de aplicaciones.",
    button: "Descargar todo",
    confirm: "Confirma que eres tú",
    confirmFirst: "para descargar. Esto protege tus borradores si otra persona usa este navegador."
  },
  backups: {
    title: "Copias de seguridad",
    about: (keep) =>
      count(keep, {
        one: "El servidor copia todo el sitio automáticamente, accesos incluidos, y comprueba cada copia. Conserva solo la más reciente.",
        other:
          "El servidor copia todo el sitio automáticamente, accesos incluidos, y comprueba cada copia. Conserva las # más recientes."
      }),
    off: "Las copias de seguridad están desactivadas. El operador del servidor las activa con el ajuste",
    offHint: "Mientras tanto, usa «Descargar todo» con regularidad.",
    withoutMedia:
      "Las imágenes y los archivos están en un almacén de objetos. No están en estas copias; «Descargar todo» los incluye.",
    none: "Todavía no hay ninguna copia de seguridad.",
    unreadable:
      "Ahora mismo no se pueden leer las copias de seguridad. El operador del servidor encontrará el motivo en su registro.",
    make: "Hacer una copia ahora",
    confirmFirst: "para hacer o descargar una copia de seguridad.",
    failed:
      "El último intento falló y no se cambió nada. El operador del servidor encontrará el motivo en su registro.",
    made: "La copia de seguridad está completa y comprobada.",
    running: "Se está haciendo una copia de seguridad. Puedes salir de esta página.",
    refresh: "Mostrar el estado actual",
    download: (day) => `Descargar la copia del ${day}`,
    downloadShort: "Descargar",
    steps: {
      "Copying the database": "Copiando publicaciones y ajustes",
      "Checking the copy": "Comprobando la copia",
      "Writing the archive": "Añadiendo imágenes y archivos",
      "Verifying the archive": "Comprobando la copia de seguridad"
    },
    step: (step, percent) => (percent === "" ? `${step}…` : `${step}: ${percent}.`),
    working: "En curso"
  }
}
