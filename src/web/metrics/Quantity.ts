/** Formats a number with up to three significant digits. */
const brief = (value: number): string =>
  value === 0 ? "0" : value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(value >= 10 ? 3 : 2)))

const scaled = (value: number, step: number, units: ReadonlyArray<string>): string => {
  let size = value
  let index = 0
  // A value that would round up to a whole step gets the next unit.
  while (Math.round(size) >= step && index < units.length - 1) {
    size /= step
    index++
  }
  return `${brief(size)} ${units[index]}`
}

/** Formats bytes: `12.3 MB`; 1 MB is 10⁶ bytes. */
export const bytes = (value: number): string => scaled(value, 1000, ["bytes", "kB", "MB", "GB", "TB"])

/** Formats seconds: `3.2 ms`, `1.4 s`. */
export const seconds = (value: number): string => {
  if (value === 0) return "0 ms"
  return value < 0.001 ? `${brief(value * 1_000_000)} µs` : scaled(value * 1000, 1000, ["ms", "s"])
}

/** Formats a number or a rate. */
export const count = (value: number): string => (Number.isInteger(value) ? value.toLocaleString("en") : brief(value))

/** Formats a fraction: `12 %`. */
export const percent = (value: number): string => `${brief(Math.round(value * 1000) / 10)} %`

/** Formats an age in the largest unit that fits. */
export const age = (value: number): string => {
  const units = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60]
  ] as const
  for (const [unit, length] of units) {
    const number = Math.floor(value / length)
    if (number >= 1) return `${number} ${unit}${number === 1 ? "" : "s"}`
  }
  return "less than a minute"
}
