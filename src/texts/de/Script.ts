import type { script as english } from "../en/Script.js"
import type { Translation } from "../Translation.js"

/** Sentences of the editor's script. */
export const script: Translation<typeof english> = {}
