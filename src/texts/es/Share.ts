import type { share as english } from "../en/Share.js"
import type { Translation } from "../Translation.js"

/** Texts of the page about posting from other places. */
export const share: Translation<typeof english> = {
  title: "Publicar desde cualquier lugar",
  lead: "Escribe sobre lo que lees sin copiar direcciones.",
  bookmarklets: "En tu navegador",
  drag: "Arrastra un botón a tu barra de marcadores. En una página sobre la que quieras escribir, selecciona una frase si te apetece y pulsa el marcador.",
  buttons: { post: "Publicar", reply: "Responder", like: "Me gusta", bookmark: "Marcador", quote: "Citar" },
  phone: "En tu teléfono",
  install:
    "Añade este sitio a tu pantalla de inicio: ábrelo en tu navegador y elige «Añadir a pantalla de inicio» o «Instalar». En Android, «Compartir» en otras aplicaciones lo ofrece entonces para textos, enlaces e imágenes.",
  apps: "Con una aplicación",
  micropub: "Cualquier aplicación de Micropub puede publicar aquí. Entra en ella con la dirección de este sitio:"
}
