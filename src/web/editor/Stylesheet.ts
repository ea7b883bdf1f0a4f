import { fontFaces } from "../theme/Fonts.js"
import { stylesheetAsset } from "../theme/NamedAsset.js"
import desk from "../theme/style/Desk.css"
import segments from "../theme/style/Segments.css"
import tokens from "../theme/style/Tokens.css"
import editor from "./Editor.css"

/** The only stylesheet of the writing surface. */
export const editorStylesheet = stylesheetAsset(
  "writing",
  `${fontFaces("Literata")}${tokens}${desk}${segments}${editor}`
)
