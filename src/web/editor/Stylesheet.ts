import { stylesheetAsset } from "../theme/NamedAsset.js"
import editor from "./Editor.css"

/** The only stylesheet of the writing surface. */
export const editorStylesheet = stylesheetAsset("editor", editor)
