import { counting } from "../Counted.js"
import type { script as english } from "../en/Script.js"
import type { Translation } from "../Translation.js"

const count = counting("es")

/** Sentences of the editor's script. */
export const script: Translation<typeof english> = {
  draft: "Borrador",
  editDraft: "Editar borrador",
  saving: "Guardando…",
  saved: ({ problems, time }) => `Guardado ${time}${problems.length === 0 ? "" : `, excepto: ${problems.join(". ")}.`}`,
  savedBriefly: "Guardado",
  offline: "Sin conexión. Guardado en este navegador.",
  offlineNotice:
    "No tienes conexión. Sigue escribiendo: tu texto queda en este navegador y se guardará cuando vuelvas a tenerla.",
  notSaved: ({ sentence }) => `Sin guardar: ${sentence}`,
  kept: "Este navegador conserva tu texto.",
  notKept: "Copia tu texto antes de salir de esta página.",
  sessionEnded: "Tu sesión ha terminado.",
  logIn: "Entrar",
  changedElsewhere: "Esta publicación se cambió en otro lugar.",
  compare: "Comparar",
  unsavedChanges: "Cambios sin guardar, conservados en este navegador.",
  unsavedUnkept: "Cambios sin guardar. Este navegador no conserva una copia.",
  publishing: "Enviando…",
  notPublished: ({ reason }) => `Sin publicar: ${reason}`,
  busy: "el servidor está ocupado.",
  unreachable: "no hay conexión con tu sitio.",
  tryingAgain: ({ seconds }) =>
    count(seconds, { one: "Nuevo intento en # segundo.", other: "Nuevo intento en # segundos." }),
  tryNow: "Intentar ahora",
  publish: "Publicar",
  schedule: "Programar",
  preview: "Vista previa",
  previewUnavailable: "La vista previa no está disponible.",
  words: ({ count: words, minutes }) =>
    `${count(words, { one: "# palabra", other: "# palabras" })}${words === 0 ? "" : `, ${minutes} min`}`,
  uploadingName: ({ name }) => `Subiendo ${name}`,
  uploading: ({ at, of, part }) => `Subiendo ${at} de ${of}, ${part} %`,
  uploadingBriefly: "Subiendo",
  waitsForUploads: "Tu publicación se enviará cuando hayan llegado todos los archivos.",
  queued: "En espera",
  processing: "Procesando…",
  cancel: ({ name }) => `Cancelar ${name}`,
  retry: "Reintentar",
  retryNamed: ({ name }) => `Reintentar ${name}`,
  dismiss: "Descartar",
  dismissNamed: ({ name }) => `Descartar ${name}`,
  stopped: "Subida detenida",
  unfinished: "Un archivo no se subió. Reinténtalo o descártalo primero.",
  tooLarge: ({ limit, size }) => `Demasiado grande: ${size}, como máximo ${limit}`,
  pictures: ({ count: pictures, other }) =>
    other > 0
      ? count(pictures + other, { one: "# archivo", other: "# archivos" })
      : count(pictures, { one: "# imagen", other: "# imágenes" }),
  noDescription: ({ count: pictures }) =>
    count(pictures, { one: "Una imagen no tiene descripción.", other: "# imágenes no tienen descripción." }),
  addDescriptions: "Añadir descripciones",
  publishAnyway: "Publicar de todos modos",
  nouns: { photo: "imagen", video: "vídeo", audio: "grabación" },
  insertNamed: ({ name }) => `Insertar ${name} en el texto`,
  removeNamed: ({ name }) => `Quitar ${name}`,
  moveNamed: { up: ({ name }) => `Adelantar ${name}`, down: ({ name }) => `Atrasar ${name}` },
  tagsInUse: "Etiquetas en uso",
  addTag: "Añadir etiqueta",
  removeTag: ({ tag }) => `Quitar ${tag}`
}
