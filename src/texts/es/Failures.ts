import type { failures as english } from "../en/Failures.js"
import type { Translation } from "../Translation.js"

/** Words of failures that visitors and the owner see on pages. */
export const failures: Translation<typeof english> = {
  "auth.login_step_expired": {
    message: "Este inicio de sesión ha caducado, o empezó en otro navegador",
    suggestion: "Inicia sesión de nuevo",
    troubleshooting: ["Si pasa enseguida, permite las cookies de este sitio"]
  },
  "auth.passphrase_wrong": {
    message: "La frase de contraseña no es correcta",
    suggestion: "Escríbela de nuevo. Las mayúsculas cuentan",
    troubleshooting: [
      "Si añadiste una llave de acceso, puedes entrar con ella",
      "Quien administra el servidor puede restablecer el acceso"
    ]
  },
  "backup.off": {
    message: "Este sitio no guarda copias de seguridad",
    suggestion: "Descárgalo todo, o pide a quien administra el servidor que active las copias",
    troubleshooting: ["No se cambió nada"]
  },
  "database.conflict": {
    message: "Este cambio no encaja con los datos guardados",
    suggestion: "Recarga la página y haz el cambio de nuevo",
    troubleshooting: ["Quizá otra ventana o aplicación hizo el mismo cambio", "No se ha cambiado nada"]
  },
  "database.corrupt": {
    message: "El almacenamiento de este sitio está dañado",
    suggestion: "Inténtalo más tarde",
    troubleshooting: ["Quien tiene el sitio debe repararlo. Reintentarlo ahora no sirve"]
  },
  "database.locked": {
    message: "La base de datos está bloqueada por un momento",
    suggestion: "Inténtalo de nuevo en un momento",
    troubleshooting: [
      "Espera unos segundos e inténtalo de nuevo",
      "No se ha cambiado nada. Puedes enviar la misma petición otra vez"
    ]
  },
  "database.pool_closed": {
    message: "El sitio se está reiniciando",
    suggestion: "Inténtalo de nuevo en unos segundos",
    troubleshooting: ["Espera unos segundos e inténtalo de nuevo"]
  },
  "database.pool_exhausted": {
    message: "El sitio tiene mucho trabajo ahora",
    suggestion: "Inténtalo de nuevo en un momento",
    troubleshooting: ["Espera unos segundos e inténtalo de nuevo"]
  },
  "database.read_only": {
    message: "El sitio es de solo lectura por ahora",
    suggestion: "Guarda una copia de lo que escribiste e inténtalo más tarde",
    troubleshooting: ["Leer sigue funcionando", "No se ha guardado nada de esta petición. Puedes enviarla otra vez"]
  },
  "database.unavailable": {
    message: "El sitio no alcanza su almacenamiento ahora",
    suggestion: "Inténtalo de nuevo en unos segundos",
    troubleshooting: ["Espera unos segundos e inténtalo de nuevo"]
  },
  "editor.conflict": {
    message: "Esta publicación cambió en otro lugar después de que la abrieras",
    suggestion: "Guarda tu versión: después puedes comparar las dos y elegir una",
    troubleshooting: [
      "Quizá la cambió otra pestaña, otro dispositivo o una aplicación",
      "No se ha sobrescrito nada, y tu texto no se ha perdido"
    ]
  },
  "editor.erase_refused": {
    message: "Esta publicación no está eliminada, así que no se ha borrado para siempre",
    suggestion: "Elimínala primero y bórrala después desde la lista de publicaciones eliminadas",
    troubleshooting: ["Quizá otra pestaña o aplicación restauró la publicación", "No se ha cambiado nada"]
  },
  "editor.file_missing": {
    message: "Este envío no contiene ningún archivo",
    suggestion: "Elige primero una imagen, un vídeo o una grabación",
    troubleshooting: ["Las aplicaciones envían el archivo como parte con nombre de un cuerpo multipart/form-data"]
  },
  "export.busy": {
    message: "Hay otras descargas del sitio en curso",
    suggestion: "Espera a que terminen o deténlas en el navegador, e inténtalo de nuevo",
    troubleshooting: ["Si detuviste una descarga, espera dos minutos: puede que el servidor no lo note antes"]
  },
  "http.draft_link_ended": {
    message: "Este enlace a un borrador ya no funciona",
    suggestion: "Pide un enlace nuevo a quien te lo envió",
    troubleshooting: ["El enlace se cerró o se reemplazó, o el borrador se eliminó"]
  },
  "http.gone": {
    message: "Esta publicación se eliminó",
    suggestion: "Sigue en la página de inicio",
    troubleshooting: ["Quien la escribió la eliminó. Puedes quitar los enlaces a ella"]
  },
  "http.not_found": {
    message: "Página no encontrada",
    suggestion: "Revisa la dirección, o empieza en la página de inicio",
    troubleshooting: ["Si seguiste un enlace, avisa a la página en la que está"]
  },
  "http.request_timeout": {
    message: "La petición no llegó a tiempo",
    suggestion: "Envíala de nuevo",
    troubleshooting: ["Si vuelve a pasar, quizá la conexión sea demasiado lenta: envía menos datos a la vez"]
  },
  "http.server_busy": {
    message: "El sitio está ocupado",
    suggestion: "Inténtalo de nuevo en unos segundos",
    troubleshooting: ["Las peticiones pequeñas y las páginas siguen funcionando", "Lo que enviaste no se ha guardado"]
  },
  "http.site_starting": {
    message: "El sitio se está iniciando",
    suggestion: "Inténtalo de nuevo en unos segundos",
    troubleshooting: ["Espera unos segundos e inténtalo de nuevo"]
  },
  "import.busy": {
    message: "Ya hay otra importación en marcha",
    suggestion: "Espera a que termine, o párala en la página de la importación",
    troubleshooting: ["Los archivos se importan de uno en uno", "No se importó nada de este archivo"]
  },
  "indieauth.request_expired": {
    message: "Esta petición de acceso ya se respondió o ha caducado",
    suggestion: "Vuelve a la aplicación y empieza de nuevo",
    troubleshooting: ["Si mientras tanto se cerró tu sesión, empieza también de nuevo en la aplicación"]
  },
  "internal.unforeseen": {
    message: "Ha ocurrido un error interno",
    suggestion: "Comunica el identificador de la petición y lo que hacías a quien tiene el sitio",
    troubleshooting: [
      "Puedes recargar una página sin riesgo. Antes de enviar un formulario otra vez, comprueba si se guardó"
    ]
  },
  "media.in_use": {
    message: "El uso de este archivo ha cambiado desde que abriste la página",
    suggestion: "Mira el archivo otra vez y decide después",
    troubleshooting: [
      "El archivo no se ha eliminado",
      "Quizá una publicación empezó a usarlo en otra pestaña o aplicación"
    ]
  },
  "media.storage_full": {
    message: "El almacenamiento del sitio está demasiado lleno para este archivo",
    suggestion: "Inténtalo más tarde, o habla con quien tiene el sitio",
    troubleshooting: ["El archivo no se ha guardado. Tu texto no se ve afectado"]
  },
  "search.disabled": {
    message: "La búsqueda está desactivada en este sitio",
    suggestion: "Recorre las publicaciones de la página de inicio, o sigue sus etiquetas",
    troubleshooting: ["Las publicaciones más recientes van primero; las demás, en las páginas siguientes"]
  },
  "session.proof_needed": {
    message: "Confirma que eres tú",
    suggestion: "Inicia sesión de nuevo en /auth/confirm y repite la petición en los próximos diez minutos",
    troubleshooting: [
      "Para cambiar accesos, sesiones y permisos de aplicaciones hace falta un inicio de sesión reciente",
      "Una llave de acceso con huella, cara o PIN es lo más rápido"
    ]
  },
  "settings.conflict": {
    message: "Estos ajustes cambiaron en otro lugar después de que los abrieras",
    suggestion: "Compara las dos versiones y guarda la que quieras",
    troubleshooting: ["Quizá los cambió otra pestaña u otro dispositivo", "No se ha sobrescrito nada"]
  },
  "storage.full": {
    message: "El almacenamiento del sitio está lleno",
    suggestion: "Guarda una copia de lo que escribiste e inténtalo más tarde",
    troubleshooting: ["Leer sigue funcionando", "No se ha guardado nada de esta petición. Puedes enviarla otra vez"]
  }
}
