import type { Scope } from "../../domain/indieauth/Scope.js"

/** Explains each scope to the owner; `docs/security.md` has the details. */
export const scopeMeaning: Readonly<Record<Scope, string>> = {
  create: "Publish new posts and, if it may change posts, publish or hide existing ones",
  draft: "Save new posts as drafts, which are not published",
  update: "Read all posts, private ones and drafts too, and change what they say",
  delete: "Read all posts, private ones and drafts too, and delete or restore them",
  undelete: "Restore deleted posts",
  media: "Upload photos, recordings and films",
  profile: "See your name and the address of your site",
  email: "See your e-mail address, of which this site has none to show"
}
