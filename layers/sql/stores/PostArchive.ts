import type { SqlClient } from "@effect/sql"
import { Clock, Effect, Layer, Schema } from "effect"
import { type CalendarMonth, monthAfter, startOfMonth } from "../../../src/domain/posts/CalendarMonth.js"
import { permalinkPath } from "../../../src/domain/posts/Permalink.js"
import { type ListedKind, kinds as listedKinds } from "../../../src/domain/posts/PostKind.js"
import { Slug } from "../../../src/domain/posts/Slug.js"
import { type TimeZone, utc } from "../../../src/domain/TimeZone.js"
import { type MonthCount, PostArchive } from "../../../src/services/PostArchive.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRow, decodeRows } from "../rows/Rows.js"
import { isPublic } from "../rows/Visibility.js"

const Kind = Schema.Literal(...listedKinds)

const countsFrom = decodeRows(Schema.Struct({ kind: Kind, month: Schema.String, count: Schema.Int }))
const movesFrom = decodeRows(Schema.Struct({ place: Schema.Int, kind: Kind, count: Schema.Int }))
const totalsFrom = decodeRows(Schema.Struct({ kind: Kind, count: Schema.Int }))
const lastFrom = decodeRow(Schema.Struct({ last: Schema.NullOr(Schema.Int) }))
const mappedFrom = decodeRows(Schema.Struct({ id: Schema.Int, slug: Slug, kind: Schema.String, changedAt: Schema.Int }))

/** Scheduled posts of lists, which the counts of months include. */
const scheduled = (
  sql: SqlClient.SqlClient,
  now: number
) => sql`posts.status = 'published' AND posts.visibility = 'public'
  AND posts.deleted_at IS NULL AND posts.kind <> 'page' AND posts.published_at > ${now}`

const month = (sql: SqlClient.SqlClient) =>
  sql.onDialectOrElse({
    pg: () => sql`to_char(to_timestamp(least(published_at, 253402300799999) / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM')`,
    orElse: () => sql`strftime('%Y-%m', min(published_at, 253402300799999) / 1000.0, 'unixepoch')`
  })

/** Counts by months of UTC, with scheduled posts as negative counts. */
const monthsOfUtc = (sql: SqlClient.SqlClient, now: number) =>
  sql`SELECT kind, month, count FROM post_months WHERE kind <> 'page' AND count > 0
    UNION ALL SELECT kind, ${month(sql)}, -count(*) FROM posts WHERE ${scheduled(sql, now)} GROUP BY 1, 2`

/** The kind; the plus keeps SQLite from an index that is grouped already but holds every post. */
const ungrouped = (sql: SqlClient.SqlClient) => sql.onDialectOrElse({ pg: () => sql`kind`, orElse: () => sql`+kind` })

/** Keeps SQLite from an index on the time, for posts in the order of their ids. */
const byId = (sql: SqlClient.SqlClient) => sql.onDialectOrElse({ pg: () => sql``, orElse: () => sql`NOT INDEXED` })

/** Numbers of public posts in each of these windows of time, by the place of the window in the list. */
const postsWithin = (sql: SqlClient.SqlClient, windows: ReadonlyArray<readonly [number, number]>, now: number) =>
  sql.onDialectOrElse({
    pg: () => sql`SELECT windows.key - 1 AS place, posts.kind, count(*) AS count
      FROM json_array_elements(${JSON.stringify(windows)}::json) WITH ORDINALITY AS windows (value, key) JOIN posts
        ON posts.published_at >= (windows.value ->> 0)::bigint AND posts.published_at < (windows.value ->> 1)::bigint
      WHERE ${isPublic(sql, now)} AND posts.kind <> 'page' GROUP BY 1, 2`,
    orElse: () => sql`SELECT windows.key AS place, posts.kind, count(*) AS count
      FROM json_each(${JSON.stringify(windows)}) AS windows CROSS JOIN posts
      WHERE ${isPublic(sql, now)} AND posts.kind <> 'page'
        AND posts.published_at >= json_extract(windows.value, '$[0]')
        AND posts.published_at < json_extract(windows.value, '$[1]')
      GROUP BY 1, 2`
  })

const parsed = (text: string): CalendarMonth => ({ year: Number(text.slice(0, 4)), month: Number(text.slice(5)) })
const keyOf = ({ month, year }: CalendarMonth): number => year * 12 + month

/** Counts by kind and month, added up. */
class Tally {
  private readonly counts = new Map<string, MonthCount>()

  add(kind: ListedKind, month: CalendarMonth, count: number): void {
    const key = `${kind} ${keyOf(month)}`
    this.counts.set(key, { kind, ...month, count: count + (this.counts.get(key)?.count ?? 0) })
  }

  /** The months that have posts, newest first. */
  get months(): ReadonlyArray<MonthCount> {
    return [...this.counts.values()].filter(({ count }) => count > 0).toSorted((a, b) => keyOf(b) - keyOf(a))
  }
}

/** A start of a month that differs between the zone and UTC. Posts between the two instants are in another month. */
interface Boundary {
  readonly window: readonly [number, number]
  readonly from: CalendarMonth
  readonly to: CalendarMonth
}

const boundaryOf = (month: CalendarMonth, zone: TimeZone): ReadonlyArray<Boundary> => {
  const here = startOfMonth(month, zone)
  const there = startOfMonth(month, utc)
  const before = monthAfter(month, -1)
  if (here < there) return [{ window: [here, there], from: before, to: month }]
  return here > there ? [{ window: [there, here], from: month, to: before }] : []
}

const boundariesOf = (months: ReadonlyArray<CalendarMonth>, zone: TimeZone): ReadonlyArray<Boundary> => {
  const starts = new Map(months.flatMap((month) => [month, monthAfter(month)]).map((month) => [keyOf(month), month]))
  return [...starts.values()].flatMap((month) => boundaryOf(month, zone))
}

/** Counts from the table `post_months`, which triggers update by months of UTC, corrected for the site's time zone. */
export const layer: Layer.Layer<PostArchive, never, SqlPool> = Layer.effect(
  PostArchive,
  Effect.map(SqlPool, (pool) => {
    const months: PostArchive["Type"]["months"] = (zone) =>
      pool
        .read((sql) =>
          Effect.gen(function* () {
            const now = yield* Clock.currentTimeMillis
            const tally = new Tally()
            const counts = (yield* countsFrom(yield* monthsOfUtc(sql, now))).map((row) => ({
              ...row,
              at: parsed(row.month)
            }))
            // Times outside of the calendar have a month that no calendar has.
            const dated = counts.filter(({ at: { month } }) => month >= 1 && month <= 12)
            for (const { at, count, kind } of dated) tally.add(kind, at, count)
            const boundaries = boundariesOf(
              dated.map(({ at }) => at),
              zone
            )
            if (boundaries.length === 0) return tally.months
            const windows = boundaries.map(({ window }) => window)
            for (const { count, kind, place } of yield* movesFrom(yield* postsWithin(sql, windows, now))) {
              const boundary = boundaries[place]
              if (boundary === undefined) continue
              tally.add(kind, boundary.from, -count)
              tally.add(kind, boundary.to, count)
            }
            return tally.months
          })
        )
        .pipe(Effect.withSpan("PostArchive.months"))

    const kinds = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const rows = yield* pool.read(
        (
          sql
        ) => sql`SELECT kind, sum(count) AS count FROM (SELECT kind, sum(count) AS count FROM post_months GROUP BY kind
            UNION ALL SELECT kind, -count(*) FROM posts WHERE ${scheduled(sql, now)} GROUP BY ${ungrouped(sql)}) AS counts
          WHERE kind <> 'page' GROUP BY kind HAVING sum(count) > 0`
      )
      const counts = new Map((yield* totalsFrom(rows)).map(({ count, kind }) => [kind, count]))
      return new Map(listedKinds.flatMap((kind) => (counts.has(kind) ? [[kind, counts.get(kind) ?? 0] as const] : [])))
    }).pipe(Effect.withSpan("PostArchive.kinds"))

    const lastId = pool
      .read((sql) => sql`SELECT max(id) AS last FROM posts`)
      .pipe(
        Effect.flatMap(lastFrom),
        Effect.map(({ last }) => last ?? 0),
        Effect.withSpan("PostArchive.lastId")
      )

    const mapped: PostArchive["Type"]["mapped"] = Effect.fn("PostArchive.mapped")(function* ({ after, last, limit }) {
      const now = yield* Clock.currentTimeMillis
      const rows = yield* pool.read(
        (
          sql
        ) => sql`SELECT id, slug, CASE WHEN updated_at > published_at THEN updated_at ELSE published_at END AS "changedAt",
            kind
          FROM posts ${byId(sql)} WHERE id > ${after} AND id <= ${last} AND ${isPublic(sql, now)} ORDER BY id LIMIT ${limit}`
      )
      const posts = yield* mappedFrom(rows)
      return {
        posts: posts.map(({ changedAt, kind, slug }) => ({ path: permalinkPath(slug, kind === "page"), changedAt })),
        next: posts.length < limit ? undefined : posts.at(-1)?.id
      }
    })

    return { months, kinds, lastId, mapped }
  })
)
