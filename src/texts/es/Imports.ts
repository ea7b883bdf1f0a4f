import { counting } from "../Counted.js"
import type { english } from "../en/English.js"
import type { Translation } from "../Translation.js"

const counted = counting("es")

/** Texts of the page of imports. */
export const imports: Translation<typeof english.imports> = {
  title: "Importar",
  about:
    "Trae lo que escribiste en otro lugar: de WordPress, Ghost, otro StarPunk, un generador de sitios o archivos Markdown. Ves lo que entraría antes de que algo cambie.",
  open: "Importar un archivo",
  file: {
    label: "Archivo",
    hint: ({ size }: { readonly size: string }): string => `.zip, .xml, .json o .md, hasta ${size}`,
    kinds: [
      "**WordPress**: el archivo `.xml` de Herramientas, Exportar, Todo el contenido",
      "**Ghost**: el archivo `.json` de Settings, Export, o un archivo zip con él y `content/images`",
      "**StarPunk**: el archivo zip de «Descargar todo»",
      "**Jekyll, Hugo, Zola, Eleventy, Astro, Hexo, Obsidian**: un archivo zip de la carpeta",
      "**Markdown**: un archivo `.md`, o un archivo zip de varios"
    ],
    send: "Subir y ver",
    safe: "No se publica nada hasta que lo digas. Después se elimina el archivo."
  },
  none: "Elige primero un archivo.",
  cutOff:
    "El sitio se detuvo durante la última importación. Lo que entró se queda. Sube de nuevo el archivo para traer el resto.",
  stopped: ({ name }: { readonly name: string }): string =>
    `Se detuvo la importación de ${name}. Lo que entró se queda. Sube de nuevo el archivo para traer el resto.`,
  progress: {
    receiving: ({ name }: { readonly name: string }): string => `Se está subiendo ${name}`,
    reading: ({ name }: { readonly name: string }): string => `Se está leyendo ${name}`,
    importing: ({ name }: { readonly name: string }): string => `Se está importando ${name}`,
    leave: "Puedes salir de esta página.",
    stay: "Deja abierta la página que sube el archivo.",
    refresh: "Mostrar el estado actual",
    stop: "Detener",
    steps: {
      Receiving: "Subiendo",
      Unpacking: "Descomprimiendo",
      "Reading the export": "Leyendo la exportación",
      "Reading posts": "Leyendo entradas",
      "Importing posts": "Trayendo entradas",
      "Importing media": "Trayendo imágenes y archivos"
    },
    working: "En curso",
    share: ({ percent, step }: { readonly step: string; readonly percent: string }): string => `${step}: ${percent}`,
    amount: ({ done, step, total }: { readonly step: string; readonly done: string; readonly total: string }): string =>
      `${step}: ${done} de ${total}`
  },
  report: {
    planned: "Lo que entraría",
    done: "Lo que entró",
    posts: ({ count }: { readonly count: number }): string => counted(count, { one: "# entrada", other: "# entradas" }),
    pages: ({ count }: { readonly count: number }): string => counted(count, { one: "# página", other: "# páginas" }),
    media: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# imagen o archivo", other: "# imágenes y archivos" }),
    drafts: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# borrador", other: "# borradores" }),
    private: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# privada", other: "# privadas" }),
    unlisted: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# no listada", other: "# no listadas" }),
    scheduled: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# programada", other: "# programadas" }),
    allPublic: "todas públicas",
    addresses: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# dirección antigua", other: "# direcciones antiguas" }),
    addressesLead: "Llevan a estas entradas.",
    present: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# entrada ya está aquí", other: "# entradas ya están aquí" }),
    presentStay: "Se quedan como están.",
    remote: ({ count, hosts }: { readonly count: number; readonly hosts: string }): string =>
      counted(count, { one: `# imagen está en ${hosts}`, other: `# imágenes están en ${hosts}` }),
    remotePlanned: "El archivo las nombra y no las contiene.",
    remoteStay: "Se muestran desde allí.",
    fetched: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# imagen se trajo", other: "# imágenes se trajeron" }),
    notFetched: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# no se pudo traer y se queda allí", other: "# no se pudieron traer y se quedan allí" }),
    nothing: "No hay nada nuevo en este archivo.",
    notPublic: "No para todos",
    levels: { draft: "Borradores", private: "Privadas", unlisted: "No listadas" },
    heldBack: "Retenidas",
    heldBackAbout: "Pueden ser entradas; tú decides.",
    reasons: {
      undated: "Sin fecha",
      page: "Parte del sitio antiguo, no entradas",
      template: "Plantillas",
      not_published: "No publicadas en el sitio antiguo",
      empty: "Vacías",
      format: "En un formato que no se puede leer",
      redirect: "Solo llevan a otro lugar",
      trash: "En la papelera"
    },
    problems: "No pueden entrar",
    problem: {
      media_missing: "Faltan sus imágenes",
      media_refused: "No se pueden leer sus imágenes",
      slug_taken: "Su dirección pertenece aquí a otra entrada",
      unreadable: "No se pueden leer"
    },
    deadLinks: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# enlace no lleva a ningún lugar", other: "# enlaces no llevan a ningún lugar" }),
    renamed: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# entrada recibe otra dirección", other: "# entradas reciben otra dirección" }),
    hidden: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "# entrada tiene una parte del programa antiguo que está oculta",
        other: "# entradas tienen partes del programa antiguo que están ocultas"
      }),
    passedOver: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# elemento más no es una entrada", other: "# elementos más no son entradas" }),
    fields: "Datos que no entran",
    more: "Además",
    examples: ({ names, rest }: { readonly names: string; readonly rest: number }): string =>
      rest === 0 ? names : counted(rest, { one: `${names} y # más`, other: `${names} y # más` })
  },
  choices: {
    title: "Opciones",
    fetch: ({ count, hosts }: { readonly count: number; readonly hosts: string }): string =>
      counted(count, { one: `Traer # imagen de ${hosts}`, other: `Traer # imágenes de ${hosts}` }),
    fetchHint: "Una tras otra; puede tardar. Si no, se quedan allí.",
    oldSite: "Dirección del sitio antiguo",
    oldSiteHint: "El archivo no dice dónde están sus imágenes. Indica la dirección y vuelve a ver.",
    withoutMedia: "Traer entradas sin las imágenes que les faltan",
    asDrafts: "Traer lo retenido, como borradores",
    look: "Volver a ver",
    begin: "Importar estas",
    discard: "Descartar el archivo"
  },
  result: {
    posts: "Tus entradas",
    drafts: "Borradores",
    site: "El sitio",
    another: "Importar otro archivo",
    again: "El archivo se eliminó. Importarlo de nuevo solo añade lo que falta."
  },
  failed: {
    title: "No se puede importar el archivo",
    broken: "La importación terminó antes de tiempo",
    partly: "Lo que entró hasta entonces se queda. Importar de nuevo el archivo añade el resto.",
    nothing: "No se importó nada, y el archivo se eliminó.",
    noPosts: "No hay ninguna entrada en el archivo.",
    newer: "El archivo es de una versión más nueva de StarPunk.",
    source: "No se puede leer el contenido del archivo. Exporta de nuevo el sitio antiguo.",
    reasons: {
      kind: "No es un archivo zip, ni una exportación de WordPress o de Ghost, ni un archivo Markdown.",
      empty: "Está vacío.",
      xml: "La exportación de WordPress está incompleta. Exporta de nuevo y espera a que termine la descarga.",
      json: "La exportación de Ghost está incompleta. Exporta de nuevo y espera a que termine la descarga.",
      encoding: "Su texto no es UTF-8.",
      part_too_large: "Uno de sus elementos es mayor que cualquier entrada.",
      too_many: "Tiene demasiados elementos. Divídelo en varios archivos.",
      too_large: "Su contenido descomprimido es demasiado grande. Divídelo en varios archivos.",
      bomb: "Dice descomprimirse a muchas veces su tamaño, como hacen los ataques.",
      damaged: "El archivo zip está dañado o incompleto. Descárgalo o créalo de nuevo.",
      encrypted: "Está protegido con una contraseña. Créalo sin ella.",
      absolute: "Un elemento tiene una ruta absoluta. Comprime solo la carpeta del contenido.",
      outside: "Un elemento sale de su carpeta. Comprime solo la carpeta del contenido.",
      link: "Un elemento es un enlace o un archivo especial. Comprime solo archivos y carpetas.",
      duplicate: "Dos elementos tienen el mismo nombre.",
      name: "El nombre de un elemento es demasiado largo o no es UTF-8.",
      unsupported: "Su compresión no se admite. Créalo como un archivo zip común."
    },
    entry: ({ name }: { readonly name: string }): string => `Elemento: ${name}`
  }
}
