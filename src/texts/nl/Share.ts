import type { share as english } from "../en/Share.js"
import type { Translation } from "../Translation.js"

/** Texts of the page about posting from other places. */
export const share: Translation<typeof english> = {
  title: "Overal vandaan schrijven",
  lead: "Schrijf over wat je leest zonder adressen te kopiëren.",
  bookmarklets: "In je browser",
  drag: "Sleep een knop naar je bladwijzerbalk. Selecteer op een pagina waarover je wilt schrijven een zin als je wilt, en klik dan op de bladwijzer.",
  buttons: { post: "Bericht", reply: "Antwoorden", like: "Vind ik leuk", bookmark: "Bladwijzer", quote: "Citeren" },
  phone: "Op je telefoon",
  install:
    "Zet deze site op je beginscherm: open hem in je browser, en kies ‘Zet op beginscherm’ of ‘Installeren’. Op Android biedt ‘Delen’ in andere apps hem dan aan voor teksten, links en afbeeldingen.",
  apps: "Met een app",
  micropub: "Elke Micropub-app kan hier berichten plaatsen. Log erop in met het adres van deze site:"
}
