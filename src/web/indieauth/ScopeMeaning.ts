import type { Scope } from "../../domain/indieauth/Scope.js"

/** Explains each scope to the owner; `docs/security.md` has the details. */
export const scopeMeaning: Readonly<Record<Scope, string>> = {
  create: "Publish new posts. With `update`, also publish or hide existing posts",
  draft: "Create drafts",
  update: "Read all posts, including private posts and drafts, and edit them",
  delete: "Read all posts, including private posts and drafts, and delete or restore them",
  undelete: "Restore deleted posts",
  media: "Upload photos, videos and recordings",
  profile: "See your name, your photo and the URL of your site",
  email: "See your e-mail address, if the settings have one"
}
