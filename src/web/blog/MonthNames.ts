import type { CalendarMonth } from "../../domain/posts/CalendarMonth.js"
import { localeOf } from "../../texts/Language.js"

/** Names of dates in a language. */
export interface MonthNames {
  /** `November 2026`. */
  readonly month: (month: CalendarMonth) => string
  /** `Nov`. */
  readonly short: (month: number) => string
  /** `30 November`. */
  readonly day: (month: number, day: number) => string
}

const made = new Map<string, MonthNames>()

/** Most languages to keep names of: a site has one, and changes it seldom. */
const mostLanguages = 8

/** Returns the names of dates in a language, and keeps them, because making a format costs more than a page. */
export const monthNames = (language: string): MonthNames => {
  const known = made.get(language)
  if (known !== undefined) return known
  const locale = localeOf(language)
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" })
  const [long, short, day] = [
    format({ year: "numeric", month: "long" }),
    format({ month: "short" }),
    format({ month: "long", day: "numeric" })
  ]
  const names: MonthNames = {
    month: ({ month, year }) => long.format(new Date(0).setUTCFullYear(year, month - 1, 1)),
    short: (month) => short.format(Date.UTC(2024, month - 1, 1)),
    // A leap year, which has every day.
    day: (month, date) => day.format(Date.UTC(2024, month - 1, date))
  }
  if (made.size >= mostLanguages) made.clear()
  made.set(language, names)
  return names
}
