import type { english } from "../en/English.js"
import type { Translation } from "../Translation.js"

/** The Dutch texts. */
export const dutch: Translation<typeof english> = {}
