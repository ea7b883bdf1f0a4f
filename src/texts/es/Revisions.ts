import { counting } from "../Counted.js"
import type { revisions as english } from "../en/Revisions.js"
import type { Translation } from "../Translation.js"

const counted = counting("es")

/** Texts of the pages about former states of a post. */
export const revisions: Translation<typeof english> = {
  title: "Versiones",
  link: "Versiones",
  back: "Volver a la publicación",
  all: "Todas las versiones",
  count: ({ count }) => counted(count, { one: "# cambio", other: "# cambios" }),
  kept: "Se conservan los 50 cambios más recientes, hasta 4 MB. Los cambios de un borrador en menos de diez minutos cuentan como uno.",
  none: "Esta publicación no ha cambiado desde que se escribió.",
  changed: "Cambiado ",
  by: ({ name }) => `con ${name}`,
  change: "Cambio",
  fields: {
    slug: "Dirección",
    status: "Estado",
    visibility: "Visible para",
    publishedAt: "Fecha de publicación",
    type: "Tipo",
    photo: "Imágenes",
    video: "Vídeos",
    audio: "Grabaciones"
  },
  added: "añadido:",
  removed: "eliminado:",
  end: "fin",
  nothing: "No ha cambiado nada que se vea.",
  restore: "Restaurar el estado anterior a este cambio",
  restoreHint:
    "Restaura el texto y las propiedades. La dirección, la fecha y la visibilidad se quedan como están ahora. También es un cambio que puedes deshacer aquí.",
  restored: "Restaurado."
}
