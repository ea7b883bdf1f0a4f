import { counting } from "../Counted.js"
import type { library as english } from "../en/Library.js"
import type { Translation } from "../Translation.js"

const count = counting("es")

/** Texts of the pages about the owner's files. */
export const library: Translation<typeof english> = {
  title: "Medios",
  kinds: { image: "Imagen", video: "Vídeo", audio: "Grabación" },
  named: ({ day, kind }) => `${kind} del ${day}`,
  summary: ({ count: files, size }) => `${count(files, { one: "# archivo", other: "# archivos" })}, ${size}`,
  filter: "Filtrar archivos",
  filters: { all: "Todos", unused: "Sin usar", undescribed: "Sin descripción" },
  uses: ({ count: posts }) => count(posts, { one: "# publicación", other: "# publicaciones" }),
  inSettings: "ajustes del sitio",
  unused: "Sin usar",
  photo: "Tu foto se guarda con tu perfil:",
  photoLink: "foto en Ajustes",
  none: {
    all: "Todavía no hay archivos. Añade imágenes, vídeos y grabaciones mientras escribes.",
    unused: "Todos los archivos se usan.",
    undescribed: "Todas las imágenes de tus publicaciones tienen descripción."
  },
  noMatch: "Ningún archivo coincide con la búsqueda.",
  showAll: "Mostrar todos los archivos",
  search: "Buscar en nombres y descripciones",
  add: {
    label: "Añadir archivos",
    upload: "Subir",
    drop: "También puedes soltarlos en esta página.",
    privacy: "Se eliminan los datos de ubicación de las imágenes.",
    list: "Archivos en camino",
    done: ({ count: files }) => count(files, { one: "# archivo subido.", other: "# archivos subidos." })
  },
  write: "Escribir",
  pages: "Páginas",
  newer: "Archivos más recientes",
  older: "Archivos más antiguos",
  file: {
    title: "Archivo",
    back: "Todos los archivos",
    open: "Abrir el archivo",
    description: "Descripción (texto alternativo)",
    descriptionHint: ({ count: posts }) =>
      count(posts, {
        one: "Para quienes no lo ven o no lo oyen. Se guarda en la publicación que lo muestra.",
        other: "Para quienes no lo ven o no lo oyen. Se guarda en las # publicaciones que lo muestran."
      }),
    noDescription: "Un archivo recibe su descripción en la publicación que lo muestra. Ninguna muestra este.",
    save: "Guardar descripción",
    saved: ({ count: posts }) =>
      count(posts, { one: "Guardada en # publicación.", other: "Guardada en # publicaciones." }),
    size: "Tamaño",
    uploaded: "Subido",
    usedIn: "Usado en",
    more: ({ count: more }) => count(more, { other: "y # más" }),
    deletedPost: "publicación borrada",
    markdown: "Markdown",
    delete: "Borrar archivo"
  },
  delete: {
    question: "¿Borrar este archivo?",
    forGood:
      "El archivo y sus versiones más pequeñas se quitan para siempre. Las copias de seguridad que existen lo conservan.",
    caches: "Los navegadores y proxys que lo cargaron pueden mostrarlo todavía un tiempo.",
    gap: ({ count: posts }) =>
      count(posts, {
        one: "Se usa en # publicación, que se queda como está y muestra un hueco:",
        other: "Se usa en # publicaciones, que se quedan como están y muestran un hueco:"
      }),
    inSettings: "Los ajustes de tu sitio lo nombran.",
    changed: "El uso de este archivo ha cambiado desde que abriste esta página. No se borró nada.",
    delete: "Borrar para siempre",
    cancel: "Cancelar"
  },
  deleted: "Archivo borrado."
}
