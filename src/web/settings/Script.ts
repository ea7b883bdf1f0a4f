import script from "browser:Settings"
import { scriptAsset } from "../theme/NamedAsset.js"

/** The script of the settings: proposes the browser's time zone, previews crop and look. The pages work without it. */
export const settingsScript = scriptAsset("settings", script)
