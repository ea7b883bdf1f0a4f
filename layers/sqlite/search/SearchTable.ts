import type { SqlClient, SqlError } from "@effect/sql"
import { Effect } from "effect"
import type { SearchDocument } from "../../../src/domain/search/SearchDocument.js"
import type { NewDocument } from "../../sql/search/SearchIndex.js"

/**
 * The full-text table itself: one column with a post's whole folded text, keyed by the post's id. `search_state` names
 * it; a damaged one is not mended but succeeded by the next (`search_fts_2`, `search_fts_3` …), because FTS5 cannot
 * always drop what it cannot open.
 *
 * Contentless, as `search_documents` holds the text. Trigrams, so that parts of words and languages without spaces are
 * found; spaces are indexed like any character, which is how whole words are found in it.
 * https://www.sqlite.org/fts5.html#contentless_delete_tables, #the_trigram_tokenizer
 */
const create = (sql: SqlClient.SqlClient, table: string) =>
  sql`CREATE VIRTUAL TABLE ${sql(table)}
    USING fts5(text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')`

/** Changes with what `create` makes or with what is put into it: a table of another version is succeeded by a new one. */
const version = 1

/** What every full-text table's name begins with. */
export const prefix = "search_fts_"

/** Where `search_state` names the table in use. */
export const stateName = `fts5_v${version}`

/** Whether this SQLite has FTS5 at all. */
export const isAvailable = (sql: SqlClient.SqlClient): Effect.Effect<boolean, SqlError.SqlError> =>
  sql`SELECT 1 FROM pragma_module_list WHERE name = 'fts5'`.pipe(Effect.map((rows) => rows.length > 0))

/** The table in use by every process at this moment; absent before the first was made. */
export const current = (sql: SqlClient.SqlClient): Effect.Effect<string | undefined, SqlError.SqlError> =>
  sql<{ readonly value: string }>`SELECT value FROM search_state WHERE name = ${stateName}`.pipe(
    Effect.map(([row]) => row?.value)
  )

/** The table in use, and whether posts are in line for it, so that it alone would not tell the truth. */
export const state = (
  sql: SqlClient.SqlClient
): Effect.Effect<{ readonly table: string | undefined; readonly behind: boolean }, SqlError.SqlError> =>
  sql<{ readonly table: string | null; readonly behind: number }>`
    SELECT (SELECT value FROM search_state WHERE name = ${stateName}) AS "table",
      EXISTS (SELECT 1 FROM search_pending) AS behind`.pipe(
    Effect.map(([row]) => ({ table: row?.table ?? undefined, behind: row?.behind !== 0 }))
  )

/** Puts an empty table in the current one's place, and every document in line for it. Inside a transaction. */
export const succeed = (sql: SqlClient.SqlClient): Effect.Effect<string, SqlError.SqlError> =>
  Effect.gen(function* () {
    const tables = yield* all(sql)
    const table = `${prefix}${1 + Math.max(0, ...tables.map((name) => Number(name.slice(prefix.length))))}`
    yield* create(sql, table)
    yield* sql`INSERT INTO search_state (name, value) VALUES (${stateName}, ${table})
      ON CONFLICT (name) DO UPDATE SET value = excluded.value`
    yield* sql`INSERT OR IGNORE INTO search_pending (post_id) SELECT post_id FROM search_documents`
    return table
  })

/** Tables that were succeeded and not dropped yet. */
export const abandoned = (sql: SqlClient.SqlClient): Effect.Effect<ReadonlyArray<string>, SqlError.SqlError> =>
  Effect.zipWith(all(sql), current(sql), (tables, inUse) => tables.filter((table) => table !== inUse))

/** Puts posts in line for the index. */
export const enqueue = (
  sql: SqlClient.SqlClient,
  postIds: ReadonlyArray<number>
): Effect.Effect<void, SqlError.SqlError> =>
  Effect.asVoid(
    sql`INSERT OR IGNORE INTO search_pending (post_id) SELECT value FROM json_each(${JSON.stringify(postIds)})`
  )

/** How many posts are in line for the index. */
export const pending = (sql: SqlClient.SqlClient): Effect.Effect<number, SqlError.SqlError> =>
  sql<{ readonly count: number }>`SELECT count(*) AS count FROM search_pending`.pipe(
    Effect.map(([row]) => row?.count ?? 0)
  )

/** Drops an abandoned table; fails where FTS5 cannot open it. */
export const drop = (sql: SqlClient.SqlClient, table: string): Effect.Effect<void, SqlError.SqlError> =>
  Effect.asVoid(sql`DROP TABLE IF EXISTS ${sql(table)}`)

const all = (sql: SqlClient.SqlClient): Effect.Effect<ReadonlyArray<string>, SqlError.SqlError> =>
  sql<{ readonly name: string }>`
    SELECT name FROM sqlite_master
    WHERE type = 'table' AND name GLOB ${`${prefix}[0-9]*`} AND sql LIKE 'CREATE VIRTUAL TABLE%'`.pipe(
    Effect.map((rows) => rows.map(({ name }) => name))
  )

/** Posts that the table lacks, or still holds though their document is gone, and that are not in line already. */
export const strays = (
  sql: SqlClient.SqlClient,
  table: string
): Effect.Effect<ReadonlyArray<number>, SqlError.SqlError> =>
  sql<{ readonly id: number }>`
    SELECT id FROM (
      SELECT post_id AS id FROM search_documents WHERE post_id NOT IN (SELECT id FROM ${sql(`${table}_docsize`)})
      UNION ALL
      SELECT id FROM ${sql(`${table}_docsize`)} WHERE id NOT IN (SELECT post_id FROM search_documents)
    ) WHERE id NOT IN (SELECT post_id FROM search_pending)`.pipe(Effect.map((rows) => rows.map(({ id }) => id)))

/** Replaces a post's row, or removes it; undoes itself where it fails. */
export const put = (
  sql: SqlClient.SqlClient,
  table: string,
  postId: number,
  document: SearchDocument | undefined
): Effect.Effect<void, SqlError.SqlError> =>
  sql.withTransaction(
    Effect.gen(function* () {
      yield* sql`DELETE FROM ${sql(table)} WHERE rowid = ${postId}`
      if (document !== undefined) {
        yield* sql`INSERT INTO ${sql(table)} (rowid, text)
          VALUES (${postId}, ${document.title + document.body + document.tags})`
      }
      yield* flush(sql, table)
    })
  )

/** Adds the rows of posts that have none yet; undoes itself where it fails. */
export const add = (
  sql: SqlClient.SqlClient,
  table: string,
  documents: ReadonlyArray<NewDocument>
): Effect.Effect<void, SqlError.SqlError> =>
  sql.withTransaction(
    Effect.gen(function* () {
      const rows = documents.map(({ document: { body, tags, title }, postId }) => ({
        rowid: postId,
        text: title + body + tags
      }))
      yield* sql`INSERT INTO ${sql(table)} ${sql.insert(rows)}`
      yield* flush(sql, table)
    })
  )

/**
 * Makes FTS5 write its buffer out. Left to itself it does so at the commit, and a damaged index would then fail the
 * commit of the post instead of a statement that can be undone.
 */
const flush = (sql: SqlClient.SqlClient, table: string) =>
  sql`INSERT INTO ${sql(table)} (${sql(table)}) VALUES ('flush')`

/** Brings the next posts in line up to date, newest first; answers how many there were. Inside a transaction. */
export const fill = (
  sql: SqlClient.SqlClient,
  table: string,
  atMost: number
): Effect.Effect<number, SqlError.SqlError> =>
  Effect.gen(function* () {
    const rows = yield* sql<{ readonly id: number }>`
      SELECT post_id AS id FROM search_pending ORDER BY post_id DESC LIMIT ${atMost}`
    if (rows.length === 0) return 0
    const batch = sql`(SELECT value FROM json_each(${JSON.stringify(rows.map(({ id }) => id))}))`
    yield* sql`DELETE FROM ${sql(table)} WHERE rowid IN ${batch}`
    yield* sql`INSERT INTO ${sql(table)} (rowid, text)
      SELECT post_id, title || body || tags FROM search_documents WHERE post_id IN ${batch}`
    yield* sql`DELETE FROM search_pending WHERE post_id IN ${batch}`
    return rows.length
  })
