import { Effect, Schema } from "effect"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { SingleConnection } from "../pool/SingleConnection.js"
import { prefix, stateName } from "./SearchTable.js"

/** State of the search tables compared with the posts. */
export interface IndexState {
  /** Whether this SQLite has FTS5. */
  readonly available: boolean
  /** The full-text table in use; absent before the first was created. */
  readonly table: string | undefined
  /** Whether the table exists. */
  readonly present: boolean
  /** Posts queued for the index. */
  readonly pending: number
  /** Posts without a search document. */
  readonly withoutDocument: number
  /** Missing and surplus rows of the index that are not queued. */
  readonly strays: number
}

const Count = Schema.Struct({ count: Schema.Int })
const Value = Schema.Struct({ value: Schema.String })

/** Compares the ids of posts, documents and index; reads only. */
export const read = (connection: SingleConnection): Effect.Effect<IndexState, DatabaseFailure> =>
  Effect.gen(function* () {
    const count = (sql: string, ...params: ReadonlyArray<unknown>) =>
      Effect.map(connection.query(Count, sql, ...params), ([row]) => row?.count ?? 0)
    const [state] = yield* connection.query(Value, "SELECT value FROM search_state WHERE name = ?", stateName)
    const table = state?.value.startsWith(prefix) && /^\w+$/.test(state.value) ? state.value : undefined
    const sizes = `${table ?? ""}_docsize`
    const present =
      table !== undefined && (yield* count("SELECT count(*) AS count FROM sqlite_schema WHERE name = ?", sizes)) > 0
    return {
      available: (yield* count("SELECT count(*) AS count FROM pragma_module_list WHERE name = 'fts5'")) > 0,
      table,
      present,
      pending: yield* count("SELECT count(*) AS count FROM search_pending"),
      withoutDocument: yield* count(
        `SELECT count(*) AS count FROM posts
         WHERE deleted_at IS NULL AND id NOT IN (SELECT post_id FROM search_documents)`
      ),
      strays: present
        ? yield* count(
            `SELECT count(*) AS count FROM (
               SELECT post_id AS id FROM search_documents WHERE post_id NOT IN (SELECT id FROM ${sizes})
               UNION ALL
               SELECT id FROM ${sizes} WHERE id NOT IN (SELECT post_id FROM search_documents)
             ) WHERE id NOT IN (SELECT post_id FROM search_pending)`
          )
        : 0
    }
  })
