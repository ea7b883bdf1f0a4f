import type { Warning } from "../../src/settings/Sources.js"

/** Formats warnings about the settings, one line each. */
export const warningsText = (warnings: ReadonlyArray<Warning>): ReadonlyArray<string> =>
  warnings.map(({ message, name, source, suggestion }) => `Warning: ${name} (${source}): ${message}. ${suggestion}`)
