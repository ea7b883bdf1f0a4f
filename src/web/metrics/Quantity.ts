import { spokenNumber, spokenRounded, spokenUnit, texts } from "../../texts/Texts.js"

/** Digits that a number shows: 123, 12.3, 1.2. */
const digitsOf = (value: number): number => (value >= 100 ? String(Math.round(value)).length : value >= 10 ? 3 : 2)

const brief = (value: number): string => spokenRounded(value, digitsOf(value))

/** Returns the value in the largest unit in which it is at least 1. */
const scaled = (value: number, units: ReadonlyArray<string>): readonly [number, string] => {
  let size = value
  let index = 0
  // A value that would round up to a whole step gets the next unit.
  while (Math.round(size) >= 1000 && index < units.length - 1) {
    size /= 1000
    index++
  }
  return [size, units[index] ?? ""]
}

/** Formats bytes: `12.3 MB`; 1 MB is 10⁶ bytes. */
export const bytes = (value: number): string => {
  const [size, unit] = scaled(value, ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"])
  return spokenUnit(size, digitsOf(size), unit, unit === "byte" ? "long" : "short")
}

/** Formats seconds with their symbols, which are the same in every language: `3.2 ms`, `1.4 s`. */
export const seconds = (value: number): string => {
  if (value === 0) return "0 ms"
  const [size, unit] = value < 0.001 ? [value * 1_000_000, "µs"] : scaled(value * 1000, ["ms", "s"])
  return `${brief(size)} ${unit}`
}

/** Formats a number or a rate. */
export const count = (value: number): string => (Number.isInteger(value) ? spokenNumber(value) : brief(value))

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
    if (number >= 1) return spokenUnit(number, digitsOf(number), unit, "long")
  }
  return texts.metrics.now.lessThanAMinute
}
