import type { SqlClient, SqlError } from "@effect/sql"
import { Effect, Layer } from "effect"
import { inOrder } from "../../sql/rows/Batch.js"
import * as SearchDocuments from "../../sql/search/SearchDocuments.js"
import { SearchIndex } from "../../sql/search/SearchIndex.js"
import { isIndexError } from "./IndexFailure.js"
import { SearchSwitch } from "./SearchSwitch.js"
import * as SearchTable from "./SearchTable.js"

/**
 * Writes documents always, because the fallback reads them, and the full-text row in its own savepoint, so that a
 * failure of FTS5 only rolls back that row and queues the post (`search_pending`).
 */
export const layer: Layer.Layer<SearchIndex, never, SearchSwitch> = Layer.effect(
  SearchIndex,
  Effect.gen(function* () {
    const engine = yield* SearchSwitch

    /** Whether the full-text table cannot work. A process without a chosen engine (a command) tries the table. */
    const isHopeless = Effect.map(
      engine.status,
      ({ reason }) => reason === "forced" || reason === "fts5_missing" || reason === "index_failed"
    )

    const callForHelp = (sql: SqlClient.SqlClient, postIds: ReadonlyArray<number>) =>
      Effect.zipRight(SearchTable.enqueue(sql, postIds), engine.callForHelp)

    /** Rolls back a failed write to the index and queues the posts; the maintenance then checks the table. */
    const orInLine = (
      write: Effect.Effect<void, SqlError.SqlError>,
      sql: SqlClient.SqlClient,
      table: string,
      postIds: ReadonlyArray<number>
    ) =>
      Effect.catchIf(write, isIndexError, (error) =>
        Effect.gen(function* () {
          yield* SearchTable.enqueue(sql, postIds)
          if (yield* SearchTable.isAvailable(sql)) yield* engine.indexFailed(table, error)
          else yield* engine.turn("fts5_missing")
        })
      )

    const update: SearchIndex["Type"]["update"] = Effect.fn("SearchIndex.update")(function* (
      sql,
      postId,
      document,
      before = []
    ) {
      const statements = [...before, SearchDocuments.put(sql, postId, document)]
      const table = (yield* isHopeless)
        ? yield* Effect.as(inOrder(statements), undefined)
        : yield* SearchTable.currentAfter(sql, statements)
      if (table === undefined) return yield* callForHelp(sql, [postId])
      yield* orInLine(SearchTable.put(sql, table, postId, document), sql, table, [postId])
    })

    const add: SearchIndex["Type"]["add"] = Effect.fn("SearchIndex.add")(function* (sql, documents) {
      if (documents.length === 0) return
      const postIds = documents.map(({ postId }) => postId)
      yield* SearchDocuments.add(sql, documents)
      const table = (yield* isHopeless) ? undefined : yield* SearchTable.current(sql)
      if (table === undefined) return yield* callForHelp(sql, postIds)
      yield* orInLine(SearchTable.add(sql, table, documents), sql, table, postIds)
    })

    return { update, add }
  })
)
