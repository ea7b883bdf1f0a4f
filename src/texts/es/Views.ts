import { counting } from "../Counted.js"
import type { views as english } from "../en/Views.js"
import type { Translation } from "../Translation.js"

const counted = counting("es")

/** Texts about numbers of views. */
export const views: Translation<typeof english> = {
  title: "Vistas",
  back: "Todas las publicaciones",
  all: "Vistas de todas las publicaciones",
  off: "Las vistas no se cuentan.",
  turnOn: "Activarlo en los ajustes",
  period: "Periodo",
  periods: { days: "30 días", months: "12 meses" },
  within: {
    days: ({ views }) => `${views} en los últimos 30 días`,
    months: ({ views }) => `${views} en los últimos 12 meses`
  },
  total: ({ number }) => `Vistas en total: ${number}`,
  posts: "Las más vistas",
  views: (count) => counted(count, { one: "# vista", other: "# vistas" }),
  none: "Ninguna vista en este periodo",
  most: ({ when, views }) => `Máximo: ${when}, ${views}`,
  scale: ({ top }) => `0 a ${top}`,
  table: "Como tabla",
  when: "Cuándo",
  about:
    "Una vista es abrir la página de una publicación en un navegador; la misma persona cuenta cada vez. Tú, los buscadores y otros programas, las precargas, los feeds y las listas no se cuentan. Solo se guarda un número por publicación y día. No se guarda ni se envía ninguna cookie, ninguna dirección ni nada más sobre los lectores. Los números son aproximados: los programas pueden hacerse pasar por navegadores.",
  clearLink: "Eliminar todos los números",
  clearQuestion: "¿Eliminar todos los números de vistas?",
  clearMeaning:
    "Los números de todas las publicaciones y días se eliminan para siempre. Las copias y exportaciones que existen los conservan. Si el recuento está activado, continúa.",
  clear: "Eliminar los números",
  cancel: "Cancelar",
  cleared: "Los números se eliminaron."
}
