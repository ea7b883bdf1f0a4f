import type { JSX } from "preact"
import type { MonthCount } from "../../services/PostArchive.js"
import { spokenNumber, texts } from "../../texts/Texts.js"
import { type MonthNames, monthNames } from "./MonthNames.js"

/** The posts of a year, by month. */
interface Year {
  readonly year: number
  readonly count: number
  /** Number of posts of each month, January first. */
  readonly months: ReadonlyArray<number>
}

/** The years that have posts, newest first. */
export const yearsOf = (counts: ReadonlyArray<MonthCount>): ReadonlyArray<Year> => {
  const years = new Map<number, Array<number>>()
  for (const { count, month, year } of counts) {
    const months = years.get(year) ?? Array.from({ length: 12 }, () => 0)
    months[month - 1] = (months[month - 1] ?? 0) + count
    years.set(year, months)
  }
  return [...years]
    .map(([year, months]) => ({ year, months, count: months.reduce((sum, count) => sum + count, 0) }))
    .toSorted((a, b) => b.year - a.year)
}

/** The address of the archive of a year or of a month. */
export const archivePath = (year: number, month?: number): string =>
  month === undefined ? `/archive/${year}` : `/archive/${year}/${String(month).padStart(2, "0")}`

/** How dark a month is: 0 without posts, up to 4 for the months with most posts. */
const levelOf = (count: number, most: number): number =>
  count === 0 ? 0 : (([0.2, 0.45, 0.75].findIndex((share) => count <= share * most) + 4) % 4) + 1

interface YearProps {
  readonly language: string
  readonly years: ReadonlyArray<Year>
  /** The month that the page shows. */
  readonly current?: { readonly year: number; readonly month?: number }
}

/** Years with their months, and the number of posts of each. */
export const ArchiveYears = ({ current, language, years }: YearProps): JSX.Element => {
  const names = monthNames(language)
  const most = Math.max(0, ...years.flatMap(({ months }) => months))
  return (
    <>
      {years.map((each) => (
        <section class="year" key={each.year} aria-labelledby={`y${each.year}`}>
          <h2 id={`y${each.year}`}>
            <a href={archivePath(each.year)}>{each.year}</a> <span class="count">{texts.blog.posts(each.count)}</span>
          </h2>
          <ol class="months">
            {each.months.map((count, place) => (
              <Month
                key={place}
                year={each.year}
                month={place + 1}
                count={count}
                level={levelOf(count, most)}
                names={names}
                isCurrent={current?.year === each.year && current.month === place + 1}
              />
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

interface MonthProps {
  readonly year: number
  readonly month: number
  readonly count: number
  readonly level: number
  readonly names: MonthNames
  readonly isCurrent: boolean
}

const Month = ({ count, isCurrent, level, month, names, year }: MonthProps): JSX.Element => (
  <li class={`l${level}`}>
    {count === 0 ? (
      <span aria-hidden="true">{names.short(month)}</span>
    ) : (
      <a href={archivePath(year, month)} {...(isCurrent && { "aria-current": "page" as const })}>
        <span aria-hidden="true">{names.short(month)}</span>
        <span class="unseen">{`${names.month({ year, month })}, ${texts.blog.posts(count)}`}</span>
        <b aria-hidden="true">{spokenNumber(count)}</b>
      </a>
    )}
  </li>
)
