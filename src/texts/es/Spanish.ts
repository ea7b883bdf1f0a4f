import type { english } from "../en/English.js"
import type { Translation } from "../Translation.js"

/** The Spanish texts. */
export const spanish: Translation<typeof english> = {}
