import type { SqlClient, SqlError } from "@effect/sql"
import { Context, type Effect } from "effect"
import type { SearchDocument } from "../../../src/domain/search/SearchDocument.js"

/** What search is to know of a new post. */
export interface NewDocument {
  readonly postId: number
  readonly document: SearchDocument
}

/**
 * Keeps the search index in step with the posts, inside the transaction that changes them. A failing full-text index
 * never fails the write: what could not be indexed is remembered and made up for later.
 */
export class SearchIndex extends Context.Tag("starpunk/layers/SearchIndex")<
  SearchIndex,
  {
    /**
     * Call after a post was inserted or changed (deleted and undeleted included), with the transaction's own client and
     * what search is to know of it: nothing of a deleted post.
     */
    readonly update: (
      sql: SqlClient.SqlClient,
      postId: number,
      document: SearchDocument | undefined
    ) => Effect.Effect<void, SqlError.SqlError>
    /** The same for many posts that are new, at once. */
    readonly add: (
      sql: SqlClient.SqlClient,
      documents: ReadonlyArray<NewDocument>
    ) => Effect.Effect<void, SqlError.SqlError>
  }
>() {}
