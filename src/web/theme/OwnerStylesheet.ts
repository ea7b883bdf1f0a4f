import metrics from "./Metrics.css"
import { stylesheetAsset } from "./NamedAsset.js"
import owner from "./Owner.css"
import posts from "./Posts.css"
import settings from "./Settings.css"

/** The stylesheet of the owner's pages, in addition to the theme's. */
export const ownerStylesheet = stylesheetAsset("owner", `${owner}${metrics}${posts}${settings}`)
