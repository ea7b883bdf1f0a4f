/** Range of ECMAScript dates (ECMA-262 §21.4.1.1). */
const maxMillis = 8.64e15

let second = Number.NaN
let prefix = ""

/**
 * Formats epoch milliseconds as RFC 3339 in UTC, `2026-11-23T19:42:51.123Z`. Caches the second, which most lines share
 * with the one before.
 */
export const timestamp = (instant: number): string => {
  const millis = Math.max(-maxMillis, Math.min(maxMillis, instant)) || 0
  const whole = Math.floor(millis / 1000)
  if (whole !== second) {
    prefix = new Date(whole * 1000).toISOString().slice(0, -4)
    second = whole
  }
  return `${prefix}${String(Math.floor(millis - whole * 1000)).padStart(3, "0")}Z`
}
