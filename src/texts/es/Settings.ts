import { counting } from "../Counted.js"
import type { settings as english } from "../en/Settings.js"
import type { Translation } from "../Translation.js"

const count = counting("es")

/** Texts of the settings pages. */
export const settings: Translation<typeof english> = {
  sections: {
    site: "Sitio",
    you: "Tú",
    menu: "Menú",
    home: "Página de inicio",
    footer: "Pie de página",
    look: "Aspecto",
    care: "Vistas y actualizaciones"
  },
  fields: {
    "site.name": "Nombre",
    "site.tagline": "Lema",
    "site.language": "Idioma",
    "site.timeZone": "Zona horaria",
    "you.name": "Nombre",
    "you.bio": "Sobre ti",
    "you.email": "Correo electrónico",
    "you.links": "Enlaces",
    "menu.items": "Menú",
    "home.hidden": "Oculto en la página de inicio",
    "footer.text": "Texto",
    "look.preset": "Aspecto",
    "look.accent": "Color de acento",
    "look.font": "Tipos de letra",
    "look.width": "Anchura",
    "look.scheme": "Claro y oscuro",
    "look.css": "CSS propio",
    "care.countViews": "Contar cuántas veces se abren las publicaciones",
    "care.checkUpdates": "Preguntar una vez al día si hay una versión más nueva",
    "care.remindsOfPasskey": "Sugerir una clave de acceso"
  },
  cssFaults: {
    too_long: "El CSS propio está limitado a 32 kB.",
    import: "@import, @charset y @namespace no están disponibles. Pega las reglas mismas.",
    remote: "url() solo puede cargar archivos de este sitio. Sube primero el archivo y usa su ruta.",
    closing: "Quita las etiquetas HTML: este campo es solo para CSS.",
    characters: "Quita los caracteres de control."
  },
  faults: {
    email: ({ text }) => `«${text}» no es un correo electrónico.`,
    noUrl: "Escribe la dirección del enlace.",
    url: ({ text }) => `«${text}» no es una dirección web.`,
    noHref: "Escribe una dirección: una ruta como /about o una dirección web.",
    href: ({ text }) => `«${text}» no es una ruta como /about ni una dirección web.`,
    noLabel: "Escribe un rótulo.",
    label: "Los rótulos están limitados a una línea de 100 caracteres.",
    other: "Este valor no es válido."
  },
  limits: {
    "site.name": "El nombre está limitado a una línea de 200 caracteres.",
    "site.tagline": "El lema está limitado a una línea de 500 caracteres.",
    "site.language": "Elige un idioma de la lista.",
    "site.timeZone": "Elige una zona horaria de la lista.",
    "you.name": "El nombre está limitado a una línea de 200 caracteres.",
    "you.bio": "Este texto está limitado a 1000 caracteres.",
    "you.links": "Se permiten 30 enlaces como máximo.",
    "menu.items": "El menú tiene sitio para 30 elementos.",
    "footer.text": "El pie de página está limitado a 2000 caracteres."
  },
  form: {
    tagline: "Se muestra arriba en la página de inicio y en los buscadores.",
    language: "El idioma en el que escribes.",
    zone: "Las publicaciones muestran sus horas en esta zona.",
    zoneNow: ({ time, zone }) => `${zone} (ahora ${time})`,
    takeZone: "Usar {zone}, como en este navegador",
    bio: "Una o dos frases, que se muestran bajo cada publicación.",
    email: "Opcional. Los lectores lo ven y pueden responder por correo. Las aplicaciones lo reciben si lo permites.",
    links: "Tus perfiles en otros sitios. Cada uno lleva `rel=me`, para que puedan confirmar que son tuyos.",
    linkAddress: ({ at }) => `Dirección del enlace ${at}`,
    linkLabel: ({ at }) => `Rótulo del enlace ${at}, opcional`,
    linkLabelExample: "Rótulo (opcional)",
    link: ({ at }) => `enlace ${at}`,
    addLink: "Añadir enlace",
    menu: "Las direcciones son rutas de este sitio, como `/about`, o direcciones web completas.",
    itemLabel: ({ at }) => `Rótulo ${at}`,
    itemLabelExample: "Rótulo",
    itemAddress: ({ at }) => `Dirección ${at}`,
    item: ({ at }) => `elemento ${at}`,
    addItem: "Añadir elemento",
    moveUp: ({ name }) => `Subir ${name}`,
    moveDown: ({ name }) => `Bajar ${name}`,
    remove: ({ name }) => `Quitar ${name}`,
    home: "Mostrar en la página de inicio",
    homeHint: "Las publicaciones de otros tipos conservan sus páginas, sus canales y su lugar en la búsqueda.",
    footer: "Markdown. Se permiten enlaces.",
    css: "32 kB como máximo. No se cargan archivos de otros sitios. Se aplica al sitio, no a estas páginas."
  },
  look: {
    preset: "Partir de",
    presets: { paper: "Papel", signal: "Señal", night: "Noche" },
    accent: "Color de acento",
    accentHint: "Las páginas lo ajustan donde el contraste lo exige, en claro y en oscuro.",
    own: "El del aspecto",
    accents: { teal: "Petróleo", cobalt: "Cobalto", plum: "Ciruela", brick: "Ladrillo", moss: "Musgo", ink: "Tinta" },
    another: "Otro:",
    anotherColour: "Otro color de acento",
    font: "Texto",
    fonts: { preset: "Como en el aspecto", serif: "Con serifas", sans: "Sin serifas" },
    width: "Anchura",
    widths: { narrow: "Estrecha", usual: "Normal", wide: "Ancha" },
    scheme: "Claro y oscuro",
    schemes: { auto: "A elección del lector", light: "Claro", dark: "Oscuro" },
    preview: "Vista previa",
    sample:
      "## Un título\n\nUn párrafo con un [enlace](#), *énfasis* y `código`.\n\n> Una cita, como la ven los lectores.\n\n- Una cosa\n- Otra"
  },
  care: {
    views: "Vistas",
    countViews: "Contar cuántas veces se abren las publicaciones",
    countViewsHint:
      "Se guarda un número por publicación y día, sin cookies ni direcciones. No se envía nada. Tú y los programas conocidos no se cuentan.",
    seeViews: "Ver las vistas"
  },
  photo: {
    label: "Foto",
    hint: "JPEG, PNG, WebP, AVIF o GIF. Los datos de ubicación se quitan.",
    alt: "Tu foto, como la muestra tu sitio",
    choose: "Foto nueva",
    change: "Cambiar foto",
    upload: "Subir foto",
    remove: "Quitar foto",
    crop: "Recortar",
    x: "De izquierda a derecha",
    y: "De arriba abajo",
    zoom: "Más cerca",
    save: "Guardar recorte"
  },
  page: {
    title: "Ajustes",
    share: "Publicar desde cualquier lugar",
    save: "Guardar",
    saved: "Guardado.",
    fixed: "Fijado por el servidor",
    faults: (fields) => count(fields, { one: "Un campo tiene un error", other: "# campos tienen errores" }),
    unsaved: "No se guardó nada. Lo que escribiste está abajo.",
    conflict: "Estos ajustes se cambiaron en otro lugar después de que los abrieras",
    conflictAdvice: "Tu versión está en el formulario. Guárdala o usa la otra.",
    others: "guardado en otro lugar",
    useOthers: "Usar la otra versión",
    empty: "(vacío)"
  },
  welcome: {
    title: "Hazlo tuyo",
    step: "Paso 2 de 3",
    later: "Podrás cambiar todo esto más tarde en los ajustes.",
    author: "Tu nombre",
    name: "Nombre del sitio",
    tagline: "Lema (opcional)",
    zone: "Zona horaria",
    photo: "Foto (opcional)",
    photoHint: "JPEG, PNG, WebP, AVIF o GIF. Los datos de ubicación se quitan.",
    next: "Continuar",
    skip: "Omitir",
    security: "Añade una clave de acceso o activa el acceso en dos pasos en [Seguridad](/admin/security)."
  }
}
