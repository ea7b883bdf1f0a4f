import { counting } from "../Counted.js"
import type { blog as english } from "../en/Blog.js"
import type { Translation } from "../Translation.js"

const count = counting("es")

/** Texts of the home page, the archive and lists. */
export const blog: Translation<typeof english> = {
  archive: "Archivo",
  all: "Todo",
  kinds: "Tipos",
  onThisDay: "Tal día como hoy",
  since: ({ month, posts }) => `${posts} desde ${month}`,
  posts: (posts) => count(posts, { one: "# publicación", other: "# publicaciones" }),
  subscribeTo: ({ list }) => `Suscribirse a ${list.toLowerCase()}`,
  emptyDay: ({ day }) => `No se publicó nada el ${day}.`,
  wholeMonth: "Todas las publicaciones de este mes",
  newer: "Más reciente",
  older: "Más antigua",
  days: "Días",
  dayBefore: "Día anterior",
  dayAfter: "Día siguiente",
  neighbours: "Publicaciones más recientes y más antiguas",
  pinned: "Fijado",
  nothingYet: "Todavía no hay nada publicado",
  firstPost: "La primera publicación aparecerá en esta página.",
  nothingHere: "No hay nada en esta página",
  toArchive: "Todas las publicaciones están en el archivo.",
  follow: "[Suscríbete al canal](/feed) para recibir las publicaciones nuevas automáticamente.",
  list: "Publicaciones",
  listUntil: ({ day }) => `Publicaciones hasta el ${day}`,
  emptyPage: "No hay publicaciones en esta página.",
  toNewest: "Ir a las más recientes",
  postOf: ({ day }) => `Publicación del ${day}`,
  tagged: "Publicaciones con la etiqueta",
  taggedWith: ({ tag }) => `Publicaciones con la etiqueta ${tag}`
}
