import type { SqlClient } from "@effect/sql"
import { Chunk, Effect, Layer, Schema } from "effect"
import { type DayOfPost, PostViews, type ViewSpan } from "../../../src/services/PostViews.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { inOrder } from "../rows/Batch.js"
import { decodeRows } from "../rows/Rows.js"

const totalsFrom = decodeRows(Schema.Struct({ post: Schema.Int, count: Schema.Int }))
const daysFrom = decodeRows(Schema.Struct({ day: Schema.Int, count: Schema.Int }))
const anyFrom = decodeRows(Schema.Struct({ found: Schema.Int }))

/** Rows in one statement: SQLite takes 32,766 parameters, and other transactions wait for this one. */
const batch = 500

const rowsOf = (views: ReadonlyArray<DayOfPost>) => views.map(({ count, day, post }) => ({ post_id: post, day, count }))

const within = (sql: SqlClient.SqlClient, { from, to }: ViewSpan) => sql`day BETWEEN ${from} AND ${to}`

/** Numbers of views in the table `post_views`. */
export const layer: Layer.Layer<PostViews, never, SqlPool> = Layer.effect(
  PostViews,
  Effect.map(SqlPool, (pool) =>
    PostViews.of({
      add: Effect.fn("PostViews.add")(function* (views: ReadonlyArray<DayOfPost>) {
        const parts = Chunk.chunksOf(Chunk.fromIterable(views), batch)
        yield* pool.write((sql) =>
          inOrder(
            Chunk.toReadonlyArray(parts).map(
              (part) => sql`INSERT INTO post_views ${sql.insert(rowsOf(Chunk.toReadonlyArray(part)))}
                ON CONFLICT (post_id, day) DO UPDATE SET count = post_views.count + excluded.count`
            )
          )
        )
      }),
      totals: Effect.fn("PostViews.totals")(function* (posts: ReadonlyArray<number>) {
        if (posts.length === 0) return new Map<number, number>()
        const rows = yield* pool.read(
          (sql) => sql`SELECT post_id AS post, sum(count) AS count FROM post_views
            WHERE ${sql.in("post_id", posts)} GROUP BY post_id`
        )
        return new Map((yield* totalsFrom(rows)).map(({ count, post }) => [post, count]))
      }),
      days: Effect.fn("PostViews.days")(function* (span: ViewSpan, post?: number) {
        const rows = yield* pool.read(
          (sql) => sql`SELECT day, sum(count) AS count FROM post_views
            WHERE ${within(sql, span)} AND ${post === undefined ? sql`TRUE` : sql`post_id = ${post}`} GROUP BY day`
        )
        return new Map((yield* daysFrom(rows)).map(({ count, day }) => [day, count]))
      }),
      most: Effect.fn("PostViews.most")(function* (span: ViewSpan, limit: number) {
        const rows = yield* pool.read(
          (sql) => sql`SELECT post_id AS post, sum(count) AS count FROM post_views
            WHERE ${within(sql, span)}
              AND post_id IN (SELECT id FROM posts WHERE deleted_at IS NULL)
            GROUP BY post_id ORDER BY sum(count) DESC, post_id DESC LIMIT ${limit}`
        )
        return yield* totalsFrom(rows)
      }),
      exist: Effect.map(
        Effect.flatMap(
          pool.read((sql) => sql`SELECT 1 AS found FROM post_views LIMIT 1`),
          anyFrom
        ),
        (rows) => rows.length > 0
      ),
      clear: Effect.asVoid(pool.write((sql) => sql`DELETE FROM post_views`))
    })
  )
)
