/** A time zone: how far its clocks are from UTC, now and at any other time. */
export interface TimeZone {
  /** As in the IANA database: `Europe/Berlin`. */
  readonly name: string
  /** Seconds that its clocks are ahead of UTC at an instant (epoch milliseconds); negative where they are behind. */
  readonly offsetAt: (instant: number) => number
  /**
   * The instant at which its clocks show a time, which is given as if it were UTC (epoch milliseconds). A time that
   * clocks skip in spring moves forward by as much as they do; of a time that they show twice in autumn, it is the first.
   * RFC 5545 (§3.3.5) and `Temporal` read such times the same way.
   */
  readonly instantOf: (wallClock: number) => number
}

const day = 86_400_000

/** Times of this many milliseconds around 1970 are those that `Date` has. */
const furthest = 8.64e15

/** The instant itself, or the nearest that `Date` has. */
const within = (instant: number): number => Math.max(-furthest, Math.min(furthest, instant))

/** What a clock shows at an instant, as if it were UTC (epoch milliseconds); `offset` in seconds. */
export const wallClockAt = (instant: number, offset: number): number => within(instant + offset * 1000)

/** `GMT`, `GMT+01:00`, and `GMT+00:53:28` for the years when each town had its own time. */
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

/** Whether there is a time zone of this name, in upper and lower case. Bare offsets such as `+01:00` are none. */
export const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== ""
  } catch {
    return false
  }
}

const zones = new Map<string, TimeZone>([["UTC", utc]])

/** The time zone of a name, for which `isTimeZone` must hold. */
export const timeZone = (name: string): TimeZone => {
  const known = zones.get(name)
  if (known !== undefined) return known
  const zone = named(name)
  zones.set(name, zone)
  return zone
}
