import { counting } from "../Counted.js"
import type { editor as english } from "../en/Editor.js"
import type { Translation } from "../Translation.js"

const count = counting("es")

/** Texts of the owner's pages that write and list posts. */
export const editor: Translation<typeof english> = {
  states: { draft: "Borrador", scheduled: "Programada", published: "Publicada", deleted: "Borrada" },
  kinds: {
    note: "Nota",
    article: "Artículo",
    reply: "Respuesta",
    like: "Me gusta",
    repost: "Repost",
    bookmark: "Marcador",
    photo: "Foto",
    event: "Evento",
    rsvp: "Respuesta a una invitación",
    review: "Reseña",
    read: "Lectura",
    watch: "Visto",
    listen: "Escuchado",
    play: "Jugado",
    food: "Comida",
    drink: "Bebida",
    checkin: "Visita",
    page: "Página"
  },
  visibilities: { private: "Privada", unlisted: "No listada" },
  fields: {
    name: "Título",
    content: "Texto",
    summary: "Resumen",
    category: "Etiquetas",
    slug: "Dirección",
    kind: "Tipo",
    pinned: "En la página de inicio",
    lang: "Idioma",
    visibility: "Visible para",
    published: "Publicada",
    "in-reply-to": "En respuesta a",
    "like-of": "Me gusta",
    "repost-of": "Repost de",
    "bookmark-of": "Marcador de",
    rsvp: "Respuesta a una invitación",
    start: "Comienzo del evento",
    end: "Fin del evento",
    location: "Lugar",
    media: "Archivos"
  },
  form: {
    hints: {
      markdown:
        "Markdown: `**negrita**`, `*cursiva*`, `[enlace](https://…)`, `# encabezado`, `- lista`, `> cita`. En una publicación sin título se conservan los saltos de línea.",
      html: "Esta publicación es HTML. El marcado inseguro se quita al mostrarla.",
      category: "Pulsa Intro o coma después de cada etiqueta.",
      visibility: "Cualquiera con el enlace puede abrir una publicación no listada. Solo tú puedes abrir una privada.",
      summary: "Para listas, canales y vistas previas de enlaces.",
      newSlug: "Déjala vacía para crearla a partir del título o de las primeras palabras.",
      publishedSlug: "La dirección antigua redirige aquí.",
      kind: "Una página, como «Sobre mí», no está en ninguna lista ni canal. Su dirección tiene una sola parte, como /about.",
      pinned: "Una publicación fijada va antes que todas las demás.",
      lang: "Elígelo si la publicación no está en el idioma del sitio: de él dependen las comillas y los lectores de pantalla.",
      publishAt: "Déjalo vacío para publicar ahora.",
      published: "Un cambio mueve la publicación en listas y canales.",
      rsvp: "Escribe la dirección del evento en «En respuesta a».",
      start: "Convierte la publicación en un evento."
    },
    placeholders: { name: "Título (opcional)", content: "Escribe…" },
    markdown: "Markdown",
    settings: "Ajustes de la publicación",
    close: "Cerrar",
    publishAt: "Publicar el",
    kindFields: "Me gusta, repost, marcador, evento",
    visibilities: { public: "Pública", unlisted: "No listada", private: "Privada" },
    kinds: { post: "Publicación", page: "Página" },
    pinned: { no: "En orden de tiempo", yes: "Fijada arriba" },
    siteLanguage: ({ name }) => `El del sitio (${name})`,
    noRsvp: "Ninguna",
    rsvpAnswers: { yes: "Sí", no: "No", maybe: "Quizá", interested: "Me interesa" },
    save: "Guardar",
    publish: "Publicar",
    schedule: "Programar para esta hora",
    saveDraft: "Guardar borrador",
    update: "Actualizar",
    unpublish: "Retirar",
    unschedule: "Anular la programación",
    preview: "Vista previa",
    edit: "Editar",
    previewPage: "Vista previa de la página",
    view: "Ver",
    lastChanged: ({ time }) => `Último cambio: ${time}.`,
    withKey: ({ label }) => `${label} (Ctrl+Intro)`,
    delete: "Borrar",
    empty: "Escribe primero un texto o un título, o añade una imagen",
    pastTime: "Elige una hora futura o publica ahora",
    faults: ({ count: faults }) => count(faults, { one: "Hay una cosa por revisar", other: "Hay # cosas por revisar" }),
    unsaved: "Tu texto sigue en el formulario de abajo, pero todavía no está guardado."
  },
  codec: {
    audio: ({ codec }) =>
      `Muchos navegadores no pueden reproducir esta grabación: su códec es ${codec}. Usa MP3 o AAC (M4A).`,
    video: ({ codec }) =>
      `Muchos navegadores no pueden reproducir este vídeo: su códec es ${codec}. Usa H.264 (MP4). En un iPhone, elige Ajustes, Cámara, Formatos, El más compatible.`
  },
  faults: {
    line_too_long: "Acórtalo a 5.000 caracteres como máximo",
    text_too_long: "Acorta el texto a 1.000.000 de caracteres como máximo",
    too_many_tags: ({ count: tags }) =>
      count(tags, { one: "Escribe como máximo # etiqueta", other: "Escribe como máximo # etiquetas" }),
    tag_unusable: ({ given }) => `«${given}» no puede ser una etiqueta`,
    address_invalid: ({ given }) => `«${given}» no es una dirección web. Empiézala con https:// o http://`,
    answer_unknown: "Elige sí, no, quizá o me interesa",
    event_missing: "Escribe la dirección del evento",
    too_many_files: ({ count: files }) =>
      count(files, {
        one: "Adjunta como máximo # archivo de un tipo",
        other: "Adjunta como máximo # archivos de un tipo"
      }),
    time_invalid: ({ zone }) =>
      `Escribe una fecha y una hora, como 2026-11-23T19:00. Sin desfase, vale la zona horaria del sitio, ${zone}`,
    start_missing: "Escribe el comienzo del evento",
    ends_before_start: "El evento termina antes de empezar. Corrige el comienzo o el final",
    visibility_unknown: "Elige pública, no listada o privada",
    slug_unusable: "Usa letras o cifras en la dirección",
    language_unknown: "Elige un idioma de la lista"
  },
  rendering: {
    too_slow:
      "Se muestra como texto sin formato porque darle formato tarda demasiado. Acorta el texto o simplifica su marcado, y guarda de nuevo.",
    pending: "Se muestra como texto sin formato hasta que termine el proceso, en un minuto aproximadamente."
  },
  tools: {
    toolbar: "Formato",
    tools: {
      picture: "Añadir imagen",
      bold: "Negrita",
      italic: "Cursiva",
      link: "Enlace",
      heading: "Encabezado",
      quote: "Cita",
      list: "Lista",
      numbers: "Lista numerada",
      code: "Código"
    },
    withKey: ({ label, letter }) => `${label} (Ctrl+${letter})`
  },
  media: {
    nouns: { photo: "imagen", video: "vídeo", audio: "grabación" },
    descriptions: {
      photo: "Descripción (texto alternativo)",
      video: "Descripción del vídeo",
      audio: "Descripción de la grabación"
    },
    placeholder: "Describe esta imagen",
    count: ({ count: files }) => (files === 0 ? "Archivos" : count(files, { one: "# archivo", other: "# archivos" })),
    inText: "Imágenes en el texto",
    list: "Adjuntos",
    uploads: "Subidas",
    gallery: "Crear galería",
    insert: "Insertar",
    insertNamed: ({ name }) => `Insertar ${name} en el texto`,
    add: "Añadir archivos",
    uploadOnSave: "Los archivos se suben al guardar.",
    uploadNow: "Subir ahora",
    privacy: "Los datos de ubicación se quitan.",
    remove: "Quitar",
    removeNamed: ({ name }) => `Quitar ${name}`,
    moveNamed: { up: ({ name }) => `Adelantar ${name}`, down: ({ name }) => `Atrasar ${name}` },
    video: "Vídeo",
    audio: "Grabación"
  },
  edit: {
    titles: { new: "Escribir", draft: "Editar borrador", post: "Editar publicación" },
    unsavedFrom: "En este navegador hay texto sin guardar de {time}.",
    restoreUnsaved: "Restaurar",
    discardUnsaved: "Descartar",
    skip: "Ir al texto",
    back: "Publicaciones",
    newPost: "Nueva publicación",
    previewPane: "Vista previa",
    previewFrame: "Vista previa de la publicación",
    viewOnSite: "Ver en tu sitio",
    outcomes: {
      draft: "Guardada como borrador. Solo tú puedes verla.",
      published: "Publicada.",
      publishedPrivately: "Publicada. Solo tú puedes verla.",
      scheduled: ({ time }) => `Programada para ${time}.`,
      updated: "Actualizada.",
      unpublished: "Retirada. Solo tú puedes verla.",
      restored: "Restaurada.",
      kept: "Se guardó tu versión."
    },
    conflict: {
      title: ({ time }) => `Esta publicación se cambió en otro lugar: ${time}.`,
      explanation: "Tu versión está en el formulario de abajo. Todavía no está guardada.",
      compare: "Comparar",
      mine: "Conservar la mía",
      theirs: "Usar la otra",
      identical: "Las dos versiones son iguales.",
      otherField: ({ label }) => `${label} en la otra versión`,
      empty: "Vacío"
    }
  },
  preview: { title: "Vista previa", notice: "Vista previa: solo tú puedes ver esta página." },
  delete: {
    question: "¿Borrar esta publicación?",
    effect: "La publicación desaparece de tus páginas, canales y búsqueda. Su enlace dirá que se borró.",
    unseen: "Solo tú has visto esta publicación aquí.",
    restorable: "Puedes restaurarla en cualquier momento desde la lista de publicaciones borradas.",
    delete: "Borrar",
    cancel: "Cancelar",
    deletedPost: "Publicación borrada",
    deletedOn: ({ isDraft, time }) =>
      `${isDraft ? "Borrada como borrador" : "Borrada"}: ${time}. Restaura la publicación para editarla.`,
    restore: "Restaurar",
    preview: "Vista previa"
  },
  erase: {
    link: "Borrar para siempre",
    question: "¿Borrar esta publicación para siempre?",
    effect: "Su texto se quita de tu sitio y no se puede restaurar.",
    address: "Su dirección seguirá diciendo que se borró, y ninguna otra publicación la recibe.",
    backups: "Las copias de seguridad y exportaciones que existen la conservan.",
    files: ({ count: files }) =>
      count(files, {
        one: "Borrar también # archivo que nada más usa",
        other: "Borrar también # archivos que nada más usa"
      }),
    erase: "Borrar para siempre",
    cancel: "Cancelar",
    done: "Borrada para siempre.",
    filesDone: ({ count: files }) =>
      count(files, { one: "También se borró # archivo.", other: "También se borraron # archivos." }),
    filesLeft: ({ count: files }) => count(files, { one: "Queda # archivo:", other: "Quedan # archivos:" }),
    filesLink: "Medios sin usar"
  },
  composer: {
    label: "Nueva nota",
    placeholder: "¿Qué hay de nuevo?",
    pictures: "Añadir imágenes",
    open: "Abrir en el editor",
    post: "Publicar",
    postKey: "Publicar (Ctrl+Intro)"
  },
  list: {
    title: "Publicaciones",
    passkey: "Una clave de acceso es más segura que una frase de contraseña, y más rápida.",
    addPasskey: "Añadir una clave de acceso",
    dismissPasskey: "Descartar",
    filters: {
      all: "Todas",
      published: "Publicadas",
      draft: "Borradores",
      scheduled: "Programadas",
      deleted: "Borradas"
    },
    filter: "Filtrar publicaciones",
    search: "Buscar una publicación",
    withWords: ({ words }) => `Con «${words}»`,
    tagged: ({ tag }) => `Etiqueta «${tag}»`,
    newPage: "Nueva página",
    showAll: "Ver todas",
    plainText: "Se muestra como texto sin formato",
    view: "Ver",
    preview: "Vista previa",
    delete: "Borrar",
    restore: "Restaurar",
    times: { draft: "Cambiada: ", scheduled: "Para: ", published: "", deleted: "Desde: " },
    replyTo: ({ host }) => `Respuesta a ${host}`,
    gallery: ({ count: photos }) => count(photos, { one: "Galería, # foto", other: "Galería, # fotos" }),
    noDescription: "Sin descripción",
    posted: "Publicada.",
    viewPosted: "Ver publicación",
    editPosted: "Editar",
    deleted: ({ call }) => `Borrada: «${call}».`,
    deletedLink: "Su enlace dirá que se borró.",
    undo: "Deshacer",
    welcome: "Todavía no hay publicaciones",
    drafts:
      "Di algo arriba o escribe tu primera publicación en el editor. Los borradores son privados hasta que los publiques.",
    writeFirst: "Escribe tu primera publicación",
    none: {
      all: "No hay publicaciones.",
      published: "Todavía no hay nada publicado.",
      draft: "No hay borradores.",
      scheduled: "No hay publicaciones programadas.",
      deleted: "No hay publicaciones borradas."
    },
    noMatch: "Ninguna publicación coincide.",
    seeAll: "Ver todas las publicaciones"
  }
}
