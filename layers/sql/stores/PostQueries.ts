import type { SqlClient, Statement } from "@effect/sql"
import { Clock, Effect, Option, Schema } from "effect"
import type { Slug } from "../../../src/domain/posts/Slug.js"
import type { PostFilter, PostRange, Posts, TagCount } from "../../../src/services/Posts.js"
import type { Renderer } from "../../../src/services/Renderer.js"
import type { SqlPool } from "../../../src/services/SqlPool.js"
import { fedColumns, listedColumns, listedFrom, postColumns, postsFrom, postTables } from "../rows/PostRow.js"
import { decodeRow, decodeRows } from "../rows/Rows.js"
import { isPublic } from "../rows/Visibility.js"
import { isOwned } from "./PostFilter.js"
import { isSelected, listing, type Selection } from "./PostListing.js"
import * as PostRenderings from "./PostRenderings.js"

const LabelCount = Schema.Struct({
  tag: Schema.String,
  label: Schema.String,
  count: Schema.Int,
  newestAt: Schema.Int
})

const labelCountsFrom = decodeRows(LabelCount)

/** Sums the counts of a tag under its first label, most used tags first. */
const summed = (labels: ReadonlyArray<typeof LabelCount.Type>): ReadonlyArray<TagCount> => {
  const counts = new Map<string, TagCount>()
  for (const { count, label, tag } of labels) {
    const known = counts.get(tag)
    counts.set(tag, { tag, label: known?.label ?? label, count: count + (known?.count ?? 0) })
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1))
}

const countsFrom = decodeRow(Schema.Struct({ draft: Schema.Int, scheduled: Schema.Int, deleted: Schema.Int }))

const revisionFrom = decodeRow(
  Schema.Struct({
    changes: Schema.NullOr(Schema.Int),
    publishedAt: Schema.NullOr(Schema.Int)
  })
)

/** Complete posts, up to 2 MiB per page: fifty articles of 40 KiB. */
const whole = { columns: postColumns, decode: postsFrom, most: 2_097_152 } satisfies Selection<unknown>

/** Posts of a feed, up to 512 KiB: fifty of 10 KiB. Readers fetch it every hour, and some limit its size. */
const fed = { ...whole, columns: fedColumns, most: 524_288 } satisfies Selection<unknown>

/** The parts of posts that pages show. */
const listed = { columns: listedColumns, decode: listedFrom } satisfies Selection<unknown>

/** Reads a post by its id; an empty list if there is none. */
export const storedById = (sql: SqlClient.SqlClient, id: number) =>
  Effect.flatMap(sql`SELECT ${postColumns(sql)} FROM ${postTables(sql)} WHERE posts.id = ${id}`, postsFrom)

/** Condition for public posts that a list selects, up to a time. */
const isListed =
  (sql: SqlClient.SqlClient, now: number, range: PostRange, withPages = false) =>
  (until: number): Statement.Fragment =>
    sql.and([
      isPublic(sql, Math.min(now, until, (range.until ?? Number.POSITIVE_INFINITY) - 1)),
      isSelected(sql, range, withPages)
    ])

type Queries = Pick<
  Posts["Type"],
  "bySlug" | "byId" | "listPublic" | "overview" | "listOwned" | "overviewOwned" | "counts" | "tags" | "revision"
>

/** The methods of `Posts` that read: single posts, lists and counts. */
export const queriesOf = (pool: SqlPool["Type"], renderer: Renderer["Type"]): Queries => {
  const completed = PostRenderings.completed(renderer)
  const completedListed = PostRenderings.completedListed(renderer)

  const bySlug = Effect.fn("Posts.bySlug")(function* (slug: Slug) {
    const rows = yield* pool.read(
      (sql) => sql`SELECT ${postColumns(sql)} FROM ${postTables(sql)}
        WHERE posts.slug = ${slug} OR posts.id = (SELECT post_id FROM post_slugs WHERE slug = ${slug})`
    )
    return Option.fromNullable((yield* completed(yield* postsFrom(rows)))[0])
  })

  const byId = Effect.fn("Posts.byId")(function* (id: number) {
    return Option.fromNullable((yield* completed(yield* pool.read((sql) => storedById(sql, id))))[0])
  })

  const listPublic = Effect.fn("Posts.listPublic")(function* (range: PostRange) {
    const now = yield* Clock.currentTimeMillis
    const page = yield* pool.read((sql) => listing(sql, fed, isListed(sql, now, range), range))
    return { ...page, posts: yield* completed(page.posts) }
  })

  const overview = Effect.fn("Posts.overview")(function* (range: PostRange) {
    const now = yield* Clock.currentTimeMillis
    const visible = (sql: SqlClient.SqlClient) => isListed(sql, now, range, range.tag !== undefined)
    const page = yield* pool.read((sql) => listing(sql, listed, visible(sql), range))
    return { ...page, posts: yield* completedListed(page.posts) }
  })

  const listOwned = Effect.fn("Posts.listOwned")(function* ({ tag, ...filter }: PostFilter, range: PostRange) {
    const now = yield* Clock.currentTimeMillis
    const narrowed = tag === undefined ? range : { ...range, tag }
    const page = yield* pool.read((sql) => listing(sql, whole, () => isOwned(sql, filter, now), narrowed))
    return { ...page, posts: yield* completed(page.posts) }
  })

  const overviewOwned = Effect.fn("Posts.overviewOwned")(function* ({ tag, ...filter }: PostFilter, range: PostRange) {
    const now = yield* Clock.currentTimeMillis
    const narrowed = tag === undefined ? range : { ...range, tag }
    const page = yield* pool.read((sql) => listing(sql, listed, () => isOwned(sql, filter, now), narrowed))
    return { ...page, posts: yield* completedListed(page.posts) }
  })

  const counts = Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const count = (sql: SqlClient.SqlClient, state: "draft" | "scheduled" | "deleted") =>
      sql`(SELECT count(*) FROM posts WHERE ${isOwned(sql, { state }, now)}) AS ${sql(state)}`
    const rows = yield* pool.read(
      (sql) => sql`SELECT ${count(sql, "draft")}, ${count(sql, "scheduled")}, ${count(sql, "deleted")}`
    )
    return yield* countsFrom(rows)
  }).pipe(Effect.withSpan("Posts.counts"))

  const tags = Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const rows = yield* pool.read(
      (sql) => sql`SELECT post_tags.tag, post_tags.label, count(*) AS count, max(posts.published_at) AS "newestAt"
        FROM post_tags JOIN posts ON posts.id = post_tags.post_id WHERE ${isPublic(sql, now)}
        GROUP BY post_tags.tag, post_tags.label ORDER BY "newestAt" DESC`
    )
    return summed(yield* labelCountsFrom(rows))
  }).pipe(Effect.withSpan("Posts.tags"))

  const revision = Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const rows = yield* pool.read(
      (sql) => sql`SELECT (SELECT count FROM post_changes) AS changes,
        (SELECT published_at FROM posts WHERE ${isPublic(sql, now)}
          ORDER BY published_at DESC LIMIT 1) AS "publishedAt"`
    )
    const { changes, publishedAt } = yield* revisionFrom(rows)
    return [changes, publishedAt].map((number) => (number ?? 0).toString(36)).join("-")
  }).pipe(Effect.withSpan("Posts.revision"))

  return { bySlug, byId, listPublic, overview, listOwned, overviewOwned, counts, tags, revision }
}
