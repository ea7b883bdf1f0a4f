import { isApplePicture } from "../../errors/Media.js"
import type { MediaUnavailable } from "../../errors/MediaStorage.js"
import { inUnits } from "../../errors/Phrases.js"
import { durations } from "../Amounts.js"
import type { failureVariants as english, Words } from "../en/FailureVariants.js"
import type { Translation } from "../Translation.js"

const duration = durations("es")

const unavailable = ({ operation }: Pick<MediaUnavailable, "operation">): Words => ({
  message: operation === "write" ? "No se pudo guardar el archivo" : "El archivo no se puede leer ahora",
  suggestion: "Inténtalo más tarde",
  troubleshooting: [
    operation === "write"
      ? "El archivo no se guardó. Tu texto no se ve afectado"
      : "El archivo sigue ahí; solo falló este intento de leerlo"
  ]
})

/** Words of failures that depend on the failure's data. */
export const failureVariants: Translation<typeof english> = {
  "auth.code_wrong": ({ reason }) => ({
    message: reason === "used" ? "Este código ya se usó" : "Ese código no vale ahora",
    suggestion:
      reason === "used"
        ? "Espera a que la aplicación muestre el código siguiente; cada código vale una vez"
        : "Escribe las seis cifras que la aplicación muestra ahora, o uno de tus códigos de recuperación",
    troubleshooting: [
      "Si se rechazan todos los códigos, puede que el reloj del teléfono vaya mal: activa la hora automática",
      "Cada código de recuperación vale una vez, en lugar de un código de la aplicación"
    ]
  }),
  "auth.origin_foreign": ({ expected, reason }) => ({
    message: {
      cross_site: "Este formulario se envió desde una página de otro sitio",
      same_site: "Este formulario se envió desde otro host de este dominio",
      opaque: "Este formulario se envió desde una página que oculta a qué sitio pertenece",
      other_origin: "Este formulario se envió desde una dirección que no es la de este sitio"
    }[reason],
    suggestion: `Abre ${expected} en la barra de direcciones y envía el formulario otra vez`,
    troubleshooting: [
      `La barra de direcciones tiene que empezar por ${expected}. Otro nombre o una dirección IP del mismo sitio no sirve`,
      "Si no enviaste nada, otra página intentó actuar en tu nombre. No se cambió nada",
      "Una extensión que oculta el origen de los formularios puede causar este error"
    ]
  }),
  "auth.passkey_refused": ({ reason }) => ({
    message: {
      malformed: "El navegador envió una respuesta no válida",
      unknown: "Esta llave de acceso no está registrada en este sitio",
      known: "Esta llave de acceso ya estaba añadida",
      invalid: "No se pudo comprobar la llave de acceso"
    }[reason],
    suggestion:
      reason === "known"
        ? "Úsala para entrar"
        : "Inténtalo otra vez, con otra llave de acceso o con la frase de contraseña",
    troubleshooting: ["Una llave de acceso solo vale en la dirección configurada del sitio: ábrelo en esa dirección"]
  }),
  "auth.passphrase_refused": ({ reason }) => ({
    ...{
      too_short: {
        message: "Esta frase de contraseña es demasiado corta",
        suggestion: "Usa al menos 8 caracteres, por ejemplo cuatro o cinco palabras sin relación"
      },
      too_long: {
        message: "Esta frase de contraseña es demasiado larga",
        suggestion: "Usa como máximo 1024 caracteres"
      },
      differs: {
        message: "Las dos frases de contraseña no coinciden",
        suggestion: "Escribe dos veces la misma frase de contraseña"
      },
      unchanged: { message: "Esta ya es tu frase de contraseña", suggestion: "Elige otra" },
      common: {
        message: "Esta frase de contraseña es demasiado fácil de adivinar",
        suggestion:
          "Las cifras y los símbolos alrededor de una palabra común no ayudan. Usa cuatro o cinco palabras sin relación, o deja que un gestor de contraseñas cree una"
      },
      of_site: {
        message: "Esta frase de contraseña se compone de palabras que están en este sitio",
        suggestion:
          "Usa cuatro o cinco palabras sin relación. Evita la dirección y el nombre del sitio, tu nombre y «starpunk»"
      }
    }[reason],
    troubleshooting: ["Se admiten todos los caracteres, también espacios y emojis. No hacen falta cifras ni símbolos"]
  }),
  "auth.setup_link_invalid": ({ reason }) => ({
    message: reason === "claimed" ? "Este sitio ya tiene dueño" : "Este enlace de instalación ha caducado",
    suggestion:
      reason === "claimed" ? "Si eres tú, entra" : "Usa el enlace más reciente; en cada arranque se escribe uno nuevo",
    troubleshooting: ["Un enlace de instalación vale un día y una vez, y termina cuando se escribe uno más nuevo"]
  }),
  "auth.too_many_attempts": ({ retryAfterSeconds }) => ({
    message: "Demasiados intentos",
    suggestion: `Espera ${duration(retryAfterSeconds)} e inténtalo otra vez`,
    troubleshooting: [
      "Para entrar enseguida, usa una llave de acceso o un navegador en el que ya entraste: los intentos de otras personas no los bloquean"
    ]
  }),
  "editor.autosave_refused": ({ state }) => ({
    message: `Mientras tanto, esta publicación se ${state === "deleted" ? "borró" : "publicó"} en otro lugar. Solo los borradores se guardan solos`,
    suggestion:
      state === "deleted"
        ? "Recupérala en la lista de publicaciones borradas y sigue después"
        : "Elige «Actualizar» para publicar tus cambios",
    troubleshooting: ["Este navegador conserva tu texto sin guardar"]
  }),
  "http.address_malformed": ({ reason }) => ({
    message: reason === "too_long" ? "Esta dirección es demasiado larga" : "Esta dirección no es válida",
    suggestion: {
      escape: "Escribe % como %25 en las direcciones, y codifica el texto como UTF-8 con porcentajes",
      control_character: "Quita los caracteres de control de la dirección",
      traversal: "Quita las partes `..` de la dirección",
      too_long: "Acorta la dirección",
      form: "Pide una ruta que empiece por una barra"
    }[reason],
    troubleshooting: ["Corrige la dirección, o empieza por la página de inicio"]
  }),
  "http.body_too_large": ({ limitBytes }) => ({
    message: "Esto es demasiado grande",
    suggestion: limitBytes === undefined ? "Envía menos datos de una vez" : `Envía como máximo ${inUnits(limitBytes)}`,
    troubleshooting: ["Acorta el texto, o reduce el tamaño de los archivos"]
  }),
  "http.overloaded": ({ retryAfterSeconds }) => ({
    message: "El sitio tiene ahora demasiadas visitas",
    suggestion: `Inténtalo otra vez en ${duration(retryAfterSeconds)}`,
    troubleshooting: ["Las páginas que mucha gente lee ahora, como la de inicio, pueden seguir funcionando"]
  }),
  "http.rate_limited": ({ limit, retryAfterSeconds }) => ({
    message: {
      requests: "Tu red envió demasiadas peticiones",
      searches: "Tu red envió demasiadas búsquedas",
      authorizations: "Tu red envió demasiadas peticiones de autorización",
      token_requests: "Tu red envió demasiadas peticiones de tokens",
      refused_tokens: "Tu red envió demasiadas peticiones con tokens no válidos",
      health_tokens: "Tu red envió demasiados tokens de supervisión incorrectos",
      writes: "Hubo demasiadas peticiones con este token"
    }[limit],
    suggestion: `Espera ${duration(retryAfterSeconds)} e inténtalo otra vez`,
    troubleshooting: ["Un programa tiene que esperar los segundos que indica `Retry-After`"]
  }),
  "media.damaged": ({ reason }) => ({
    message: {
      unreadable: "El archivo está dañado",
      too_many_pixels: "La imagen tiene demasiados píxeles",
      too_many_frames: "La animación es demasiado grande: sus fotogramas suman demasiados píxeles",
      too_complex: "La imagen es demasiado compleja",
      empty: "El archivo está vacío"
    }[reason],
    suggestion:
      reason === "unreadable" || reason === "empty"
        ? "Abre el archivo en tu dispositivo, guárdalo en un formato común y súbelo otra vez"
        : reason === "too_many_frames"
          ? "Acorta o reduce la animación, o súbela como vídeo (MP4)"
          : "Reduce el tamaño de la imagen y súbela otra vez",
    troubleshooting: ["Una subida interrumpida puede ser la causa: inténtalo otra vez"]
  }),
  "media.store_refused": unavailable,
  "media.too_large": ({ limitBytes }) => ({
    message: "Este archivo es demasiado grande",
    suggestion: `Usa archivos de ${inUnits(limitBytes)} como máximo`,
    troubleshooting: ["Acorta o comprime un vídeo o una grabación antes de subirlos"]
  }),
  "media.unavailable": unavailable,
  "media.unsupported": ({ accepted, found }) => ({
    message:
      found === undefined
        ? "Este tipo de archivo no se admite"
        : `Los archivos de tipo ${found.slice(0, 80)} no se admiten`,
    suggestion: isApplePicture(found)
      ? "Guarda la foto como JPEG y súbela otra vez. En un iPhone, elige Ajustes, Cámara, Formatos, El más compatible; las fotos nuevas serán JPEG"
      : "Guarda una imagen como JPEG, PNG, GIF, WebP o AVIF, un vídeo como MP4, WebM o MOV, una grabación como MP3, M4A, OGG, FLAC o WAV",
    troubleshooting: [
      `Tipos admitidos: ${accepted.join(", ")}`,
      "El tipo se reconoce por el contenido del archivo, no por su nombre"
    ]
  }),
  "page.path_taken": ({ by, free, path }) => ({
    message: `La dirección ${path.slice(0, 80)} pertenece a ${{ site: "el propio sitio", post: "otra publicación", former: "una publicación o un archivo de tu sitio anterior" }[by]}`,
    suggestion: free === undefined ? "Elige otra dirección" : `Elige otra dirección. ${free.slice(0, 80)} está libre`,
    troubleshooting: ["La dirección de una página tiene una sola parte, como /about. No se cambió nada"]
  }),
  "search.query_invalid": ({ limit, reason }) => ({
    message: "Esta búsqueda no es válida",
    suggestion: {
      empty: "Escribe al menos una palabra",
      too_long: limit === undefined ? "Acorta la búsqueda" : `Acorta la búsqueda a ${limit} caracteres como máximo`,
      too_many_terms: limit === undefined ? "Usa menos palabras" : `Usa como máximo ${limit} palabras y expresiones`,
      bad_date: "Escribe las fechas como AAAA, AAAA-MM o AAAA-MM-DD, por ejemplo before:2024-05-01",
      only_exclusions:
        'Añade al menos una palabra que deba aparecer. Una palabra que empieza por un signo menos va entre comillas: "--force"',
      bad_page:
        limit === undefined
          ? "Usa un número de página entero y positivo"
          : `Usa un número de página entero y positivo, hasta ${limit}`
    }[reason],
    troubleshooting: [
      'Las palabras valen en cualquier orden, "las expresiones entre comillas" tal cual, y un signo menos delante excluye una palabra',
      "tag:nombre, before:fecha y after:fecha limitan la búsqueda"
    ]
  }),
  "session.expired": ({ reason }) => ({
    message: reason === "idle" ? "Se cerró tu sesión por inactividad" : "Tu sesión ha terminado",
    suggestion: "Entra otra vez",
    troubleshooting: [
      "Copia lo que estabas escribiendo antes de salir de esta página",
      "Si ocurre justo después de entrar, permite las cookies de este sitio"
    ]
  })
}
