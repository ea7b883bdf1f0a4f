import type { Warning } from "../../src/settings/Sources.js"

/** Warnings about the settings, one line each. */
export const warningsText = (warnings: ReadonlyArray<Warning>): ReadonlyArray<string> =>
  warnings.map(({ message, name, source, suggestion }) => `Warning: ${name} (${source}): ${message}. ${suggestion}`)
