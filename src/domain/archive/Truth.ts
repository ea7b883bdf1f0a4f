const yes: ReadonlySet<string> = new Set(["true", "yes", "y", "on", "1", "t"])
const no: ReadonlySet<string> = new Set(["false", "no", "n", "off", "0", "f", "none", "null", "nil", "~", ""])

const word = (value: unknown): string => String(value).trim().toLowerCase()

/** Returns whether a value clearly means yes, in any common spelling. */
export const saysYes = (value: unknown): boolean =>
  (typeof value === "boolean" || typeof value === "number" || typeof value === "string") && yes.has(word(value))

/** Returns whether a value clearly means no, or is empty. */
export const saysNo = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  ((typeof value === "boolean" || typeof value === "number" || typeof value === "string") && no.has(word(value)))
