import script from "browser:Editor"
import { scriptAsset } from "../theme/NamedAsset.js"

/** The editor's script: see `src/browser/Editor.ts`. */
export const editorScript = scriptAsset("editor", script)
