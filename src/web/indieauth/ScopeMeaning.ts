import type { Scope } from "../../domain/Scope.js"

/** What each scope allows, for whoever has to decide about it. */
export const scopeMeaning: Readonly<Record<Scope, string>> = {
  create: "Publish new posts",
  draft: "Save drafts, which are not published",
  update: "Change posts",
  delete: "Delete posts",
  undelete: "Restore deleted posts",
  media: "Upload photos, recordings and films",
  profile: "See your name and the address of your site",
  email: "See your e-mail address, of which this site has none to show"
}
