import type { SqlClient, Statement } from "@effect/sql"
import { Effect, Schema } from "effect"
import type { DatabaseCorrupt } from "../../../src/errors/Database.js"
import type { Cursor, PostPage, PostRange } from "../../../src/services/Posts.js"
import { besideRendering, sizeColumn } from "../rows/PostRow.js"
import { decodeRows } from "../rows/Rows.js"

/** Columns that a list reads of its posts. */
export interface Selection<P> {
  readonly columns: (sql: SqlClient.SqlClient) => Statement.Fragment
  /** Maximum size of a page of posts in bytes; the first post is always included. */
  readonly most?: number
  readonly decode: (rows: ReadonlyArray<unknown>) => Effect.Effect<ReadonlyArray<P>, DatabaseCorrupt>
}

const sizesFrom = decodeRows(Schema.Struct({ size: Schema.Int }))

/** Number of posts that fit into the size limit. */
const fitting = (sizes: ReadonlyArray<{ readonly size: number }>, most: number, limit: number): number => {
  let total = 0
  const over = sizes.findIndex(({ size }, place) => {
    total += size
    return place > 0 && total > most
  })
  return over < 0 ? limit : over
}

/** Source and order of a list: by publication time, posts of the same time by id. */
const sourceOf = (sql: SqlClient.SqlClient, tag: string | undefined) =>
  tag === undefined
    ? { from: sql`posts`, publishedAt: "posts.published_at", id: "posts.id" }
    : {
        from: sql`post_tags JOIN posts ON posts.id = post_tags.post_id AND post_tags.tag = ${tag}`,
        publishedAt: "post_tags.published_at",
        id: "post_tags.post_id"
      }

/** Condition for the posts that a list selects. `newestOf` handles lists of several kinds. */
export const isSelected = (
  sql: SqlClient.SqlClient,
  { kinds = [], pinned = false, since }: PostRange,
  withPages = false
): Statement.Fragment => {
  const [only, ...more] = kinds
  return sql.and([
    ...(pinned ? [sql.literal("posts.is_pinned = 1")] : []),
    ...(only !== undefined && more.length === 0 ? [sql`posts.kind = ${only}`] : []),
    ...(only === undefined && !withPages ? [sql.literal("posts.kind <> 'page'")] : []),
    ...(since === undefined ? [] : [sql`posts.published_at >= ${since}`])
  ])
}

/**
 * Condition for the newest posts of several kinds together. An index has the order of posts of one kind only, so this
 * takes the newest posts of each kind.
 */
const newestOf = (
  sql: SqlClient.SqlClient,
  kinds: ReadonlyArray<string>,
  within: ReadonlyArray<Statement.Fragment>,
  order: Statement.Fragment,
  most: number
): Statement.Fragment => {
  const each = kinds.map(
    (kind) => sql`SELECT id FROM (SELECT posts.id FROM posts WHERE ${sql.and([sql`posts.kind = ${kind}`, ...within])}
      ORDER BY ${order} LIMIT ${most}) AS newest`
  )
  return sql`posts.id IN (${sql.join(" UNION ALL ", false)(each)})`
}

/**
 * Returns one part of the visible posts by an index scan from the cursor on, which costs the same in a list of any
 * length. `visible` gets the latest time, because SQLite uses only one upper bound of an index, and must not start the
 * scan at the newest post.
 */
export const listing = Effect.fnUntraced(function* <P extends Cursor>(
  sql: SqlClient.SqlClient,
  selection: Selection<P>,
  visible: (until: number) => Statement.Fragment,
  range: PostRange
) {
  const { after, before, kinds = [], limit, offset = 0 } = range
  const { from, id, publishedAt } = sourceOf(sql, range.tag)
  const key = sql.literal(`(${publishedAt}, ${id})`)
  const olderThan = (cursor: Cursor) => sql`${key} < (${cursor.publishedAt}, ${cursor.id})`
  const newerThan = (cursor: Cursor) => sql`${key} > (${cursor.publishedAt}, ${cursor.id})`

  const towardsNewer = after !== undefined && before === undefined
  const direction = towardsNewer ? "ASC" : "DESC"
  const within = [
    visible(before?.publishedAt ?? Number.POSITIVE_INFINITY),
    ...(before ? [olderThan(before)] : []),
    ...(after ? [newerThan(after)] : [])
  ]
  const order = sql.literal(`${publishedAt} ${direction}, ${id} ${direction}`)
  const ofKinds = (most: number) => (kinds.length > 1 ? [newestOf(sql, kinds, within, order, most + offset)] : within)
  const select = (columns: Statement.Fragment, most: number) =>
    sql`SELECT ${columns} FROM ${from} ${besideRendering(sql)} WHERE ${sql.and(ofKinds(most))}
      ORDER BY ${order} LIMIT ${most} OFFSET ${offset}`
  const room =
    selection.most === undefined
      ? limit
      : fitting(yield* Effect.flatMap(select(sizeColumn(sql), limit), sizesFrom), selection.most, limit)
  const found = yield* Effect.flatMap(select(selection.columns(sql), room + 1), selection.decode)
  const isAnyBehind = (last: Cursor | undefined) => {
    const until = towardsNewer && last ? last.publishedAt : Number.POSITIVE_INFINITY
    const behind = [
      visible(until),
      ...(last ? [towardsNewer ? olderThan(last) : newerThan(last)] : []),
      ...(kinds.length > 1 ? [sql.in("posts.kind", kinds)] : [])
    ]
    return Effect.map(sql`SELECT 1 FROM ${from} WHERE ${sql.and(behind)} LIMIT 1`, (rows) => rows.length > 0)
  }
  const hasMoreAhead = found.length > room
  const posts = towardsNewer ? found.slice(0, room).reverse() : found.slice(0, room)

  const startsAtTheNewest = before === undefined && after === undefined && offset === 0
  const hasMoreBehind = startsAtTheNewest ? false : yield* isAnyBehind(towardsNewer ? posts.at(-1) : posts[0])
  const page: PostPage<P> = towardsNewer
    ? { posts, hasNewer: hasMoreAhead, hasOlder: hasMoreBehind }
    : { posts, hasNewer: hasMoreBehind, hasOlder: hasMoreAhead }
  return page
})
