import { Effect, Layer } from "effect"
import { inOrder } from "../../sql/rows/Batch.js"
import * as SearchDocuments from "../../sql/search/SearchDocuments.js"
import { SearchIndex } from "../../sql/search/SearchIndex.js"

/** Writes documents only: their index is the database's own, and is never behind. */
export const layer: Layer.Layer<SearchIndex> = Layer.succeed(SearchIndex, {
  update: (sql, postId, document, before = []) =>
    Effect.asVoid(inOrder([...before, SearchDocuments.put(sql, postId, document)])),
  add: (sql, documents) => (documents.length === 0 ? Effect.void : SearchDocuments.add(sql, documents))
})
