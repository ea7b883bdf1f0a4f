import type { ComponentChildren, JSX } from "preact"
import { formatMoment, formatRfc3339 } from "../../domain/Moment.js"
import { wallClockAt } from "../../domain/TimeZone.js"
import type { Site } from "./Site.js"

/** Properties of an instant on a page. */
export interface TimeProps {
  /** Epoch milliseconds. */
  readonly at: number
  /** UTC offset in seconds with which it is shown; the site's time zone when absent. */
  readonly offset?: number | undefined
  readonly site: Site
  /** `minute`, with the zone, when absent; `clock` is the time of the day only. */
  readonly form?: "day" | "minute" | "clock"
  readonly class?: string
  /** Replaces the formatted time. */
  readonly children?: ComponentChildren
}

/**
 * An instant for people, and with its offset for programs. HTML's `time` supports the years 0001 to 9999 only; others
 * are in `data`, which parsers of microformats read as well.
 */
export const Time = ({ at, children, form = "minute", site, ...props }: TimeProps): JSX.Element => {
  const offset = props.offset ?? site.zone.offsetAt(at)
  const machine = formatRfc3339(at, offset)
  const kind = props.class === undefined ? {} : { class: props.class }
  const spoken = children ?? spokenIn(form, at, offset, site)
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

const spokenIn = (form: NonNullable<TimeProps["form"]>, at: number, offset: number, site: Site): string => {
  if (form === "clock") return site.formatHour(wallClockAt(at, offset))
  return form === "day" ? site.formatDay(at, offset) : site.formatMinute(at, offset)
}
