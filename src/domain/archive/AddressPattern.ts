import type { ArchiveDate } from "./ArchiveDate.js"

/** Values of the placeholders of an address pattern, by name. */
export type AddressParts = { readonly [name: string]: string | undefined }

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

/** Placeholders that a date provides, under their names in Jekyll, Hexo and Hugo. */
export const datePartsOf = ({ wall }: ArchiveDate): AddressParts => {
  const day = Date.UTC(wall.year, wall.month - 1, wall.day)
  const weekday = new Date(day).getUTCDay()
  const { week, year } = isoWeek(day)
  const yearDay = 1 + Math.round((day - Date.UTC(wall.year, 0, 1)) / dayMillis)
  const month = monthNames[wall.month - 1] ?? ""
  const dayName = dayNames[weekday] ?? ""
  return {
    year: String(wall.year),
    short_year: two(wall.year % 100),
    month: two(wall.month),
    i_month: String(wall.month),
    short_month: month.slice(0, 3),
    long_month: month,
    monthname: month,
    day: two(wall.day),
    i_day: String(wall.day),
    y_day: String(yearDay).padStart(3, "0"),
    yearday: String(yearDay),
    w_year: String(year),
    week: two(week),
    w_day: String(weekday === 0 ? 7 : weekday),
    weekday: String(weekday),
    weekdayname: dayName,
    short_day: dayName.slice(0, 3),
    long_day: dayName,
    hour: two(wall.hour),
    minute: two(wall.minute),
    second: two(wall.second)
  }
}

/**
 * Builds an address from a pattern such as `/:year/:month/:title/`; `undefined` if a placeholder has no value. An empty
 * value omits its slash.
 */
export const addressBy = (pattern: string, parts: AddressParts): string | undefined => {
  let isWhole = true
  // Takes the longest known name: `:title_kebab` is not `:title`, but `:year-` is `:year`.
  const path = pattern.replace(/:([a-z_]+)(?:\[[^\]]*\])?/gi, (whole, name: string) => {
    for (let length = name.length; length > 0; length -= 1) {
      const known = name.slice(0, length)
      if (!Object.hasOwn(parts, known)) continue
      const value = parts[known]
      if (value === undefined) break
      return value + name.slice(length)
    }
    isWhole = false
    return whole
  })
  return isWhole ? `/${path}`.replace(/\/{2,}/g, "/") : undefined
}
