import composer from "browser:Composer"
import script from "browser:Editor"
import { scriptAsset } from "../theme/NamedAsset.js"

/** The editor's script: see `src/browser/Editor.ts`. */
export const editorScript = scriptAsset("editor", script)

/** The script of the form above the list of posts: see `src/browser/Composer.ts`. */
export const composerScript = scriptAsset("composer", composer)
