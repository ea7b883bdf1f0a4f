import type { SqlClient, SqlError } from "@effect/sql"
import { Effect } from "effect"
import { hitOf, type SearchHit } from "../../src/domain/SearchHit.js"
import type { SearchQuery } from "../../src/domain/SearchQuery.js"
import type { DatabaseCorrupt } from "../../src/errors/failure/Database.js"
import { postColumns, postsFrom } from "../sql/PostRow.js"
import { inScope } from "../sql/SearchCondition.js"

/**
 * The found posts of one page, in the order of `ids`. Visibility is asked once more, for a post may have become private
 * since it was found.
 */
export const hitsOf = (
  sql: SqlClient.SqlClient,
  ids: ReadonlyArray<number>,
  query: SearchQuery,
  now: number
): Effect.Effect<ReadonlyArray<SearchHit>, SqlError.SqlError | DatabaseCorrupt> =>
  Effect.gen(function* () {
    if (ids.length === 0) return []
    const posts = yield* postsFrom(
      yield* sql`SELECT ${postColumns(sql)} FROM posts WHERE ${sql.in("posts.id", ids)} AND ${inScope(sql, query, now)}`
    )
    const byId = new Map(posts.map((post) => [post.id, post]))
    return ids.flatMap((id) => byId.get(id) ?? []).map((post) => hitOf(post, query))
  })
