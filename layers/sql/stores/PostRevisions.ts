import type { SqlClient, Statement } from "@effect/sql"
import { Effect, Layer, Option, Schema } from "effect"
import { Properties } from "../../../src/domain/posts/Microformats.js"
import { PostStatus, Visibility } from "../../../src/domain/posts/Post.js"
import { Slug } from "../../../src/domain/posts/Slug.js"
import { PostRevisions } from "../../../src/services/PostRevisions.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRows } from "../rows/Rows.js"

/** Bounds of the revisions of one post: their number, and their size in bytes. */
const most = { count: 50, bytes: 4_194_304 }

/**
 * Milliseconds in which changes to a draft by the same browser or app count as one, because the editor saves it
 * repeatedly.
 */
const oneSitting = 600_000

/**
 * Statements that keep the state of a post before a change, and drop the oldest ones beyond the bounds. The database
 * copies the state itself, so the text does not pass through this thread.
 */
export const keeping = (
  sql: SqlClient.SqlClient,
  id: number,
  now: number,
  by: string | undefined
): ReadonlyArray<Statement.Statement<unknown>> => [
  sql`INSERT INTO post_revisions (post_id, replaced_at, replaced_by, slug, type, status, visibility, published_at, properties)
    SELECT id, ${now}, ${by ?? null}, slug, type, status, visibility, published_at, properties FROM posts
    WHERE id = ${id} AND NOT (status = 'draft' AND EXISTS (SELECT 1 FROM post_revisions AS kept
      WHERE kept.post_id = posts.id AND kept.status = 'draft' AND kept.replaced_at > ${now - oneSitting}
        AND kept.replaced_by IS NOT DISTINCT FROM ${by ?? null}))`,
  sql`DELETE FROM post_revisions WHERE post_id = ${id} AND id IN (
    SELECT id FROM (SELECT id, row_number() OVER newest AS place, sum(octet_length(properties)) OVER newest AS bytes
      FROM post_revisions WHERE post_id = ${id} WINDOW newest AS (ORDER BY id DESC)) AS places
    WHERE place > ${most.count} OR (bytes > ${most.bytes} AND place > 1))`
]

const changesFrom = decodeRows(
  Schema.Struct({ id: Schema.Int, replacedAt: Schema.Int, replacedBy: Schema.NullOr(Schema.String) })
)

const statesFrom = decodeRows(
  Schema.Struct({
    slug: Slug,
    type: Schema.String,
    status: PostStatus,
    visibility: Visibility,
    publishedAt: Schema.Int,
    properties: Schema.parseJson(Properties)
  })
)

const state = (sql: SqlClient.SqlClient) =>
  sql.literal(`slug, type, status, visibility, published_at AS "publishedAt", properties`)

const changeColumns = (sql: SqlClient.SqlClient) =>
  sql.literal(`id, replaced_at AS "replacedAt", replaced_by AS "replacedBy"`)

const toChange = ({ id, replacedAt, replacedBy }: { id: number; replacedAt: number; replacedBy: string | null }) => ({
  id,
  replacedAt,
  ...(replacedBy !== null && { replacedBy })
})

/** Revisions in the table `post_revisions`. */
export const layer: Layer.Layer<PostRevisions, never, SqlPool> = Layer.effect(
  PostRevisions,
  Effect.map(SqlPool, (pool) =>
    PostRevisions.of({
      of: Effect.fn("PostRevisions.of")(function* (post: number) {
        const rows = yield* pool.read(
          (sql) => sql`SELECT ${changeColumns(sql)} FROM post_revisions WHERE post_id = ${post} ORDER BY id DESC`
        )
        return (yield* changesFrom(rows)).map(toChange)
      }),
      byId: Effect.fn("PostRevisions.byId")(function* (post: number, revision: number) {
        const { changes, states } = yield* pool.read((sql) =>
          Effect.gen(function* () {
            const changes = yield* changesFrom(
              yield* sql`SELECT ${changeColumns(sql)} FROM post_revisions WHERE id = ${revision} AND post_id = ${post}`
            )
            const states = yield* statesFrom(
              yield* sql`SELECT * FROM (SELECT ${state(sql)} FROM post_revisions
                  WHERE post_id = ${post} AND id >= ${revision} ORDER BY id LIMIT 2) AS later
                UNION ALL SELECT ${state(sql)} FROM posts WHERE id = ${post}`
            )
            return { changes, states }
          })
        )
        const [change] = changes
        const [before, after] = states
        if (change === undefined || before === undefined || after === undefined) return Option.none()
        return Option.some({ ...toChange(change), before, after })
      })
    })
  )
)
