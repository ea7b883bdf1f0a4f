import type { JSX } from "preact"
import { formatMoment, formatRfc3339 } from "../../domain/Moment.js"
import type { Site } from "./Site.js"

/** Properties of an instant on a page. */
export interface TimeProps {
  /** Epoch milliseconds. */
  readonly at: number
  /** UTC offset in seconds with which it is shown; the site's time zone when absent. */
  readonly offset?: number | undefined
  readonly site: Site
  /** `minute`, with the zone, when absent. */
  readonly form?: "day" | "minute"
  readonly class?: string
}

/**
 * An instant for people, and with its offset for programs. HTML's `time` supports the years 0001 to 9999 only; others
 * are in `data`, which parsers of microformats read as well.
 */
export const Time = ({ at, form = "minute", site, ...props }: TimeProps): JSX.Element => {
  const offset = props.offset ?? site.zone.offsetAt(at)
  const machine = formatRfc3339(at, offset)
  const kind = props.class === undefined ? {} : { class: props.class }
  const spoken = form === "day" ? site.formatDay(at, offset) : site.formatMinute(at, offset)
  return machine === undefined || machine.startsWith("0000") ? (
    <data {...kind} value={formatMoment({ at, offset })}>
      {spoken}
    </data>
  ) : (
    <time {...kind} datetime={machine}>
      {spoken}
    </time>
  )
}
