import { counting } from "../Counted.js"
import type { login as english } from "../en/Login.js"
import type { Translation } from "../Translation.js"

const count = counting("es")

/** Texts of the login, and of the pages about logins and sessions. */
export const login: Translation<typeof english> = {
  title: "Entrar",
  confirm: "Confirma que eres tú",
  confirmLead:
    "Para cambiar accesos, sesiones y permisos de aplicaciones hace falta haber entrado hace poco. Entra de nuevo para continuar.",
  or: "o",
  passphrase: "Frase de contraseña",
  newPassphrase: "Nueva frase de contraseña",
  passphraseHint:
    "Al menos 8 caracteres, por ejemplo cuatro o cinco palabras sin relación, o una frase de un gestor de contraseñas.",
  repeatPassphrase: "Repite la frase de contraseña",
  usePasskey: "Usar una clave de acceso",
  signInWith: ({ host }) => `Entrar con ${host}`,
  development: "Entrar sin frase de contraseña (desarrollo)",
  twoStep: "Acceso en dos pasos",
  code: "Código de tu aplicación de autenticación",
  codeHint: "Escribe los seis dígitos de la aplicación o un código de recuperación.",
  startOver: "Empezar de nuevo",
  noOwner: "Este sitio todavía no tiene propietario.",
  noOwnerAdvice:
    "Para ser su propietario, abre el enlace de instalación que el servidor mostró al arrancar. Para mostrar uno nuevo, ejecuta `npx starpunk owner setup` en el servidor.",
  ended: {
    idle: "Se cerró tu sesión por inactividad. Después de entrar volverás a la página en la que estabas.",
    absolute: "Tu sesión alcanzó su límite de tiempo. Después de entrar volverás a la página en la que estabas."
  },
  logout: "Cerrar sesión",
  notLoggedIn: "No has iniciado sesión.",
  home: "Ir a la página de inicio",
  stay: "Quedarse",
  provider: {
    title: "Continúa en tu proveedor",
    lead: "[Continúa en tu proveedor](address) si tu navegador no lo abre por sí mismo: {host}"
  },
  resume: {
    loggedIn: "Has entrado",
    confirmed: "Identidad confirmada",
    sendText: "Tu texto sigue aquí. Envíalo ahora.",
    confirmAction: "Confirma la acción.",
    send: "Enviar ahora",
    cancel: "Cancelar",
    filesGone: "Los archivos no se conservan. Añádelos de nuevo si habías elegido alguno.",
    yourText: "Tu texto",
    kept: "Tu texto está a salvo",
    keptAdvice: "Entra aquí y envíalo en la página siguiente",
    confirmLead: "Entra de nuevo. Podrás completar la acción en la página siguiente.",
    otherWay: "¿Sin frase de contraseña ni clave de acceso? [Confírmalo de otra forma](address).",
    newTab: "Entrar de otra forma, en una pestaña nueva",
    comeBack: "Después vuelve aquí y continúa:",
    continue: "Continuar",
    actions: {
      "/admin/security/passkeys/rename": "Cambiar el nombre de la clave de acceso",
      "/admin/security/passkeys/remove": "Quitar la clave de acceso",
      "/admin/security/codes/off": "Desactivar el acceso en dos pasos",
      "/admin/sessions/end": "Cerrar la sesión",
      "/admin/sessions/end-others": "Cerrar todas las demás sesiones",
      "/admin/sessions/end-all": "Cerrar sesión en todas partes",
      "/admin/tokens": "Crear token"
    }
  },
  setup: {
    title: "Te damos la bienvenida",
    lead: "Elige una frase de contraseña para ser propietario de este sitio.",
    finish: "Terminar la instalación",
    next: "Después le darás un nombre a tu sitio. Más tarde podrás añadir una clave de acceso y activar el acceso en dos pasos.",
    claimed:
      "Si el sitio es tuyo y no puedes entrar, ejecuta `npx starpunk owner reset` en el servidor. Quita todos los accesos y muestra un enlace de instalación nuevo.",
    expired:
      "Un enlace de instalación sirve una vez, durante un día, hasta que se muestre otro más nuevo. Para mostrar uno nuevo, reinicia el servidor o ejecuta `npx starpunk owner setup` en él."
  },
  codes: {
    setUp: "Configurar el acceso en dos pasos",
    scan: "Escanea este código con una aplicación de autenticación en tu teléfono, o [ábrelo en este dispositivo](address).",
    picture: "Código QR de la clave de abajo",
    enter: "O escribe esta clave en la aplicación: {key}",
    code: "Código de la aplicación",
    turnOn: "Activar",
    notNow: "Ahora no",
    save: "Guarda tus códigos de recuperación",
    saveLead:
      "El acceso en dos pasos está activo. Si pierdes tu teléfono, cada uno de estos códigos de recuperación te deja entrar una vez. Imprímelos o guárdalos en un gestor de contraseñas: no se volverán a mostrar.",
    saved: "Los he guardado"
  },
  security: {
    title: "Seguridad",
    notices: {
      passphrase: "Frase de contraseña cambiada. Se cerraron todas las demás sesiones.",
      "passkey-added": "Clave de acceso añadida. Ya puedes entrar con ella.",
      "passkey-renamed": "Se cambió el nombre de la clave de acceso.",
      "passkey-removed": "Clave de acceso quitada. Puedes borrarla también de tu dispositivo.",
      "codes-off": "El acceso en dos pasos está desactivado."
    },
    toChange: "para hacer cambios aquí.",
    passkeys: "Claves de acceso",
    passkeysLead:
      "Una clave de acceso está en tu teléfono, tu ordenador o una llave de seguridad. Entras con tu huella, tu cara o un PIN. No se puede adivinar ni robar con phishing.",
    passkeyName: "Nombre de la nueva clave de acceso",
    passkeyExample: "Teléfono",
    addPasskey: "Añadir una clave de acceso",
    needsScript: "Para añadir una clave de acceso, permite JavaScript en este sitio.",
    needsHttps: "Las claves de acceso necesitan https y un nombre de host. Este sitio está configurado como {site}.",
    added: "Añadida: {time}, sin usar todavía",
    addedAndUsed: "Añadida: {time}, usada por última vez: {used}",
    backedUp: "con copia de seguridad",
    elsewhere: ({ host }) =>
      `Creada para ${host} y no se puede usar aquí. Quítala y añade una clave de acceso para esta dirección.`,
    rename: "Cambiar nombre",
    newName: "Nuevo nombre",
    save: "Guardar",
    remove: "Quitar",
    removeNamed: ({ name }) => `Quitar ${name}`,
    codesLead:
      "Después de la frase de contraseña, se pide un código de una aplicación de autenticación. Así una frase robada no basta para entrar. Las claves de acceso con huella, cara o PIN no necesitan código.",
    codesSince: "El acceso en dos pasos está activo desde: {time}.",
    codesLeft: (codes) =>
      codes === 0
        ? "No quedan códigos de recuperación."
        : count(codes, { one: "Queda un código de recuperación.", other: "Quedan # códigos de recuperación." }),
    codesAgain: "Configurar otra vez con códigos de recuperación nuevos",
    codesOff: "Desactivar el acceso en dos pasos",
    noPassphrase:
      "Sin definir. Con una frase de contraseña puedes entrar sin tu proveedor de IndieAuth y sin clave de acceso.",
    passphraseSince: "Definida: {time}. Un cambio cierra todas las demás sesiones.",
    currentPassphrase: "Frase de contraseña actual",
    changePassphrase: "Cambiar la frase de contraseña",
    setPassphrase: "Definir la frase de contraseña"
  },
  sessions: {
    title: "Sesiones",
    lead: ({ idle, most }) =>
      `Estos navegadores tienen una sesión en tu sitio. Las sesiones se cierran tras ${idle} sin uso, y como máximo tras ${most}.`,
    units: {
      day: (days) => count(days, { one: "un día", other: "# días" }),
      hour: (hours) => count(hours, { one: "una hora", other: "# horas" }),
      minute: (minutes) => count(minutes, { one: "un minuto", other: "# minutos" }),
      second: (seconds) => count(seconds, { one: "un segundo", other: "# segundos" })
    },
    endOthers: "Cerrar todas las demás",
    endAll: "Cerrar sesión en todas partes",
    unknown:
      "¿No reconoces alguna? Ciérrala y cambia tu frase de contraseña en [Seguridad](/admin/security). Las aplicaciones usan [tokens](/admin/tokens).",
    unknownBrowser: "Navegador desconocido",
    thisDevice: "Este dispositivo",
    from: "Desde {address} · desde {time}",
    unknownAddress: "una dirección desconocida",
    lastUsed: "Último uso: {time}",
    ends: "Termina: {time}",
    endsIfUnused: "Termina sin uso: {time}, a más tardar: {latest}",
    end: "Cerrar",
    ended: (sessions) =>
      sessions === 0
        ? "Esta sesión ya había terminado."
        : count(sessions, { one: "Se cerró una sesión.", other: "Se cerraron # sesiones." })
  }
}
