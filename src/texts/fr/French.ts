import type { english } from "../en/English.js"
import type { Translation } from "../Translation.js"
import { admin } from "./Admin.js"
import { apps } from "./Apps.js"
import { blog } from "./Blog.js"
import { data } from "./Data.js"
import { drafts } from "./Drafts.js"
import { editor } from "./Editor.js"
import { errors } from "./Errors.js"
import { failures } from "./Failures.js"
import { failureVariants } from "./FailureVariants.js"
import { feeds } from "./Feeds.js"
import { imports } from "./Imports.js"
import { library } from "./Library.js"
import { login } from "./Login.js"
import { metrics } from "./Metrics.js"
import { revisions } from "./Revisions.js"
import { search } from "./Search.js"
import { settings } from "./Settings.js"
import { share } from "./Share.js"
import { theme } from "./Theme.js"
import { updates } from "./Updates.js"
import { views } from "./Views.js"

/** The French texts. */
export const french: Translation<typeof english> = {
  admin,
  apps,
  blog,
  data,
  drafts,
  editor,
  errors,
  failures,
  failureVariants,
  feeds,
  imports,
  library,
  login,
  metrics,
  revisions,
  search,
  settings,
  share,
  theme,
  updates,
  views
}
