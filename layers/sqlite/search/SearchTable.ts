import type { SqlClient, SqlError, Statement } from "@effect/sql"
import { Effect } from "effect"
import type { SearchDocument } from "../../../src/domain/search/SearchDocument.js"
import { allOrNone, inOrder } from "../../sql/rows/Batch.js"
import type { NewDocument } from "../../sql/search/SearchIndex.js"

/**
 * The full-text table: one column with a post's whole folded text, keyed by the post's id. `search_state` names it. A
 * damaged table is not repaired but replaced by the next (`search_fts_2`, `search_fts_3` …), because FTS5 cannot always
 * drop a table that it cannot open.
 *
 * Contentless, because `search_documents` has the text. Trigrams, so that parts of words and languages without spaces
 * are found; spaces are indexed too, which allows searching whole words.
 * https://www.sqlite.org/fts5.html#contentless_delete_tables, #the_trigram_tokenizer
 */
const create = (sql: SqlClient.SqlClient, table: string) =>
  sql`CREATE VIRTUAL TABLE ${sql(table)}
    USING fts5(text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')`

/** Increment it when `create` or the content changes; a table of another version is replaced. */
const version = 1

/** Prefix of the full-text tables' names. */
export const prefix = "search_fts_"

/** Key in `search_state` of the table in use. */
export const stateName = `fts5_v${version}`

/** Returns whether this SQLite has FTS5. */
export const isAvailable = (sql: SqlClient.SqlClient): Effect.Effect<boolean, SqlError.SqlError> =>
  sql`SELECT 1 FROM pragma_module_list WHERE name = 'fts5'`.pipe(Effect.map((rows) => rows.length > 0))

const selectCurrent = (sql: SqlClient.SqlClient) =>
  sql<{ readonly value: string }>`SELECT value FROM search_state WHERE name = ${stateName}`

/** The table that all processes use now; absent before the first was created. */
export const current = (sql: SqlClient.SqlClient): Effect.Effect<string | undefined, SqlError.SqlError> =>
  Effect.map(selectCurrent(sql), ([row]) => row?.value)

/** Like `current`, after other statements of the same transaction. */
export const currentAfter = (
  sql: SqlClient.SqlClient,
  statements: ReadonlyArray<Statement.Statement<unknown>>
): Effect.Effect<string | undefined, SqlError.SqlError> =>
  Effect.map(inOrder([...statements, selectCurrent(sql)]), (results) => {
    const row = results.at(-1)?.[0]
    return typeof row === "object" && row !== null && "value" in row ? String(row.value) : undefined
  })

/** The table in use, and whether posts are queued, so that the table alone is incomplete. */
export const state = (
  sql: SqlClient.SqlClient
): Effect.Effect<{ readonly table: string | undefined; readonly behind: boolean }, SqlError.SqlError> =>
  sql<{ readonly table: string | null; readonly behind: number }>`
    SELECT (SELECT value FROM search_state WHERE name = ${stateName}) AS "table",
      EXISTS (SELECT 1 FROM search_pending) AS behind`.pipe(
    Effect.map(([row]) => ({ table: row?.table ?? undefined, behind: row?.behind !== 0 }))
  )

/** Replaces the table by an empty one, and queues every document. Runs inside a transaction. */
export const succeed = (sql: SqlClient.SqlClient): Effect.Effect<string, SqlError.SqlError> =>
  Effect.gen(function* () {
    const tables = yield* all(sql)
    const table = `${prefix}${1 + Math.max(0, ...tables.map((name) => Number(name.slice(prefix.length))))}`
    yield* create(sql, table)
    yield* sql`INSERT INTO search_state (name, value) VALUES (${stateName}, ${table})
      ON CONFLICT (name) DO UPDATE SET value = excluded.value`
    yield* enqueueAll(sql)
    return table
  })

/** Replaced tables that are not dropped yet. */
export const abandoned = (sql: SqlClient.SqlClient): Effect.Effect<ReadonlyArray<string>, SqlError.SqlError> =>
  Effect.zipWith(all(sql), current(sql), (tables, inUse) => tables.filter((table) => table !== inUse))

/** Queues every post for the index. */
export const enqueueAll = (sql: SqlClient.SqlClient): Effect.Effect<void, SqlError.SqlError> =>
  Effect.asVoid(sql`INSERT OR IGNORE INTO search_pending (post_id) SELECT post_id FROM search_documents`)

/** Queues posts for the index. */
export const enqueue = (
  sql: SqlClient.SqlClient,
  postIds: ReadonlyArray<number>
): Effect.Effect<void, SqlError.SqlError> =>
  Effect.asVoid(
    sql`INSERT OR IGNORE INTO search_pending (post_id) SELECT value FROM json_each(${JSON.stringify(postIds)})`
  )

/** Number of queued posts. */
export const pending = (sql: SqlClient.SqlClient): Effect.Effect<number, SqlError.SqlError> =>
  sql<{ readonly count: number }>`SELECT count(*) AS count FROM search_pending`.pipe(
    Effect.map(([row]) => row?.count ?? 0)
  )

/** Drops an abandoned table; fails if FTS5 cannot open it. */
export const drop = (sql: SqlClient.SqlClient, table: string): Effect.Effect<void, SqlError.SqlError> =>
  Effect.asVoid(sql`DROP TABLE IF EXISTS ${sql(table)}`)

const all = (sql: SqlClient.SqlClient): Effect.Effect<ReadonlyArray<string>, SqlError.SqlError> =>
  sql<{ readonly name: string }>`
    SELECT name FROM sqlite_master
    WHERE type = 'table' AND name GLOB ${`${prefix}[0-9]*`} AND sql LIKE 'CREATE VIRTUAL TABLE%'`.pipe(
    Effect.map((rows) => rows.map(({ name }) => name))
  )

/** Posts that are missing in the table, or whose document is gone, and that are not queued. */
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

/** Replaces or removes a post's row; rolls back if that fails. */
export const put = (
  sql: SqlClient.SqlClient,
  table: string,
  postId: number,
  document: SearchDocument | undefined
): Effect.Effect<void, SqlError.SqlError> =>
  Effect.asVoid(
    allOrNone(sql, [
      sql`DELETE FROM ${sql(table)} WHERE rowid = ${postId}`,
      ...(document === undefined
        ? []
        : [
            sql`INSERT INTO ${sql(table)} (rowid, text)
              VALUES (${postId}, ${document.title + document.body + document.tags})`
          ]),
      flush(sql, table)
    ])
  )

/** Adds rows of new posts; rolls back if that fails. */
export const add = (
  sql: SqlClient.SqlClient,
  table: string,
  documents: ReadonlyArray<NewDocument>
): Effect.Effect<void, SqlError.SqlError> =>
  Effect.suspend(() => {
    const rows = documents.map(({ document: { body, tags, title }, postId }) => ({
      rowid: postId,
      text: title + body + tags
    }))
    return Effect.asVoid(allOrNone(sql, [sql`INSERT INTO ${sql(table)} ${sql.insert(rows)}`, flush(sql, table)]))
  })

/**
 * Makes FTS5 flush its buffer now. Otherwise it does so at the commit, where a damaged index would fail the commit of
 * the post instead of a statement that can be rolled back.
 */
const flush = (sql: SqlClient.SqlClient, table: string) =>
  sql`INSERT INTO ${sql(table)} (${sql(table)}) VALUES ('flush')`

/** Indexes the next queued posts, newest first. Returns their number. Runs inside a transaction. */
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
