import type { english } from "../en/English.js"
import type { Translation } from "../Translation.js"

/** The German texts. */
export const german: Translation<typeof english> = {}
