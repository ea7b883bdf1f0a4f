import type { ArchiveDate } from "./ArchiveDate.js"

/** Values of the placeholders of an address pattern, by name. */
export type AddressParts = { readonly [name: string]: string | undefined }

type Wall = ArchiveDate["wall"]

const two = (number: number): string => String(number).padStart(2, "0")

const monthNames = [
  ...["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"],
  "December"
]
const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

const dayMillis = 86_400_000

/** The ISO 8601 week of a day, and the year that the week belongs to. */
const isoWeek = (day: number): { readonly week: number; readonly year: number } => {
  const weekday = (new Date(day).getUTCDay() + 6) % 7
  const thursday = new Date(day + (3 - weekday) * dayMillis)
  const year = thursday.getUTCFullYear()
  return { year, week: 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * dayMillis)) }
}

const dayOf = ({ day, month, year }: Wall): number => Date.UTC(year, month - 1, day)
const weekdayOf = (wall: Wall): number => new Date(dayOf(wall)).getUTCDay()
const yearDayOf = (wall: Wall): number => 1 + Math.round((dayOf(wall) - Date.UTC(wall.year, 0, 1)) / dayMillis)
const monthName = ({ month }: Wall): string => monthNames[month - 1] ?? ""
const dayName = (wall: Wall): string => dayNames[weekdayOf(wall)] ?? ""

/** Placeholders that a date provides, under their names in Jekyll, Hexo and Hugo. A pattern uses few of them. */
const dateParts = new Map<string, (wall: Wall) => string>([
  ["year", ({ year }) => String(year)],
  ["short_year", ({ year }) => two(year % 100)],
  ["month", ({ month }) => two(month)],
  ["i_month", ({ month }) => String(month)],
  ["short_month", (wall) => monthName(wall).slice(0, 3)],
  ["long_month", monthName],
  ["monthname", monthName],
  ["day", ({ day }) => two(day)],
  ["i_day", ({ day }) => String(day)],
  ["y_day", (wall) => String(yearDayOf(wall)).padStart(3, "0")],
  ["yearday", (wall) => String(yearDayOf(wall))],
  ["w_year", (wall) => String(isoWeek(dayOf(wall)).year)],
  ["week", (wall) => two(isoWeek(dayOf(wall)).week)],
  ["w_day", (wall) => String(weekdayOf(wall) || 7)],
  ["weekday", (wall) => String(weekdayOf(wall))],
  ["weekdayname", dayName],
  ["short_day", (wall) => dayName(wall).slice(0, 3)],
  ["long_day", dayName],
  ["hour", ({ hour }) => two(hour)],
  ["minute", ({ minute }) => two(minute)],
  ["second", ({ second }) => two(second)]
])

/**
 * Builds an address from a pattern such as `/:year/:month/:title/` and a date; `undefined` if a placeholder has no value.
 * An empty value omits its slash.
 */
export const addressBy = (pattern: string, parts: AddressParts, date: ArchiveDate | undefined): string | undefined => {
  let isWhole = true
  const valueOf = (known: string): string | undefined =>
    Object.hasOwn(parts, known) ? parts[known] : date && dateParts.get(known)?.(date.wall)
  const isKnown = (name: string): boolean => Object.hasOwn(parts, name) || (date !== undefined && dateParts.has(name))
  // Takes the longest known name: `:title_kebab` is not `:title`, but `:year-` is `:year`.
  const path = pattern.replace(/:([a-z_]+)(?:\[[^\]]*\])?/gi, (whole, name: string) => {
    for (let length = name.length; length > 0; length -= 1) {
      const known = name.slice(0, length)
      if (!isKnown(known)) continue
      const value = valueOf(known)
      if (value === undefined) break
      return value + name.slice(length)
    }
    isWhole = false
    return whole
  })
  return isWhole ? `/${path}`.replace(/\/{2,}/g, "/") : undefined
}
