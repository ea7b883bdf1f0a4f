import { monthAfter } from "../../domain/posts/CalendarMonth.js"
import { startOfViewDay, type ViewDay } from "../../domain/views/ViewDay.js"
import type { ViewSpan } from "../../services/PostViews.js"
import { monthNames } from "../blog/MonthNames.js"
import type { Site } from "../theme/Site.js"

/** What a page of views covers: the last 30 days, or the last twelve months. */
export type Period = "days" | "months"

/** A bar of the chart, and a row of the table. */
export interface Bar {
  /** The day or the month in words. */
  readonly label: string
  readonly count: number
}

const monthOfDay = (day: ViewDay) => {
  const date = new Date(startOfViewDay(day))
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 }
}

const keyOf = ({ month, year }: { readonly month: number; readonly year: number }): number => year * 12 + month

/** The days that a period covers, until today. */
export const spanOf = (period: Period, today: ViewDay): ViewSpan => {
  if (period === "days") return { from: today - 29, to: today }
  const { month, year } = monthAfter(monthOfDay(today), -11)
  return { from: Date.UTC(year, month - 1, 1) / 86_400_000, to: today }
}

/** The bars of a period, oldest first. */
export const barsOf = (
  period: Period,
  today: ViewDay,
  counts: ReadonlyMap<ViewDay, number>,
  site: Pick<Site, "formatDay" | "language">
): ReadonlyArray<Bar> => {
  if (period === "days") {
    const { from } = spanOf(period, today)
    return Array.from({ length: 30 }, (_, place) => ({
      label: site.formatDay(startOfViewDay(from + place), 0),
      count: counts.get(from + place) ?? 0
    }))
  }
  const sums = new Map<number, number>()
  for (const [day, count] of counts) {
    const key = keyOf(monthOfDay(day))
    sums.set(key, (sums.get(key) ?? 0) + count)
  }
  const names = monthNames(site.language)
  return Array.from({ length: 12 }, (_, place) => {
    const month = monthAfter(monthOfDay(today), place - 11)
    return { label: names.month(month), count: sums.get(keyOf(month)) ?? 0 }
  })
}
