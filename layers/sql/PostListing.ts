import type { SqlClient, Statement } from "@effect/sql"
import { Effect } from "effect"
import type { DatabaseCorrupt } from "../../src/errors/failure/Database.js"
import type { Cursor, PostPage, PostRange } from "../../src/services/Posts.js"
import { besideRendering } from "./PostRow.js"

/** What a list reads of its posts. */
export interface Selection<P> {
  readonly columns: (sql: SqlClient.SqlClient) => Statement.Fragment
  readonly decode: (rows: ReadonlyArray<unknown>) => Effect.Effect<ReadonlyArray<P>, DatabaseCorrupt>
}

/** Where a list comes from, and its order: by time of publication, posts of one instant by age. */
const sourceOf = (sql: SqlClient.SqlClient, tag: string | undefined) =>
  tag === undefined
    ? { from: sql`posts`, publishedAt: "posts.published_at", id: "posts.id" }
    : {
        from: sql`post_tags JOIN posts ON posts.id = post_tags.post_id AND post_tags.tag = ${tag}`,
        publishedAt: "post_tags.published_at",
        id: "post_tags.post_id"
      }

/**
 * One stretch of the posts that are visible: a walk along an index from the cursor on, however long the list is.
 * `visible` is told up to which instant posts are wanted, for SQLite uses one upper bound of an index only, and must not
 * start the walk at the newest post.
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
  const found = yield* Effect.flatMap(
    sql`SELECT ${selection.columns(sql)} FROM ${from} ${besideRendering(sql)} WHERE ${sql.and(within)}
      ORDER BY ${sql.literal(`${publishedAt} ${direction}, ${id} ${direction}`)} LIMIT ${limit + 1} OFFSET ${offset}`,
    selection.decode
  )
  const isAnyBehind = (last: Cursor | undefined) => {
    const until = towardsNewer && last ? last.publishedAt : Number.POSITIVE_INFINITY
    const behind = last ? [visible(until), towardsNewer ? olderThan(last) : newerThan(last)] : [visible(until)]
    return Effect.map(sql`SELECT 1 FROM ${from} WHERE ${sql.and(behind)} LIMIT 1`, (rows) => rows.length > 0)
  }
  const hasMoreAhead = found.length > limit
  const posts = towardsNewer ? found.slice(0, limit).reverse() : found.slice(0, limit)

  const startsAtTheNewest = before === undefined && after === undefined && offset === 0
  const hasMoreBehind = startsAtTheNewest ? false : yield* isAnyBehind(towardsNewer ? posts.at(-1) : posts[0])
  const page: PostPage<P> = towardsNewer
    ? { posts, hasNewer: hasMoreAhead, hasOlder: hasMoreBehind }
    : { posts, hasNewer: hasMoreBehind, hasOlder: hasMoreAhead }
  return page
})
