import type { SqlClient, SqlError, Statement } from "@effect/sql"
import { Array as Arr, Effect, Option, Schema } from "effect"
import { Properties } from "../../../src/domain/posts/Microformats.js"
import { documentVersion, type SearchDocument } from "../../../src/domain/search/SearchDocument.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { Renderer } from "../../../src/services/Renderer.js"
import type { SqlPool } from "../../../src/services/SqlPool.js"
import type { NewDocument } from "./SearchIndex.js"

/** The statement that stores the search document of a post, or removes it. */
export const put = (
  sql: SqlClient.SqlClient,
  postId: number,
  document: SearchDocument | undefined
): Statement.Statement<unknown> =>
  document === undefined
    ? sql`DELETE FROM search_documents WHERE post_id = ${postId}`
    : sql`INSERT INTO search_documents ${sql.insert({ post_id: postId, ...document })}
        ON CONFLICT (post_id) DO UPDATE SET title = excluded.title, body = excluded.body, tags = excluded.tags`

/** Stores the documents of posts that have none yet. */
export const add = (
  sql: SqlClient.SqlClient,
  documents: ReadonlyArray<NewDocument>
): Effect.Effect<void, SqlError.SqlError> =>
  Effect.asVoid(
    sql`INSERT INTO search_documents ${sql.insert(documents.map(({ document, postId }) => ({ post_id: postId, ...document })))}`
  )

const stateName = "documents"

/** The `documentVersion` of the stored documents; 0 before the first were stored. */
export const storedVersion = (sql: SqlClient.SqlClient): Effect.Effect<number, SqlError.SqlError> =>
  sql<{ readonly value: string }>`SELECT value FROM search_state WHERE name = ${stateName}`.pipe(
    Effect.map(([row]) => Number(row?.value ?? 0))
  )

/** Posts per batch. */
const batchSize = 50

/**
 * Rebuilds every post's document in batches in the background, and returns their number. Posts that change meanwhile keep
 * their newer documents. `queue` tells an index that is not the database's own that all documents have changed.
 */
export const redo = (
  pool: SqlPool["Type"],
  renderer: Renderer["Type"],
  queue?: (sql: SqlClient.SqlClient) => Effect.Effect<unknown, SqlError.SqlError>
): Effect.Effect<number, DatabaseFailure> =>
  Effect.gen(function* () {
    let count = 0
    let last = 0
    while (true) {
      const posts = yield* pool.read((sql) => postsAfter(sql, last))
      const newest = posts.at(-1)
      if (newest === undefined) break
      const made = yield* renderer.renderAll(posts.map(describedBy))
      yield* pool.writeAlone((sql) =>
        Effect.forEach(Arr.zip(posts, made), ([post, { document }]) => putUnlessChanged(sql, post, document))
      )
      last = newest.id
      count += posts.length
    }
    yield* pool.writeAlone((sql) => Effect.zipRight(finish(sql), queue?.(sql) ?? Effect.void))
    return count
  })

interface PostRow {
  readonly id: number
  readonly type: string
  readonly properties: string
  readonly updatedAt: number
}

const postsAfter = (sql: SqlClient.SqlClient, id: number) =>
  sql<PostRow>`
    SELECT id, type, properties, updated_at AS "updatedAt" FROM posts
    WHERE id > ${id} AND deleted_at IS NULL ORDER BY id LIMIT ${batchSize}`

const decodeProperties = Schema.decodeUnknownOption(Schema.parseJson(Properties))

/** Posts that cannot be decoded have an empty document. */
const describedBy = ({ properties, type }: PostRow) => ({
  type,
  properties: Option.getOrElse(decodeProperties(properties), (): Properties => ({}))
})

const putUnlessChanged = (sql: SqlClient.SqlClient, post: PostRow, document: SearchDocument) =>
  sql`INSERT INTO search_documents (post_id, title, body, tags)
    SELECT id, ${document.title}, ${document.body}, ${document.tags} FROM posts
    WHERE id = ${post.id} AND updated_at = ${post.updatedAt} AND deleted_at IS NULL
    ON CONFLICT (post_id) DO UPDATE SET title = excluded.title, body = excluded.body, tags = excluded.tags`

const finish = (sql: SqlClient.SqlClient) =>
  Effect.all([
    sql`DELETE FROM search_documents WHERE post_id IN (SELECT id FROM posts WHERE deleted_at IS NOT NULL)`,
    sql`INSERT INTO search_state (name, value) VALUES (${stateName}, ${String(documentVersion)})
      ON CONFLICT (name) DO UPDATE SET value = excluded.value`
  ])
