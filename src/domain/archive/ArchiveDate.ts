import { isTimeZone, type TimeZone, timeZone, wallClockAt } from "../TimeZone.js"
import { offsetNamed } from "./ZoneOffset.js"

/** A local date and time. */
export interface WallTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

/** A date and time from a file. */
export interface ArchiveDate {
  /** Epoch milliseconds, UTC. */
  readonly at: number
  /** UTC offset in seconds of the time zone in which it was read. */
  readonly offset: number
  /** The local time, which generators use in addresses. */
  readonly wall: WallTime
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

const monthOf = (name: string): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1

const day = String.raw`(?<year>\d{4})(?<separator>[-/.])(?<month>\d{1,2})\k<separator>(?<day>\d{1,2})`
const compactDay = String.raw`(?<year>(?:19|20)\d{2})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])`
const time = String.raw`(?<hour>\d{1,2})[:h](?<minute>\d{2})(?::(?<second>\d{1,2})(?:[.,](?<fraction>\d+))?)?\s*(?<half>[ap]\.?m\.?)?`
const zone = String.raw`\s*(?<zone>(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|[A-Z][A-Za-z]*\/[A-Za-z_/+-]+|[A-Z]{1,5})?`
// The text after a zone repeats it: Go's `+0200 CEST m=+0.1`, JavaScript's `(Central European Time)`.
const rest = String.raw`\s*(?:[A-Z]{2,5})?(?:\s*m=[+-][\d.]+)?\s*(?:\([^)]*\)|\[[^\]]*\])?`

const forms = [
  // 2016-01-05, 2016-1-5 4:00:00 CDT, 2016/01/05T04:00Z
  new RegExp(`^${day}(?:(?:[T_]|\\s+|,\\s*)${time}${zone}${rest})?$`, "i"),
  new RegExp(`^${compactDay}(?:T?(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})?${zone})?$`, "i"),
  // Tue, 05 Jan 2016 10:00:00 +0000, 5. January 2016
  new RegExp(
    `^(?:[A-Z][a-z]+,?\\s+)?(?<day>\\d{1,2})(?:st|nd|rd|th|\\.)?[\\s-]+(?<monthName>[A-Z][a-z]{2,8})\\.?,?[\\s-]+(?<year>\\d{4})(?:,?\\s+(?:at\\s+)?${time}${zone}${rest})?$`,
    "i"
  ),
  // January 5, 2016 4:00 PM; Tue Jan 05 2016 10:00:00 GMT+0100 (CET)
  new RegExp(
    `^(?:[A-Z][a-z]+,?\\s+)?(?<monthName>[A-Z][a-z]{2,8})\\.?\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})(?:,?\\s+(?:at\\s+)?${time}${zone}${rest})?$`,
    "i"
  ),
  // Mon Jan  5 10:00:00 CET 2016, as `date` prints it
  new RegExp(
    `^(?:[A-Z][a-z]+,?\\s+)(?<monthName>[A-Z][a-z]{2,8})\\.?\\s+(?<day>\\d{1,2})\\s+${time}${zone}\\s+(?<year>\\d{4})$`,
    "i"
  )
]

const hourOf = (hour: string, half: string | undefined): number => {
  if (half === undefined) return Number(hour)
  return (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0)
}

const wallIn = (groups: Record<string, string | undefined>): WallTime => ({
  year: Number(groups.year),
  month: groups.monthName === undefined ? Number(groups.month) : monthOf(groups.monthName),
  day: Number(groups.day),
  hour: hourOf(groups.hour ?? "0", groups.half),
  minute: Number(groups.minute ?? 0),
  // `Date` has no leap seconds.
  second: Math.min(59, Number(groups.second ?? 0)),
  millisecond: Number((groups.fraction ?? "").slice(0, 3).padEnd(3, "0"))
})

/** A local time as epoch milliseconds, as if it were UTC; `undefined` if the date does not exist. */
const asUtc = ({ day, hour, millisecond, minute, month, second, year }: WallTime): number | undefined => {
  const millis = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  const date = new Date(millis)
  // Date.UTC maps years below 100 to the 20th century, and days beyond the end of a month to the next month.
  const isThat = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isThat && hour < 24 && minute < 60 ? millis : undefined
}

const wallAt = (clock: number): WallTime => {
  const date = new Date(clock)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds()
  }
}

/** An instant (epoch milliseconds) in local time of a zone. */
export const dateIn = (at: number, zone: TimeZone): ArchiveDate => {
  const offset = zone.offsetAt(at)
  return { at, offset, wall: wallAt(wallClockAt(at, offset)) }
}

/** The moment of a local time, for a UTC offset in seconds or a time zone; `undefined` if the date does not exist. */
export const dateAt = (wall: WallTime, clock: number | TimeZone): ArchiveDate | undefined => {
  const shown = asUtc(wall)
  if (shown === undefined) return undefined
  if (typeof clock === "number") return { at: shown - clock * 1000, offset: clock, wall }
  const at = clock.instantOf(shown)
  return { at, offset: clock.offsetAt(at), wall }
}

/** The offset or zone that a date names, or the site's zone. */
const clockOf = (text: string, zone: string | undefined, siteZone: TimeZone): number | TimeZone => {
  const offset = zone === undefined ? undefined : offsetNamed(zone.replace(/^(?:GMT|UTC)(?=[+-])/i, ""))
  if (offset !== undefined) return offset
  const name = zone?.includes("/") === true ? zone : /[[(]([A-Za-z_]+\/[A-Za-z_/+-]+)[\])]/.exec(text)?.[1]
  // An unknown abbreviation is most likely the site's own zone.
  return name !== undefined && isTimeZone(name) ? timeZone(name) : siteZone
}

/**
 * Range of numbers that are read as seconds (1973 to 5138); smaller numbers are years and days, larger ones
 * milliseconds.
 */
const epochSeconds = { from: 1e8, until: 1e11 }

/**
 * Parses a date as people and programs write it in front matter: ISO 8601 without zeros (`2016-1-5`) or with one digit
 * of an hour, names of zones and months, the formats of Go, Ruby, JavaScript and RFC 5322, and seconds or milliseconds
 * since 1970. A time without a zone is in `siteZone`; a date alone is its midnight there. `undefined` for texts that
 * are not dates, for days that do not exist, and if the order of day and month is ambiguous.
 */
export const readArchiveDate = (value: unknown, siteZone: TimeZone): ArchiveDate | undefined => {
  if (typeof value === "number" || (typeof value === "string" && /^\d{9,14}$/.test(value.trim()))) {
    const number = Number(value)
    const compact = /^(?:19|20)\d{6}(?:\d{6})?$/.test(String(value).trim())
    if (!compact && Number.isFinite(number) && number >= epochSeconds.from) {
      const at = Math.round(number < epochSeconds.until ? number * 1000 : number)
      return dateIn(at, siteZone)
    }
  }
  if (typeof value !== "string" && typeof value !== "number") return undefined
  const text = String(value).trim().replace(/\s+/g, " ")
  if (text.length > 100) return undefined
  for (const form of forms) {
    const groups = form.exec(text)?.groups
    if (groups === undefined) continue
    return dateAt(wallIn(groups), clockOf(text, groups.zone, siteZone))
  }
  return undefined
}

/** Dates at the beginning of file names, followed by a name or nothing. */
const inName = [
  /^(?<year>\d{4})[-_.](?<month>\d{1,2})[-_.](?<day>\d{1,2})(?:[T_ -](?<hour>[01]\d|2[0-3])[-:.]?(?<minute>[0-5]\d)(?:[-:.]?(?<second>[0-5]\d))?(?=[-_. ]|$))?(?:[-_. ]+(?<name>.*))?$/,
  /^(?<year>(?:19|20)\d{2})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])(?:T?(?<hour>[01]\d|2[0-3])(?<minute>[0-5]\d)(?<second>[0-5]\d)?)?(?:[-_. ]+(?<name>.*))?$/
]

/** The date in a file's name, and the rest of the name. */
export interface DatedName {
  readonly wall?: WallTime
  readonly name: string
}

/** Parses the date that a name begins with, as Jekyll, Hugo, Zola, Eleventy and Obsidian's daily notes write it. */
export const readDatedName = (name: string): DatedName => {
  for (const form of inName) {
    const groups = form.exec(name)?.groups
    if (groups === undefined) continue
    const wall = wallIn(groups)
    return asUtc(wall) === undefined ? { name } : { wall, name: groups.name ?? "" }
  }
  return { name }
}

/** Parses the date in the folders of a path: `2024/01/02/name`, `2024/01-02-name`. */
export const readDatedPath = (path: string): WallTime | undefined => {
  const groups =
    /(?:^|\/)(?<year>(?:19|20)\d{2})\/(?<month>0?[1-9]|1[0-2])[/-](?<day>0?[1-9]|[12]\d|3[01])(?=[/_. -]|$)/.exec(
      path
    )?.groups
  if (groups === undefined) return undefined
  const wall = wallIn(groups)
  return asUtc(wall) === undefined ? undefined : wall
}
