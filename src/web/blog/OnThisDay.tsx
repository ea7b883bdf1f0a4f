import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Clock, Effect } from "effect"
import type { JSX } from "preact"
import { daySpan } from "../../domain/posts/CalendarMonth.js"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { PageNotFound } from "../../errors/Address.js"
import { PostArchive } from "../../services/PostArchive.js"
import { Posts } from "../../services/Posts.js"
import { texts } from "../../texts/Texts.js"
import { revalidated } from "../http/Revalidation.js"
import { publicPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { Layout } from "../theme/Layout.js"
import { pageResponse } from "../theme/Page.js"
import { type Site, site } from "../theme/Site.js"
import { archivePath } from "./ArchiveYears.js"
import { monthNames } from "./MonthNames.js"
import { PostLines } from "./PostLines.js"
import { revisionTag } from "./RevisionTag.js"

/** Number of posts of one year; the month has the others. */
const mostPosts = 50

/** A day of any year. */
interface CalendarDay {
  readonly month: number
  readonly day: number
}

const twoDigits = (number: number): string => String(number).padStart(2, "0")

const pathOfDay = ({ day, month }: CalendarDay): string => `/on-this-day/${twoDigits(month)}-${twoDigits(day)}`

/** A day as an instant of a leap year, which has every day. */
const inLeapYear = ({ day, month }: CalendarDay): Date => new Date(Date.UTC(2024, month - 1, day))

const dayOf = (date: Date): CalendarDay => ({ month: date.getUTCMonth() + 1, day: date.getUTCDate() })

/** Reads `11-30`; `undefined` for days that no year has. */
const parsedDay = (text: string | undefined): CalendarDay | undefined => {
  const { day, month } = /^(?<month>\d\d)-(?<day>\d\d)$/.exec(text ?? "")?.groups ?? {}
  const given = { month: Number(month), day: Number(day) }
  const known = dayOf(inLeapYear(given))
  return known.month === given.month && known.day === given.day ? given : undefined
}

/**
 * The posts of a day in all years, at an address that names the day, so that caches can keep it; and a redirect to the
 * present day in the site's time zone.
 */
export const onThisDay = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const posts = yield* Posts
    const counts = yield* PostArchive
    const entityTag = yield* revisionTag

    yield* routes.add(
      publicPage,
      "GET",
      "/on-this-day",
      Effect.gen(function* () {
        const { zone } = yield* site
        const now = yield* Clock.currentTimeMillis
        return HttpServerResponse.redirect(pathOfDay(dayOf(new Date(now + zone.offsetAt(now) * 1000))), {
          status: 302,
          headers: { "cache-control": "no-store" }
        })
      })
    )

    yield* routes.add(
      publicPage,
      "GET",
      "/on-this-day/:day",
      Effect.gen(function* () {
        const day = parsedDay((yield* HttpLayerRouter.params).day)
        if (day === undefined) return yield* new PageNotFound()
        return yield* revalidated(
          yield* entityTag(),
          Effect.gen(function* () {
            const about = yield* site
            const months = yield* counts.months(about.zone)
            const years = [...new Set(months.filter(({ month }) => month === day.month).map(({ year }) => year))]
            const spans = years.flatMap((year) => {
              const span = daySpan(year, day.month, day.day, about.zone)
              return span === undefined ? [] : [{ year, span }]
            })
            const found = yield* Effect.forEach(spans, ({ span, year }) =>
              Effect.map(posts.overview({ ...span, limit: mostPosts }), (page) => ({ year, ...page }))
            )
            return pageResponse(<DayPage day={day} years={found.filter(hasPosts)} site={about} />)
          })
        )
      })
    )
  })
)

interface YearOfDay {
  readonly year: number
  readonly posts: ReadonlyArray<ListedPost>
  readonly hasOlder?: boolean
}

const hasPosts = ({ posts }: YearOfDay): boolean => posts.length > 0

const DayPage = ({
  day,
  site,
  years
}: {
  readonly day: CalendarDay
  readonly site: Site
  readonly years: ReadonlyArray<YearOfDay>
}): JSX.Element => {
  const names = monthNames(site.language)
  const spoken = (one: CalendarDay) => names.day(one.month, one.day)
  const [before, after] = [-1, 1].map((step) => dayOf(new Date(inLeapYear(day).getTime() + step * 86_400_000)))
  return (
    <Layout
      site={site}
      title={`${texts.blog.onThisDay}: ${spoken(day)}`}
      {...(years.length > 0 && { canonical: `${site.url}${pathOfDay(day)}` })}
    >
      <header class="page-head">
        <h1>{texts.blog.onThisDay}</h1>
        <p class="meta">
          <span>{spoken(day)}</span> <a href="/archive">{texts.blog.archive}</a>
        </p>
      </header>
      {years.length === 0 && <p>{texts.blog.emptyDay({ day: spoken(day) })}</p>}
      {years.map(({ hasOlder, posts, year }) => (
        <section class="lines-of" key={year} aria-labelledby={`y${year}`}>
          <h2 id={`y${year}`}>{year}</h2>
          <PostLines posts={posts} site={site} />
          {hasOlder === true && (
            <p>
              <a href={archivePath(year, day.month)}>{texts.blog.wholeMonth}</a>
            </p>
          )}
        </section>
      ))}
      <nav class="pager" aria-label={texts.blog.days}>
        {before !== undefined && (
          <a class="newer" href={pathOfDay(before)}>
            <span>{texts.blog.dayBefore}</span> <span>{spoken(before)}</span>
          </a>
        )}
        {after !== undefined && (
          <a class="older" href={pathOfDay(after)}>
            <span>{texts.blog.dayAfter}</span> <span>{spoken(after)}</span>
          </a>
        )}
      </nav>
    </Layout>
  )
}
