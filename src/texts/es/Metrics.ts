import type { metrics as english } from "../en/Metrics.js"
import type { Translation } from "../Translation.js"

/** Texts of the page of metrics. */
export const metrics: Translation<typeof english> = {
  title: "Métricas",
  fine: "**Todas las comprobaciones son correctas.** Ninguna petición falló en el período de abajo.",
  headlines: {
    starting: "El sitio está arrancando",
    unhealthy: "El sitio no funciona",
    degraded: "El sitio funciona con limitaciones",
    errors: "Todas las comprobaciones son correctas, pero hubo errores"
  },
  todo: "Qué hacer:",
  period: "Período",
  hour: "Última hora",
  day: "Últimas 24 horas",
  noData: {
    hour: "Aún no hay datos: no han pasado los primeros diez segundos. Recarga la página en un momento.",
    day: "Aún no hay datos: no ha pasado el primer minuto. Recarga la página en un momento."
  },
  longer:
    "Los gráficos abarcan como máximo 24 horas y empiezan de nuevo con el servidor. Para un historial más largo, haz que Prometheus consulte [/metrics](/metrics) con el token de salud.",
  chart: {
    span: ({ from, to }) => `de ${from} a ${to} UTC`,
    without: ({ span }) => `Sin datos ${span}`,
    line: ({ label, words }) => `${label}: ${words}`,
    values: ({ last, least, most }) => `${last} al final, entre ${least} y ${most}`,
    noValues: "sin datos",
    scale: ({ most }) => `0 a ${most}`,
    details: "Explicación y datos",
    detailsOf: ({ title }) => `Explicación y datos: ${title}`,
    empty: "No hay datos de este período.",
    until: "Hasta (UTC)"
  },
  charts: {
    requests: {
      title: "Peticiones por minuto",
      meaning: "Número medio de peticiones por minuto, sin las de /health y /metrics.",
      lines: ["Peticiones"]
    },
    trouble: {
      title: "Errores y límites",
      meaning:
        "Errores: peticiones que fallaron a causa del servidor (estado 500 y superiores); el registro tiene la causa de cada una. Limitadas: peticiones por encima de un límite de frecuencia (estado 429).",
      lines: ["Errores", "Limitadas"]
    },
    duration: {
      title: "Tiempo de respuesta",
      meaning: "Percentil 95 y mediana del tiempo de respuesta. Hasta 100 ms parece inmediato.",
      lines: ["Percentil 95", "Mediana"]
    },
    connections: {
      title: "Conexiones a la base de datos",
      meaning:
        "En uso: el mayor número de conexiones en uso a la vez. En espera: llamadas sin conexión libre. Las esperas cortas bajo carga son normales; una espera permanente, no.",
      lines: ["En uso", "En espera"]
    },
    "event-loop": {
      title: "Bloqueo más largo",
      meaning:
        "Retraso más largo del bucle de eventos en un minuto. Durante un bloqueo, el servidor no atiende ninguna petición. Se notan los bloqueos de más de un segundo.",
      lines: ["Bloqueo más largo"]
    },
    cpu: {
      title: "CPU",
      meaning: "Parte de un núcleo. Los hilos de la base de datos pueden elevarla por encima del 100 %.",
      lines: ["Usada"]
    },
    memory: {
      title: "Memoria",
      meaning:
        "Total: memoria residente del proceso. Heap: memoria de los objetos de JavaScript. Una línea que no deja de subir indica una fuga.",
      lines: ["Total", "Heap"]
    },
    disk: {
      title: "Espacio libre en disco",
      meaning:
        "Espacio libre en el disco del directorio de datos. Por debajo de 268 MB, el sitio funciona con limitaciones. Con el disco lleno se puede seguir leyendo, y las escrituras fallan con un error.",
      lines: ["Libre"]
    },
    wal: {
      title: "Registro de escritura anticipada",
      meaning:
        "Tamaño del registro de escritura anticipada de la base de datos. A partir de 17 MB, StarPunk lo vacía cuando los lectores hacen una pausa; a partir de 67 MB, anota en el registro qué llamada lo impide.",
      lines: ["Tamaño"]
    },
    log: {
      title: "Líneas de registro perdidas",
      meaning: "Líneas de registro perdidas porque la salida estaba llena, cerrada o era demasiado lenta.",
      lines: ["Perdidas"]
    }
  },
  now: {
    title: "Estado actual",
    unknown: "desconocido",
    running: ({ age, version }) => `${version}, en marcha desde hace ${age}`,
    lastCheck: "Última comprobación",
    search: "Búsqueda",
    database: "Base de datos",
    media: "Medios",
    sessions: "Sesiones",
    backup: "Última copia de seguridad",
    lines: "Líneas de registro escritas",
    searchOff: "desactivada",
    searchIndex: "índice de texto completo",
    searchFallback: "alternativa, sin el índice de texto completo",
    searchPending: ({ count, words }) => `${words}; entradas por indexar: ${count}`,
    backupOff: "desactivada: STARPUNK_BACKUP_DIRECTORY la activa",
    backupNone: "todavía ninguna",
    ago: ({ age }) => `hace ${age}`,
    lessThanAMinute: "menos de un minuto"
  }
}
