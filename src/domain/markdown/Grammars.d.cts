import type { HLJSApi, LanguageFn } from "highlight.js"

/** Loads highlight.js without grammars. */
export const core: () => HLJSApi
/** Loads a grammar of highlight.js, by its name. */
export const grammars: Readonly<Record<string, () => LanguageFn>>
