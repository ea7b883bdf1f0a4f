import { counting } from "../Counted.js"
import type { theme as english } from "../en/Theme.js"
import type { Translation } from "../Translation.js"

const count = counting("es")

/** Texts around posts and pages. */
export const theme: Translation<typeof english> = {
  kindLists: {
    note: "Notas",
    article: "Artículos",
    photo: "Fotos",
    bookmark: "Enlaces",
    reply: "Respuestas",
    like: "Me gusta",
    repost: "Reposts",
    event: "Eventos",
    rsvp: "Respuestas a invitaciones",
    review: "Reseñas",
    read: "Lecturas",
    watch: "Visto",
    listen: "Escuchado",
    play: "Juegos",
    food: "Comida",
    drink: "Bebidas",
    checkin: "Visitas"
  },
  kinds: {
    note: "Nota",
    article: "Artículo",
    photo: "Foto",
    bookmark: "Enlace",
    reply: "Respuesta",
    like: "Me gusta",
    repost: "Repost",
    event: "Evento",
    rsvp: "Respuesta a una invitación",
    review: "Reseña",
    read: "Lectura",
    watch: "Visto",
    listen: "Escuchado",
    play: "Juego",
    food: "Comida",
    drink: "Bebida",
    checkin: "Visita"
  },
  rows: {
    "like-of": "Me gusta",
    "favorite-of": "Me gusta",
    "repost-of": "Compartido:",
    "bookmark-of": "Guardado:",
    checkin: "De visita en"
  },
  entry: {
    minutes: (minutes) => count(minutes, { other: "# min de lectura" }),
    readOn: "Seguir leyendo",
    readOnOf: ({ name }) => `Seguir leyendo: ${name}`,
    linkTo: ({ name }) => `Enlace a «${name}»`,
    tags: "Etiquetas",
    subscribe: "Suscribirse",
    replyByMail: "Responder por correo",
    edited: "Editado: {time}",
    links: ({ day }) => `Enlaces del ${day}`,
    by: "de",
    with: "Con",
    at: "En",
    from: "Desde",
    atPlace: ({ place }) => `En ${place}`,
    fromPlace: ({ place }) => `Desde ${place}`,
    rsvpTo: "Respuesta a la invitación ({answer}):",
    rsvp: ({ answer, name }) => `Respuesta a la invitación (${answer}): ${name}`,
    rsvpAnswers: { yes: "sí", no: "no", maybe: "quizá", interested: "me interesa" },
    alsoOn: "También en",
    more: (more) => count(more, { other: "y # más" }),
    video: "Vídeo",
    audio: "Audio",
    fullSize: "Imagen a tamaño completo"
  },
  error: {
    home: "Ir a la página de inicio",
    details: "Detalles técnicos",
    status: ({ status }) => `Estado ${status}`,
    request: "Petición"
  },
  owner: {
    label: "Propietario",
    edit: "Editar",
    write: "Nueva",
    drafts: "Borradores",
    settings: "Ajustes",
    draft: "Borrador.",
    private: "Publicación privada.",
    scheduled: ({ time }) => `Programada para ${time}.`,
    onlyYou: "Solo tú ves esto."
  },
  frame: {
    skip: "Ir al contenido",
    menu: "Sitio",
    archive: "Archivo",
    search: "Búsqueda",
    subscribe: "Suscribirse",
    pages: "Páginas",
    newer: "Publicaciones más recientes",
    older: "Publicaciones más antiguas"
  },
  search: { label: "Buscar en este sitio", button: "Buscar" },
  facts: { url: "Sitio web", rating: "Valoración", duration: "Duración", "checked-in-by": "Visita anotada por" },
  relations: {
    "in-reply-to": { done: "En respuesta a" },
    "like-of": { done: "Me gusta" },
    "favorite-of": { done: "Me gusta" },
    "repost-of": { done: "Comparte" },
    "quotation-of": { done: "Cita" },
    "bookmark-of": { done: "Guarda" },
    "follow-of": { done: "Sigue a" },
    "mention-of": { done: "Menciona" },
    "tag-of": { done: "Etiqueta" },
    "edit-of": { done: "Edita" },
    "translation-of": { done: "Traduce" },
    "read-of": { done: "Ha leído", wanted: "Quiere leer", begun: "Está leyendo" },
    "watch-of": { done: "Ha visto", wanted: "Quiere ver", begun: "Está viendo" },
    "listen-of": { done: "Ha escuchado", wanted: "Quiere escuchar", begun: "Está escuchando" },
    "play-of": { done: "Ha jugado a", wanted: "Quiere jugar a", begun: "Está jugando a" },
    "jam-of": { done: "Escucha sin parar" },
    "want-of": { done: "Quiere" },
    "wish-of": { done: "Desea" },
    ate: { done: "Comió" },
    "eat-of": { done: "Comió" },
    drank: { done: "Bebió" },
    "drink-of": { done: "Bebió" },
    item: { done: "Reseña" },
    "review-of": { done: "Reseña" }
  }
}
