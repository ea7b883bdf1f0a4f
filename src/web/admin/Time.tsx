import type { JSX } from "preact"
import { formatInstant } from "../../domain/Instant.js"
import type { Site } from "../theme/Site.js"

/** An instant (epoch milliseconds) to the minute, in UTC, for people and for programs. */
export const Time = ({ at, site }: { readonly at: number; readonly site: Site }): JSX.Element => (
  <time dateTime={formatInstant(at)}>{site.formatMinute(at)}</time>
)
