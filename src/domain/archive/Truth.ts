const yes: ReadonlySet<string> = new Set(["true", "yes", "y", "on", "1", "t"])
const no: ReadonlySet<string> = new Set(["false", "no", "n", "off", "0", "f", "none", "null", "nil", "~", ""])

const word = (value: unknown): string => String(value).trim().toLowerCase()

/** Whether a value clearly says yes, in any of the spellings that people use. */
export const saysYes = (value: unknown): boolean =>
  (typeof value === "boolean" || typeof value === "number" || typeof value === "string") && yes.has(word(value))

/** Whether a value clearly says no, or nothing at all. */
export const saysNo = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  ((typeof value === "boolean" || typeof value === "number" || typeof value === "string") && no.has(word(value)))
