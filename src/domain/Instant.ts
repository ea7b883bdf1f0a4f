import { Option } from "effect"
import { parseMoment } from "./Moment.js"
import { utc } from "./TimeZone.js"

/** Parses an ISO 8601 date and time to epoch milliseconds, as `parseMoment` does; without a zone it is UTC. */
export const parseInstant = (text: string): Option.Option<number> => Option.map(parseMoment(text, utc), ({ at }) => at)

/** Formats epoch milliseconds as RFC 3339 in UTC, such as `2026-11-23T19:00:00.000Z`. */
export const formatInstant = (millis: number): string => new Date(millis).toISOString()
