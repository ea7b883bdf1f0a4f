import { Option } from "effect"

const pattern =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:[T ](?<hours>\d{2}):(?<minutes>\d{2})(?::(?<seconds>\d{2})(?:[.,](?<fraction>\d+))?)?\s?(?<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?$/i

const zoneMillis = (zone: string): number => {
  if (zone.toUpperCase() === "Z") return 0
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0")
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (zone.startsWith("-") ? -1 : 1) * minutes * 60_000
}

/**
 * Reads an ISO 8601 date and time as epoch milliseconds, UTC. A time without a zone is UTC, a date alone its midnight in
 * UTC. Dates that no calendar has (30 February, 25 o'clock) are refused, not rolled over as `Date.parse` does.
 */
export const parseInstant = (text: string): Option.Option<number> => {
  const groups = pattern.exec(text.trim())?.groups
  if (groups === undefined) return Option.none()
  const { date = "", hours = "00", minutes = "00", seconds = "00", fraction = "", zone = "Z" } = groups
  const wallClock = `${date}T${hours}:${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}Z`
  const millis = Date.parse(wallClock)
  if (Number.isNaN(millis) || new Date(millis).toISOString() !== wallClock) return Option.none()
  const offset = zoneMillis(zone)
  return Math.abs(offset) > 14 * 3_600_000 ? Option.none() : Option.some(millis - offset)
}

/** Epoch milliseconds as RFC 3339 in UTC, such as `2026-11-23T19:00:00.000Z`. */
export const formatInstant = (millis: number): string => new Date(millis).toISOString()
