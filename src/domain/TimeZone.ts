/** A time zone with its offsets from UTC over time. */
export interface TimeZone {
  /** Name in the IANA database: `Europe/Berlin`. */
  readonly name: string
  /** Offset from UTC in seconds at an instant (epoch milliseconds), positive east of it. */
  readonly offsetAt: (instant: number) => number
  /**
   * The instant of a local time, which is given as if it were UTC (epoch milliseconds). A time in a gap (clocks go
   * forward) moves forward by the length of the gap; of a time that occurs twice (clocks go back), the first is taken,
   * as in RFC 5545 (§3.3.5) and `Temporal`.
   */
  readonly instantOf: (wallClock: number) => number
}

const day = 86_400_000

/** Range of `Date` in milliseconds around 1970. */
const furthest = 8.64e15

/** Clamps an instant to the range of `Date`. */
const within = (instant: number): number => Math.max(-furthest, Math.min(furthest, instant))

/** The local time at an instant, as if it were UTC (epoch milliseconds); `offset` in seconds. */
export const wallClockAt = (instant: number, offset: number): number => within(instant + offset * 1000)

/** Matches `GMT`, `GMT+01:00`, and `GMT+00:53:28` of years with local mean time. */
const longOffset = /GMT(?:(?<sign>[+-])(?<hours>\d{2}):(?<minutes>\d{2})(?::(?<seconds>\d{2}))?)?$/

const named = (name: string): TimeZone => {
  const format = new Intl.DateTimeFormat("en", { timeZone: name, timeZoneName: "longOffset" })
  const offsetAt = (instant: number): number => {
    const { hours = "0", minutes = "0", seconds = "0", sign } = longOffset.exec(format.format(instant))?.groups ?? {}
    return (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))
  }
  return {
    name,
    offsetAt,
    instantOf: (wallClock) => {
      const before = offsetAt(within(wallClock - day))
      const after = offsetAt(within(wallClock + day))
      const readings = [before, after].map((offset) => ({ instant: wallClock - offset * 1000, offset }))
      const shown = readings.filter(({ instant, offset }) => offsetAt(within(instant)) === offset)
      return shown.length > 0 ? Math.min(...shown.map(({ instant }) => instant)) : wallClock - before * 1000
    }
  }
}

/** Coordinated Universal Time. */
export const utc: TimeZone = { name: "UTC", offsetAt: () => 0, instantOf: (wallClock) => wallClock }

/** Returns whether a time zone of this name exists, ignoring case. False for bare offsets such as `+01:00`. */
export const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== ""
  } catch {
    return false
  }
}

const zones = new Map<string, TimeZone>([["UTC", utc]])

/** Returns the time zone of a name for which `isTimeZone` holds. */
export const timeZone = (name: string): TimeZone => {
  const known = zones.get(name)
  if (known !== undefined) return known
  const zone = named(name)
  zones.set(name, zone)
  return zone
}
