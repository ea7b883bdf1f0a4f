import { Option } from "effect"
import type { TimeZone } from "./TimeZone.js"

/** An instant, and the UTC offset with which it was written. */
export interface Moment {
  /** Epoch milliseconds, UTC. */
  readonly at: number
  /** Offset from UTC in seconds, positive east of it. Absent if unknown, as in `…Z` and `…-00:00` (RFC 9557 §2.2). */
  readonly offset?: number
}

const pattern =
  /^(?<year>\d{4}|[+-]\d{4,6})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hours>\d{2}):(?<minutes>\d{2})(?::(?<seconds>\d{2})(?:[.,](?<fraction>\d+))?)?\s?(?<zone>Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)?(?:\[[^\]]*\])?)?$/i

/** The largest known offset from UTC is below this: Manila's was -15:56:08 until 1844. */
const furthestOffset = 16 * 3600

/** Parses a UTC offset to seconds; `undefined` if it is not valid. */
const offsetOf = (zone: string): number | undefined => {
  const [hours = 0, minutes = 0, seconds = 0] = (zone.slice(1).match(/\d{2}/g) ?? []).map(Number)
  const offset = hours * 3600 + minutes * 60 + seconds
  if (minutes > 59 || seconds > 59 || offset > furthestOffset) return undefined
  return zone.startsWith("-") ? -offset : offset
}

/** Years outside of 0000 to 9999 have a sign and six digits (ECMAScript, "Expanded years"). */
const yearText = (year: string): string =>
  /^\d{4}$/.test(year) ? year : `${year.slice(0, 1)}${year.slice(1).padStart(6, "0")}`

/** The local time as if it were UTC, in epoch milliseconds; `undefined` if the date or the time does not exist. */
const wallClockOf = (groups: Readonly<Record<string, string | undefined>>): number | undefined => {
  const { day = "", fraction = "", hours = "00", minutes = "00", month = "", seconds = "00", year = "" } = groups
  // `Date` has no leap seconds; the second before keeps the day.
  const second = seconds === "60" ? "59" : seconds
  const rest = `:${minutes}:${second}.${fraction.slice(0, 3).padEnd(3, "0")}Z`
  const isEndOfDay = hours === "24" && /^:00:00\.000Z$/.test(rest)
  const text = `${yearText(year)}-${month}-${day}T${isEndOfDay ? "00" : hours}${rest}`
  const millis = Date.parse(text)
  if (Number.isNaN(millis) || isoText(millis, yearText(year).length) !== text) return undefined
  return isEndOfDay ? millis + 86_400_000 : millis
}

/** `Date` writes the years 0000 to 9999 with four digits, even where six were read. */
const isoText = (millis: number, yearLength: number): string => {
  const text = new Date(millis).toISOString()
  return yearLength === 7 && /^\d/.test(text) ? `+00${text}` : text
}

const isInstant = (millis: number): boolean => Math.abs(millis) <= 8.64e15

/**
 * Parses an ISO 8601 date and time. A time without a zone is in `zone`, and a date alone is the midnight at which it
 * begins there. Offsets may have seconds, years a sign (`-000043` is 44 BC); the 60th second becomes the 59th, and
 * 24:00 is midnight of the next day. Dates that do not exist (30 February, 25 o'clock) are refused, not rolled over as
 * `Date.parse` does. A time zone in brackets (RFC 9557) is ignored, because the offset before it suffices.
 */
export const parseMoment = (text: string, zone: TimeZone): Option.Option<Moment> => {
  const groups = pattern.exec(text.trim())?.groups
  const wallClock = groups === undefined ? undefined : wallClockOf(groups)
  if (wallClock === undefined || !isInstant(wallClock)) return Option.none()
  const given = groups?.zone
  if (given === undefined) {
    const at = zone.instantOf(wallClock)
    return isInstant(at) ? Option.some({ at, offset: zone.offsetAt(at) }) : Option.none()
  }
  const offset = given.toUpperCase() === "Z" ? 0 : offsetOf(given)
  if (offset === undefined || !isInstant(wallClock - offset * 1000)) return Option.none()
  const at = wallClock - offset * 1000
  return Option.some(/^(?:Z|-[0:]+)$/i.test(given) ? { at } : { at, offset })
}

const two = (number: number) => String(number).padStart(2, "0")

/** Formats an offset in seconds as `+01:00`, or `+00:53:28` if it has seconds. */
export const formatOffset = (offset: number): string => {
  const size = Math.abs(offset)
  const seconds = size % 60 === 0 ? "" : `:${two(size % 60)}`
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${seconds}`
}

/** Formats the local date and time without a zone: `2026-11-23T19:00:00.000`. */
const wallClockText = (at: number, offset: number): string => new Date(at + offset * 1000).toISOString().slice(0, -1)

/**
 * Formats a moment as ISO 8601, without loss: `2026-11-12T21:18:16.000-04:00`, or in UTC with `Z` if it has no offset.
 */
export const formatMoment = ({ at, offset }: Moment): string =>
  offset === undefined || !isInstant(at + offset * 1000)
    ? new Date(at).toISOString()
    : `${wallClockText(at, offset)}${formatOffset(offset)}`

/**
 * Formats an instant as RFC 3339 at an offset in seconds; offset 0 is `Z`. RFC 3339 allows no seconds in offsets, so
 * they are cut off and the same instant is written at the whole minute. `undefined` for years outside of RFC 3339.
 */
export const formatRfc3339 = (at: number, offset: number): string | undefined => {
  const minutes = Math.trunc(offset / 60) * 60
  const shown = at + minutes * 1000
  if (!isInstant(shown)) return undefined
  const text = wallClockText(at, minutes)
  return /^\d/.test(text) ? `${text}${minutes === 0 ? "Z" : formatOffset(minutes)}` : undefined
}
