import type { JSX } from "preact"
import { memoized } from "../../domain/Memo.js"
import { formatRfc3339 } from "../../domain/Moment.js"
import { wallClockAt } from "../../domain/TimeZone.js"
import { localeOf } from "../../texts/Language.js"
import type { EntryView } from "./EntryView.js"
import type { Site } from "./Site.js"

const weekdays = memoized(
  (language) => new Intl.DateTimeFormat(localeOf(language), { weekday: "long", timeZone: "UTC" })
)
const dates = memoized(
  (language) => new Intl.DateTimeFormat(localeOf(language), { dateStyle: "long", timeZone: "UTC" })
)

const millis = 86_400_000

/** A day of its author's calendar: days since 1970. */
export const dayOf = ({ publishedAt, publishedOffset }: Pick<EntryView, "publishedAt" | "publishedOffset">): number =>
  Math.floor(wallClockAt(publishedAt, publishedOffset) / millis)

/** The date of a post in full: `28 November 2026`. */
export const dateOf = (day: number, site: Site): string =>
  day * millis < firstYear ? site.formatDay(day * millis, 0) : dates(site.language).format(day * millis)

/** The start of the year 1; `Intl` leaves out the era in these forms. */
const firstYear = Date.parse("0001-01-01T00:00:00Z")

/** The heading of a day in a list. */
export const DayHeading = ({
  day,
  id,
  site
}: {
  readonly day: number
  readonly id: string
  readonly site: Site
}): JSX.Element => {
  const machine = formatRfc3339(day * millis, 0)
  const words = (
    <>
      <b>{weekdays(site.language).format(day * millis)}</b> <span>{dateOf(day, site)}</span>
    </>
  )
  return (
    <h2 class="day-date" id={id}>
      {machine === undefined || machine.startsWith("0000") ? (
        words
      ) : (
        <time datetime={machine.slice(0, 10)}>{words}</time>
      )}
    </h2>
  )
}
