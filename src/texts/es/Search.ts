import { counting } from "../Counted.js"
import type { search as english } from "../en/Search.js"
import type { Translation } from "../Translation.js"

const count = counting("es")

/** Texts of the search page. */
export const search: Translation<typeof english> = {
  title: "Búsqueda",
  titleOf: ({ query }) => `Búsqueda: ${query}`,
  reduced:
    "Primero las más recientes: ahora no se puede ordenar por relevancia, y la búsqueda puede ser más lenta. Aun así se encuentran todas las publicaciones.",
  previous: "Resultados anteriores",
  next: "Más resultados",
  nothing: "Ninguna publicación coincide. Prueba con menos palabras o con otras.",
  found: (posts) => count(posts, { one: "# publicación", other: "# publicaciones" }),
  moreThan: (posts) => count(posts, { other: "Más de # publicaciones; se muestran las más recientes" }),
  tips: "Consejos de búsqueda",
  grammar: {
    words:
      "`quick fox` publicaciones con las dos palabras, en cualquier orden; no importan las mayúsculas ni los acentos",
    phrase: '`"quick fox"` frase exacta',
    without: "`fox -dog` publicaciones con la primera palabra y sin la segunda",
    tag: "`tag:travel` publicaciones con esta etiqueta",
    dates: "`after:2024 before:2024-07-01` periodo, en años, meses o días"
  }
}
