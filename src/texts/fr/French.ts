import type { english } from "../en/English.js"
import type { Translation } from "../Translation.js"

/** The French texts. */
export const french: Translation<typeof english> = {}
