import type { admin as english } from "../en/Admin.js"
import type { Translation } from "../Translation.js"

/** Texts around the owner's pages. */
export const admin: Translation<typeof english> = {
  menu: "Menú",
  write: "Escribir",
  navigation: "Tu sitio",
  sections: {
    posts: "Publicaciones",
    media: "Medios",
    tokens: "Tokens",
    sessions: "Sesiones",
    activity: "Actividad",
    metrics: "Métricas",
    security: "Seguridad",
    settings: "Ajustes",
    data: "Datos"
  },
  viewSite: "Ver el sitio",
  logout: "Cerrar sesión",
  passkeyScript: {
    none: "No se usó ninguna clave de acceso. Inténtalo de nuevo o usa la frase de contraseña.",
    known: "Este dispositivo ya tiene una clave de acceso para este sitio.",
    insecure: "Las claves de acceso necesitan https y un nombre de host. Abre el sitio en su dirección configurada.",
    failed: "La clave de acceso no funcionó. Inténtalo de nuevo.",
    invalid: "El servidor envió una respuesta no válida. Inténtalo de nuevo."
  }
}
