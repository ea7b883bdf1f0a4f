import type { feeds as english } from "../en/Feeds.js"
import type { Translation } from "../Translation.js"

/** Texts of the page about the site's feeds. */
export const feeds: Translation<typeof english> = {
  title: ({ site }) => `Suscribirse a ${site}`,
  lead: "Las publicaciones nuevas llegan a ti, sin cuenta y sin algoritmo. Copia esta dirección en un lector de canales:",
  address: "Dirección del canal",
  alsoHost: "La mayoría de los lectores también aceptan solo {host}.",
  choose: "Elige qué quieres seguir",
  byKind: "Canales por tipo",
  feed: "Canal",
  format: "Formato",
  everything: "Todo",
  tag: ({ label }) => `Etiqueta: ${label}`,
  what: "¿Qué es un canal?",
  explanation:
    "Un canal es una página para programas. Un lector consulta los canales que elegiste y muestra las publicaciones nuevas en un solo lugar. Hay lectores para todos los teléfonos y ordenadores, muchos gratuitos. Este sitio no sabe quién se suscribe.",
  empty: "Todavía no hay nada publicado. La primera publicación estará en el canal."
}
