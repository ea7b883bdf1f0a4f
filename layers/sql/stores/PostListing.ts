import type { SqlClient, Statement } from "@effect/sql"
import { Effect, Schema } from "effect"
import type { DatabaseCorrupt } from "../../../src/errors/Database.js"
import type { Cursor, PostPage, PostRange } from "../../../src/services/Posts.js"
import { besideRendering, sizeColumn } from "../rows/PostRow.js"
import { decodeRows } from "../rows/Rows.js"

/** What a list reads of its posts. */
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
  const { after, before, limit, offset = 0 } = range
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
  const select = (columns: Statement.Fragment, most: number) =>
    sql`SELECT ${columns} FROM ${from} ${besideRendering(sql)} WHERE ${sql.and(within)}
      ORDER BY ${sql.literal(`${publishedAt} ${direction}, ${id} ${direction}`)} LIMIT ${most} OFFSET ${offset}`
  const room =
    selection.most === undefined
      ? limit
      : fitting(yield* Effect.flatMap(select(sizeColumn(sql), limit), sizesFrom), selection.most, limit)
  const found = yield* Effect.flatMap(select(selection.columns(sql), room + 1), selection.decode)
  const isAnyBehind = (last: Cursor | undefined) => {
    const until = towardsNewer && last ? last.publishedAt : Number.POSITIVE_INFINITY
    const behind = last ? [visible(until), towardsNewer ? olderThan(last) : newerThan(last)] : [visible(until)]
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
