import type { SqlClient, SqlError, Statement } from "@effect/sql"
import { Context, type Effect } from "effect"
import type { SearchDocument } from "../../../src/domain/search/SearchDocument.js"

/** The search document of a new post. */
export interface NewDocument {
  readonly postId: number
  readonly document: SearchDocument
}

/**
 * Updates the search index in the transaction that changes posts. A failing full-text index never fails the write:
 * posts that could not be indexed are queued and indexed later.
 */
export class SearchIndex extends Context.Tag("starpunk/layers/SearchIndex")<
  SearchIndex,
  {
    /**
     * Call it after inserting or changing a post (also deleting and restoring), with the transaction's client and the
     * post's search document: none for a deleted post. Statements in `before` run first, in the same message.
     */
    readonly update: (
      sql: SqlClient.SqlClient,
      postId: number,
      document: SearchDocument | undefined,
      before?: ReadonlyArray<Statement.Statement<unknown>>
    ) => Effect.Effect<void, SqlError.SqlError>
    /** As `update`, for many new posts at once. */
    readonly add: (
      sql: SqlClient.SqlClient,
      documents: ReadonlyArray<NewDocument>
    ) => Effect.Effect<void, SqlError.SqlError>
  }
>() {}
