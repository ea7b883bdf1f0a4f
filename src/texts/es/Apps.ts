import { counting } from "../Counted.js"
import type { apps as english } from "../en/Apps.js"
import type { Translation } from "../Translation.js"

const count = counting("es")

/** Texts about apps. */
export const apps: Translation<typeof english> = {
  scopes: {
    create: "Publicar entradas nuevas. Con `update`, también publicar u ocultar las que ya existen",
    draft: "Crear borradores",
    update: "Leer todas las publicaciones, también las privadas y los borradores, y editarlas",
    delete: "Leer todas las publicaciones, también las privadas y los borradores, y borrarlas o restaurarlas",
    undelete: "Restaurar publicaciones borradas",
    media: "Subir fotos, vídeos y grabaciones",
    profile: "Ver tu nombre, tu foto y la dirección de tu sitio",
    email: "Ver tu correo electrónico, si está en los ajustes"
  },
  lifetime: "Caducidad",
  lifetimes: {
    unlimited: "Hasta que se revoque",
    renewed: "30 días, renovados mientras se use la aplicación, un año como máximo",
    month: "30 días",
    day: "Un día"
  },
  renewal: "Muchas aplicaciones no saben renovar un token y dejan de funcionar cuando caduca.",
  permissions: "Permisos",
  consent: {
    title: ({ app }) => `Entrar en ${app}`,
    question: "¿Entrar en {app}?",
    app: "Aplicación",
    about: "Más información: {address}",
    youAre: "Entras como",
    sentTo: "Después volverás a",
    unprotected:
      "**Esta aplicación entra sin PKCE.** Quien intercepte la respuesta puede usarla en lugar de la aplicación. Permítelo solo si acabas de empezar este acceso tú mismo en {host}.",
    allow: "Permitir",
    deny: "Rechazar",
    notYou: "Si no empezaste este acceso tú mismo, recházalo.",
    onDevice: "la aplicación de este dispositivo que abre {protocol}",
    onComputer: ", una aplicación de este ordenador",
    otherAddress: "Esta dirección no es la de la aplicación. La aplicación la presenta como suya.",
    identityOnly: "La aplicación solo comprueba quién eres. No obtiene acceso a tu sitio.",
    otherSites: "Para otros sitios",
    otherSitesAdvice:
      "Estos permisos no tienen efecto en este sitio. Los usan otros sitios que confían en tu acceso, como un lector social.",
    label: "Nombre en la lista de tokens"
  },
  fault: {
    title: "Esta aplicación no puede entrar",
    lead: "{app} ({id}) envió una petición no válida. No se envió nada a la aplicación y no se cambió nada.",
    error: "Error",
    advice:
      "Si no empezaste este acceso tú mismo, cierra esta página. Si no, vuelve a la aplicación en {app} y envíale este error."
  },
  tokens: {
    title: "Tokens",
    notCreated: "No se creó el token",
    none: "Ninguna aplicación tiene acceso a tu sitio. Cuando entres en una aplicación con la dirección de tu sitio, su token aparecerá aquí.",
    created: "El token {label}",
    copy: "Cópialo ahora. No se guarda y no se volverá a mostrar.",
    manual: "Creado a mano",
    allows: ({ scopes }) => `Permisos: ${scopes}`,
    allowsNothing: "ninguno en este sitio",
    elsewhere: ({ scopes }) => `Para otros sitios: ${scopes}`,
    createdOn: ({ day }) => `Creado el ${day}`,
    neverUsed: "nunca usado",
    lastUsed: ({ time }) => `usado por última vez: ${time}`,
    unlimited: "válido hasta que se revoque",
    expired: ({ day }) => `caducó el ${day}`,
    expires: ({ day }) => `caduca el ${day}`,
    expiresUnlessRenewed: ({ day }) => `caduca el ${day} si no se renueva`,
    rename: "Cambiar nombre",
    newName: ({ label }) => `Nuevo nombre de ${label}`,
    revoke: "Revocar",
    revokeAll: (tokens) => count(tokens, { other: "Revocar los # tokens de esta aplicación" }),
    create: "Crear un token",
    createLead: "Para scripts y aplicaciones que no pueden entrar por sí mismas.",
    name: "Nombre",
    submit: "Crear token",
    faults: {
      label: "Escribe un nombre para el token.",
      scopes: "Elige al menos un permiso.",
      lifetime: "Elige una caducidad."
    }
  },
  activity: {
    title: "Actividad",
    lead: "Peticiones de aplicaciones y accesos, las más recientes primero. Se guardan 30 días. El contenido y los tokens no se guardan nunca.",
    lost: (requests) =>
      count(requests, {
        one: "Falta aquí una petición: cuando llegó no se podía escribir en la base de datos. Está en el registro de accesos.",
        other:
          "Faltan aquí # peticiones: cuando llegaron no se podía escribir en la base de datos. Están en el registro de accesos."
      }),
    filter: "Filtrar peticiones",
    all: "Todas",
    rejected: "Solo rechazadas",
    noneRejected: "No hay peticiones rechazadas",
    none: "Todavía no hay peticiones",
    noneRejectedAdvice: "Las peticiones rechazadas de aplicaciones aparecen aquí con el motivo.",
    noneAdvice:
      "Las peticiones de aplicaciones para entrar, publicar o subir archivos aparecen aquí. Las rechazadas muestran el motivo.",
    connect:
      "Para conectar una aplicación, dale tu dirección, {site}. Si pide el punto de acceso de Micropub, usa {endpoint}.",
    from: ({ address }) => `desde ${address}`,
    unknownAddress: "una dirección desconocida",
    accepted: "Aceptada",
    failed: "Fallida",
    refused: "Rechazada",
    unknownApp: "Una aplicación desconocida",
    signIn: "Acceso"
  }
}
