import { fontFaces } from "./Fonts.js"
import imports from "./Imports.css"
import library from "./Library.css"
import metrics from "./Metrics.css"
import { stylesheetAsset } from "./NamedAsset.js"
import owner from "./Owner.css"
import posts from "./Posts.css"
import settings from "./Settings.css"
import { layered, pageRules, siteRules } from "./Stylesheet.js"
import aliases from "./style/Aliases.css"
import desk from "./style/Desk.css"
import shell from "./style/Shell.css"
import tokens from "./style/Tokens.css"

/** The stylesheet of the owner's pages. It is the same in every look, and the owner's CSS is not part of it. */
export const ownerStylesheet = stylesheetAsset(
  "owner",
  `${fontFaces("Literata")}${layered(`${tokens}${desk}${aliases}${siteRules}${pageRules}${shell}`)}${owner}${metrics}${posts}${settings}${library}${imports}`
)
