import type { SqlClient, SqlError } from "@effect/sql"
import { Effect } from "effect"
import type { SearchQuery } from "../../../src/domain/search/SearchQuery.js"
import type { Found } from "../../sql/results/SearchFound.js"
import { holdsTerms, inScope, mostCandidates, relevanceOf, type Viewpoint } from "../../sql/search/SearchCondition.js"

/**
 * The index: trigrams of a post's whole folded text, kept by PostgreSQL itself. Without `fastupdate`, because a flush of
 * what it collects delays one write among hundreds by tens of milliseconds.
 * https://www.postgresql.org/docs/current/pgtrgm.html
 */
const index = "search_documents_trigrams"

/** Installs the extension, which the owner of a database may do. */
export const install = (sql: SqlClient.SqlClient): Effect.Effect<void, SqlError.SqlError> =>
  Effect.asVoid(sql`CREATE EXTENSION IF NOT EXISTS pg_trgm`)

/** Creates the index, which takes half a minute for 100,000 notes. */
export const create = (sql: SqlClient.SqlClient): Effect.Effect<void, SqlError.SqlError> =>
  Effect.zipRight(
    sql`SET LOCAL statement_timeout = 0`,
    Effect.asVoid(
      sql`CREATE INDEX IF NOT EXISTS ${sql(index)} ON search_documents
        USING gin ((title || body || tags) gin_trgm_ops) WITH (fastupdate = off)`.unprepared
    )
  )

/** Builds the index again. */
export const rebuild = (sql: SqlClient.SqlClient): Effect.Effect<void, SqlError.SqlError> =>
  Effect.zipRight(sql`SET LOCAL statement_timeout = 0`, Effect.asVoid(sql`REINDEX INDEX ${sql(index)}`.unprepared))

/** Whether the extension and the index are there. */
export const state = (
  sql: SqlClient.SqlClient
): Effect.Effect<{ readonly isInstalled: boolean; readonly isCreated: boolean }, SqlError.SqlError> =>
  sql<{ readonly installed: number; readonly created: number }>`
    SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') AS installed,
      to_regclass(${index}) IS NOT NULL AS created`.pipe(
    Effect.map(([row]) => ({ isInstalled: row?.installed === 1, isCreated: row?.created === 1 }))
  )

/** Whether other letters than those of ASCII have trigrams, which depends on the locale of the database. */
export const hasAllLetters = (sql: SqlClient.SqlClient): Effect.Effect<boolean, SqlError.SqlError> =>
  sql<{ readonly some: number }>`SELECT show_trgm('é') <> '{}'::text[] AS some`.pipe(
    Effect.map(([row]) => row?.some === 1)
  )

/**
 * Searches best match first. At most `mostCandidates`, the newest, are ranked: for a word that most posts contain,
 * PostgreSQL walks the posts by their time instead of the index.
 */
export const find = (
  sql: SqlClient.SqlClient,
  query: SearchQuery,
  view: Viewpoint
): Effect.Effect<Found, SqlError.SqlError> =>
  sql<{ readonly id: number; readonly publishedAt: number }>`
    SELECT candidate.id, candidate.published_at AS "publishedAt"
    FROM (
      SELECT posts.id, posts.published_at
      FROM search_documents JOIN posts ON posts.id = search_documents.post_id
      WHERE ${holdsTerms(sql, query)} AND ${inScope(sql, query, view)}
      ORDER BY posts.published_at DESC, posts.id DESC
      LIMIT ${mostCandidates + 1}
    ) AS candidate JOIN search_documents ON search_documents.post_id = candidate.id
    ORDER BY ${relevanceOf(sql, query)} DESC, candidate.published_at DESC, candidate.id DESC`.pipe(
    Effect.map((rows) => {
      if (rows.length <= mostCandidates) return { ids: rows.map(({ id }) => id), complete: true }
      // The oldest only shows that there are more.
      const oldest = rows.reduce((least, row) =>
        row.publishedAt < least.publishedAt || (row.publishedAt === least.publishedAt && row.id < least.id)
          ? row
          : least
      )
      return { ids: rows.flatMap(({ id }) => (id === oldest.id ? [] : [id])), complete: false }
    })
  )
