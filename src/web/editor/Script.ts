import script from "browser:Editor"
import { scriptAsset } from "../theme/NamedAsset.js"

/** What makes writing in the browser better where scripts run: see `src/browser/Editor.ts`. */
export const editorScript = scriptAsset("editor", script)
