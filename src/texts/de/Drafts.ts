import type { drafts as english } from "../en/Drafts.js"
import type { Translation } from "../Translation.js"

/** Texts of links to drafts. */
export const drafts: Translation<typeof english> = {
  title: "Diesen Entwurf teilen",
  link: "Teilen",
  back: "Zurück zum Beitrag",
  explained:
    "Mit einem Link können Menschen ohne Anmeldung diesen Entwurf lesen, wie er gerade ist. Ändern können sie ihn nicht, und in Feeds, Suche und Archiven steht er nicht.",
  ends: "Der Link endet, wenn du ihn beendest, einen neuen machst oder den Beitrag löschst. Ist der Beitrag veröffentlicht, öffnet der Link den Beitrag.",
  create: "Link erstellen",
  renew: "Link ersetzen",
  end: "Link beenden",
  exists:
    "Ein Link wurde erstellt: {time}. Seine Adresse ist nicht gespeichert und kann nicht noch einmal gezeigt werden. Ersetze den Link, wenn du sie brauchst.",
  created: "Dein Link",
  copy: "Kopiere ihn jetzt. Er wird nur dieses Mal gezeigt.",
  open: "In neuem Tab öffnen",
  ended: "Der Link ist beendet.",
  published: "Dieser Beitrag ist veröffentlicht und braucht keinen solchen Link: {post}",
  publishedPost: "Beitrag ansehen",
  draft: "Ein Entwurf",
  shared: ({ author }) => `Das ist ein Entwurf, den ${author} mit dir teilt. Er kann sich noch ändern.`
}
