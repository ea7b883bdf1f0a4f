import { type TimeZone, wallClockAt } from "../TimeZone.js"

const dayMillis = 86_400_000

/** A day of the calendar: the number of days since 1 January 1970. */
export type ViewDay = number

/** The day of an instant (epoch milliseconds) in a time zone. */
export const viewDayAt = (instant: number, zone: TimeZone): ViewDay =>
  Math.floor(wallClockAt(instant, zone.offsetAt(instant)) / dayMillis)

/** The begin of a day as a local time, given as if it were UTC. Epoch milliseconds. */
export const startOfViewDay = (day: ViewDay): number => day * dayMillis

/** Formats a day: `2026-11-30`. */
export const formatViewDay = (day: ViewDay): string => new Date(startOfViewDay(day)).toISOString().slice(0, 10)

/** Reads a day that `formatViewDay` has written. */
export const parseViewDay = (text: string): ViewDay | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const start = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(start)) return undefined
  const day = Math.floor(start / dayMillis)
  // `2026-02-30` is the second of March for some readers.
  return formatViewDay(day) === text ? day : undefined
}
