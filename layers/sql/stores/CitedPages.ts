import type { SqlClient, Statement } from "@effect/sql"
import { Clock, Effect, Layer, Schema } from "effect"
import { addressesToRead, CitedPage } from "../../../src/domain/posts/CitedPage.js"
import type { Post } from "../../../src/domain/posts/Post.js"
import { CitedPages } from "../../../src/services/CitedPages.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRows } from "../rows/Rows.js"

/** Posts per round. */
const most = 10

const unreadFrom = decodeRows(
  Schema.Struct({
    post: Schema.Int,
    addresses: Schema.parseJson(Schema.Array(Schema.String)),
    pages: Schema.parseJson(Schema.Array(CitedPage)),
    attempts: Schema.Int
  })
)

/** Statements that store which pages a post cites, if these have changed. The pages are read in the background. */
export const citations = (
  sql: SqlClient.SqlClient,
  { id, properties }: Pick<Post, "id" | "properties">,
  now: number,
  before?: Pick<Post, "properties">
): ReadonlyArray<Statement.Statement<unknown>> => {
  const addresses = JSON.stringify(addressesToRead(properties))
  const known = before === undefined ? "[]" : JSON.stringify(addressesToRead(before.properties))
  if (addresses === known) return []
  const row = { post_id: id, addresses, pages: "[]", attempts: 0, due_at: now }
  return [
    ...(before === undefined ? [] : [sql`DELETE FROM cited_pages WHERE post_id = ${id}`]),
    ...(addresses === "[]" ? [] : [sql`INSERT INTO cited_pages ${sql.insert(row)}`])
  ]
}

/** Pages in the table `cited_pages`. */
export const layer: Layer.Layer<CitedPages, never, SqlPool> = Layer.effect(
  CitedPages,
  Effect.map(SqlPool, (pool) => ({
    due: Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      return yield* pool.read((sql) =>
        Effect.flatMap(
          sql`SELECT cited_pages.post_id AS post, addresses, pages, attempts FROM cited_pages
            JOIN posts ON posts.id = cited_pages.post_id
            WHERE due_at <= ${now} AND posts.status = 'published' AND posts.visibility <> 'private'
              AND posts.deleted_at IS NULL AND posts.published_at <= ${now}
            ORDER BY due_at LIMIT ${most}`,
          unreadFrom
        )
      )
    }).pipe(Effect.withSpan("CitedPages.due")),
    keep: Effect.fn("CitedPages.keep")((of, pages, retryAt) =>
      pool.write((sql) => {
        const row = { pages: JSON.stringify(pages), attempts: of.attempts + 1, due_at: retryAt ?? null }
        return Effect.zipRight(
          sql`UPDATE cited_pages SET ${sql.update(row)}
            WHERE post_id = ${of.post} AND addresses = ${JSON.stringify(of.addresses)}`,
          // The pages of the site that show the post have changed.
          sql`UPDATE post_changes SET count = count + 1`
        )
      })
    )
  }))
)
