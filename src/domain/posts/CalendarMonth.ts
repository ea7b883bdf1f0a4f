import type { TimeZone } from "../TimeZone.js"

/** A month of the calendar. */
export interface CalendarMonth {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
}

/** Start of a month (or of a day in it) as a local time, as if it were UTC. Years below 100 are years of the first century. */
const wallClockOf = (year: number, month: number, day = 1): number => new Date(0).setUTCFullYear(year, month - 1, day)

/** The month after, or `steps` months after. */
export const monthAfter = ({ month, year }: CalendarMonth, steps = 1): CalendarMonth => {
  const count = year * 12 + month - 1 + steps
  return { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 }
}

/** The instant at which a month begins in a time zone. */
export const startOfMonth = ({ month, year }: CalendarMonth, zone: TimeZone): number =>
  zone.instantOf(wallClockOf(year, month))

/** The instants between which a year lies in a time zone: from `since`, before `until`. */
export const yearSpan = (year: number, zone: TimeZone): Span => ({
  since: zone.instantOf(wallClockOf(year, 1)),
  until: zone.instantOf(wallClockOf(year + 1, 1))
})

/** From `since`, before `until`, in epoch milliseconds. */
export interface Span {
  readonly since: number
  readonly until: number
}

/** The instants between which a month lies in a time zone. */
export const monthSpan = (month: CalendarMonth, zone: TimeZone): Span => ({
  since: startOfMonth(month, zone),
  until: startOfMonth(monthAfter(month), zone)
})

/** The instants between which a day lies in a time zone; `undefined` if the month has no such day in this year. */
export const daySpan = (year: number, month: number, day: number, zone: TimeZone): Span | undefined => {
  const start = wallClockOf(year, month, day)
  if (new Date(start).getUTCMonth() !== month - 1) return undefined
  return { since: zone.instantOf(start), until: zone.instantOf(wallClockOf(year, month, day + 1)) }
}

/** The month of an instant in a time zone. */
export const monthOf = (instant: number, zone: TimeZone): CalendarMonth => {
  const date = new Date(instant + zone.offsetAt(instant) * 1000)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 }
}
