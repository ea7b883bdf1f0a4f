import type { SqlClient, Statement } from "@effect/sql"

/**
 * Condition for public posts, as in lists, feeds and search: published, public, not deleted, and not in the future.
 * Expects the table name `posts`. Uses literals, because SQLite uses a partial index only for terms that it sees.
 */
export const isPublic = (sql: SqlClient.SqlClient, now: number): Statement.Fragment =>
  sql.and([
    sql.literal("posts.status = 'published' AND posts.visibility = 'public' AND posts.deleted_at IS NULL"),
    sql`posts.published_at <= ${now}`
  ])

/** Condition for posts that the owner's clients may list: all but deleted ones. */
export const isKept = (sql: SqlClient.SqlClient): Statement.Fragment => sql.literal("posts.deleted_at IS NULL")
