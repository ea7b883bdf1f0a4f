import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import type { JSX } from "preact"
import { monthSpan, yearSpan } from "../../domain/posts/CalendarMonth.js"
import { kindPaths } from "../../domain/posts/KindList.js"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { kinds } from "../../domain/posts/PostKind.js"
import { PageNotFound } from "../../errors/Address.js"
import { type MonthCount, PostArchive } from "../../services/PostArchive.js"
import { type PostPage, Posts } from "../../services/Posts.js"
import { spokenNumber, texts } from "../../texts/Texts.js"
import { revalidated } from "../http/Revalidation.js"
import { publicPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { Layout } from "../theme/Layout.js"
import { pageResponse } from "../theme/Page.js"
import { Pagination } from "../theme/Pagination.js"
import { type Site, site } from "../theme/Site.js"
import { ArchiveYears, archivePath, yearsOf } from "./ArchiveYears.js"
import { elsewhere } from "./Elsewhere.js"
import { byMonth } from "./MonthGroups.js"
import { monthNames } from "./MonthNames.js"
import { here, neighbours, type PageRange, pageRange } from "./PageCursor.js"
import { PostLines } from "./PostLines.js"
import { revisionTag } from "./RevisionTag.js"

/** Number of lines on one page. */
const pageSize = 100

/** Reads a year or month of an address: `2026`, `11`; `undefined` for others. */
const numberIn = (text: string | undefined, most: number): number | undefined => {
  const number = /^\d{1,4}$/.test(text ?? "") ? Number(text) : 0
  return number >= 1 && number <= most ? number : undefined
}

/** The archive: years and months with their numbers of posts, and the posts of each year and month. */
export const archive = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const posts = yield* Posts
    const counts = yield* PostArchive
    const entityTag = yield* revisionTag
    const movedHere = yield* elsewhere

    yield* routes.add(
      publicPage,
      "GET",
      "/archive",
      Effect.gen(function* () {
        return yield* revalidated(
          yield* entityTag(),
          Effect.gen(function* () {
            const about = yield* site
            const months = yield* counts.months(about.zone)
            const [newest] = months
            if (newest === undefined) return yield* new PageNotFound()
            const page = yield* posts.overview({ ...monthSpan(newest, about.zone), limit: pageSize })
            return pageResponse(<ArchivePage {...{ months, newest, page }} site={about} />)
          })
        )
      }).pipe(Effect.catchTag("PageNotFound", () => movedHere))
    )

    const period = (hasMonth: boolean) =>
      Effect.gen(function* () {
        const given = yield* HttpLayerRouter.params
        const year = numberIn(given.year, 9999)
        const month = hasMonth ? numberIn(given.month, 12) : undefined
        if (year === undefined || (hasMonth && month === undefined)) return yield* new PageNotFound()
        const path = archivePath(year, month)
        const givenPath = `/archive/${given.year}${hasMonth ? `/${given.month}` : ""}`
        if (givenPath !== path) return HttpServerResponse.redirect(path, { status: 301 })
        const range = yield* pageRange
        return yield* revalidated(
          yield* entityTag(),
          Effect.gen(function* () {
            const about = yield* site
            const span = month === undefined ? yearSpan(year, about.zone) : monthSpan({ year, month }, about.zone)
            const page = yield* posts.overview({ ...range, ...span, limit: pageSize })
            if (page.posts.length === 0 && !page.hasNewer && !page.hasOlder) return yield* new PageNotFound()
            const months = (yield* counts.months(about.zone)).filter((each) => each.year === year)
            return pageResponse(<PeriodPage {...{ months, page, range, year, month }} site={about} />)
          })
        )
      }).pipe(Effect.catchTag("PageNotFound", () => movedHere))

    yield* routes.add(publicPage, "GET", "/archive/:year", period(false))
    yield* routes.add(publicPage, "GET", "/archive/:year/:month", period(true))
  })
)

interface ArchiveProps {
  readonly months: ReadonlyArray<MonthCount>
  readonly newest: MonthCount
  /** The posts of the newest month. */
  readonly page: PostPage<ListedPost>
  readonly site: Site
}

const ArchivePage = ({ months, newest, page, site }: ArchiveProps): JSX.Element => {
  const names = monthNames(site.language)
  const total = months.reduce((sum, { count }) => sum + count, 0)
  const first = months.at(-1)
  const path = archivePath(newest.year, newest.month)
  return (
    <Layout site={site} title={texts.blog.archive} canonical={`${site.url}/archive`}>
      <header class="page-head">
        <h1>{texts.blog.archive}</h1>
        <p class="meta">
          <span>
            {first !== undefined && texts.blog.since({ posts: texts.blog.posts(total), month: names.month(first) })}
          </span>{" "}
          <a href="/on-this-day">{texts.blog.onThisDay}</a>
        </p>
        <Kinds months={months} />
      </header>
      <ArchiveYears years={yearsOf(months)} language={site.language} />
      <section class="lines-of" aria-labelledby="newest">
        <h2 id="newest">
          <a href={path}>{names.month(newest)}</a>
        </h2>
        <PostLines posts={page.posts} site={site} />
      </section>
      <Pagination {...neighbours(`${site.url}${path}`, page)} />
    </Layout>
  )
}

const Kinds = ({ months }: { readonly months: ReadonlyArray<MonthCount> }) => {
  const sums = new Map<string, number>()
  for (const { count, kind } of months) sums.set(kind, count + (sums.get(kind) ?? 0))
  const used = kinds.filter((kind) => sums.has(kind))
  return used.length < 2 ? null : (
    <ul class="chips" aria-label={texts.blog.kinds}>
      <li>
        <a class="chip" aria-current="page" href="/archive">
          {texts.blog.all}
        </a>
      </li>
      {used.map((kind) => (
        <li key={kind}>
          <a class="chip" href={kindPaths[kind]}>
            {texts.theme.kindLists[kind]} <span>{spokenNumber(sums.get(kind) ?? 0)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

interface PeriodProps {
  readonly months: ReadonlyArray<MonthCount>
  readonly page: PostPage<ListedPost>
  readonly range: PageRange
  readonly site: Site
  readonly year: number
  readonly month: number | undefined
}

const PeriodPage = ({ month, months, page, range, site, year }: PeriodProps): JSX.Element => {
  const names = monthNames(site.language)
  const list = `${site.url}${archivePath(year, month)}`
  const title = month === undefined ? String(year) : names.month({ year, month })
  const counted = months.filter((each) => month === undefined || each.month === month)
  const count = counted.reduce((sum, each) => sum + each.count, 0)
  const current = month === undefined ? { year } : { year, month }
  return (
    <Layout site={site} title={title} canonical={here(list, range)} section="/archive" {...neighbours(list, page)}>
      <header class="page-head">
        <h1>{title}</h1>
        <p class="meta">
          <span>{texts.blog.posts(count)}</span> {month !== undefined && <a href={archivePath(year)}>{year}</a>}{" "}
          <a href="/archive">{texts.blog.archive}</a>
        </p>
      </header>
      <ArchiveYears years={yearsOf(months)} language={site.language} current={current} />
      {byMonth(page.posts, site).map(({ key, posts, ...group }) => (
        <section class="lines-of" key={key} aria-labelledby={`m${key}`}>
          <h2 id={`m${key}`}>{names.month(group)}</h2>
          <PostLines posts={posts} site={site} />
        </section>
      ))}
      <Pagination {...neighbours(list, page)} />
    </Layout>
  )
}
