import { stylesheetAsset } from "./NamedAsset.js"
import css from "./Theme.css"

/** The stylesheet of every page. */
export const stylesheet = stylesheetAsset("theme", css)
