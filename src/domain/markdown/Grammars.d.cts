import type { HLJSApi, LanguageFn } from "highlight.js"

/** Loads highlight.js without grammars, and its grammars by name. */
declare const loaders: {
  readonly core: () => HLJSApi
  readonly grammars: Readonly<Record<string, () => LanguageFn>>
}

export = loaders
