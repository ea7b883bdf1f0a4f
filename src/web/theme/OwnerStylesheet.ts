import { fontFaces } from "./Fonts.js"
import imports from "./Imports.css"
import library from "./Library.css"
import metrics from "./Metrics.css"
import { stylesheetAsset } from "./NamedAsset.js"
import owner from "./Owner.css"
import posts from "./Posts.css"
import settings from "./Settings.css"
import { layered, pageRules, presetRules, siteRules } from "./Stylesheet.js"
import aliases from "./style/Aliases.css"
import desk from "./style/Desk.css"
import segments from "./style/Segments.css"
import shell from "./style/Shell.css"
import tokens from "./style/Tokens.css"

/** Colours and fonts of each look for its drawing in the settings. */
const drawings = Object.entries(presetRules)
  .map(([name, rules]) => rules.replace(":root", `.thumb.${name}`))
  .join("")

/** The stylesheet of the owner's pages. It is the same in every look, and the owner's CSS is not part of it. */
export const ownerStylesheet = stylesheetAsset(
  "owner",
  `${fontFaces("Literata")}${layered(`${tokens}${desk}${aliases}${siteRules}${pageRules}${shell}`)}${owner}${metrics}${posts}${segments}${settings}${drawings}${library}${imports}`
)
