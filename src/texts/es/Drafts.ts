import type { drafts as english } from "../en/Drafts.js"
import type { Translation } from "../Translation.js"

/** Texts of links to drafts. */
export const drafts: Translation<typeof english> = {
  title: "Compartir este borrador",
  link: "Compartir",
  back: "Volver a la publicación",
  explained:
    "Con un enlace, personas sin sesión pueden leer este borrador tal como está en ese momento. No pueden cambiarlo, y no aparece en los feeds, la búsqueda ni los archivos.",
  ends: "El enlace termina cuando lo cierras, haces uno nuevo o eliminas la publicación. Una vez publicada, el enlace abre la publicación.",
  create: "Crear un enlace",
  renew: "Reemplazar el enlace",
  end: "Cerrar el enlace",
  exists:
    "Se creó un enlace: {time}. Su dirección no se guarda y no se puede volver a mostrar. Reemplaza el enlace si la necesitas.",
  created: "Tu enlace",
  copy: "Cópialo ahora. Solo se muestra esta vez.",
  open: "Abrir en una pestaña nueva",
  ended: "El enlace está cerrado.",
  published: "Esta publicación ya es pública y no necesita un enlace así: {post}",
  publishedPost: "Ver la publicación",
  draft: "Un borrador",
  shared: ({ author }) => `Este es un borrador que ${author} comparte contigo. Aún puede cambiar.`
}
