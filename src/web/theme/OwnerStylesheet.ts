import editor from "./Editor.css"
import metrics from "./Metrics.css"
import { stylesheetAsset } from "./NamedAsset.js"
import owner from "./Owner.css"

/** The stylesheet that the owner's pages load beside that of the theme. */
export const ownerStylesheet = stylesheetAsset("owner", `${owner}${metrics}${editor}`)
