import type { share as english } from "../en/Share.js"
import type { Translation } from "../Translation.js"

/** Texts of the page about posting from other places. */
export const share: Translation<typeof english> = {
  title: "Von überall schreiben",
  lead: "Schreib über das, was du liest, ohne Adressen zu kopieren.",
  bookmarklets: "In deinem Browser",
  drag: "Zieh einen Knopf in deine Lesezeichenleiste. Markiere auf einer Seite, über die du schreiben willst, einen Satz, wenn du magst, und klick dann auf das Lesezeichen.",
  buttons: {
    post: "Beitrag",
    reply: "Antwort",
    like: "Gefällt mir",
    bookmark: "Lesezeichen",
    quote: "Zitat"
  },
  phone: "Auf deinem Telefon",
  install:
    "Leg diese Website auf deinen Startbildschirm: Öffne sie im Browser, und wähle „Zum Startbildschirm hinzufügen“ oder „Installieren“. Unter Android bietet „Teilen“ in anderen Apps sie dann für Texte, Links und Bilder an.",
  apps: "Mit einer App",
  micropub: "Jede Micropub-App kann hier schreiben. Melde dich in ihr mit der Adresse dieser Website an:"
}
