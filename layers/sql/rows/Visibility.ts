import type { SqlClient, Statement } from "@effect/sql"

/**
 * What everybody may read in lists, feeds and search: published, public, not deleted, and not in the future. Expects the
 * table under the name `posts`. Written with literals, because SQLite uses a partial index only for terms it can see.
 */
export const isPublic = (sql: SqlClient.SqlClient, now: number): Statement.Fragment =>
  sql.and([
    sql.literal("posts.status = 'published' AND posts.visibility = 'public' AND posts.deleted_at IS NULL"),
    sql`posts.published_at <= ${now}`
  ])

/** What the owner's clients may list: everything but deleted posts. */
export const isKept = (sql: SqlClient.SqlClient): Statement.Fragment => sql.literal("posts.deleted_at IS NULL")
