import script from "browser:Library"
import { scriptAsset } from "../theme/NamedAsset.js"

/** The script of the owner's files: uploads with progress, also dropped files. The page works without it. */
export const libraryScript = scriptAsset("library", script)
