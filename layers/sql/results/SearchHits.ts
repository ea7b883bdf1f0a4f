import { Effect } from "effect"
import { hitOf, type SearchHit } from "../../../src/domain/search/SearchHit.js"
import type { SearchQuery } from "../../../src/domain/search/SearchQuery.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { Renderer } from "../../../src/services/Renderer.js"
import type { SqlPool } from "../../../src/services/SqlPool.js"
import { foundColumns, postsFrom, postTables } from "../rows/PostRow.js"
import { inScope, type Viewpoint } from "../search/SearchCondition.js"
import { completed } from "../stores/PostRenderings.js"

/**
 * The results of one page, in the order of `ids`. Checks visibility again, because a post may have become private since
 * it was found.
 */
export const hitsOf = (
  pool: SqlPool["Type"],
  renderer: Renderer["Type"],
  ids: ReadonlyArray<number>,
  query: SearchQuery,
  view: Viewpoint
): Effect.Effect<ReadonlyArray<SearchHit>, DatabaseFailure> =>
  Effect.gen(function* () {
    if (ids.length === 0) return []
    const rows = yield* pool.read(
      (sql) =>
        sql`SELECT ${foundColumns(sql)} FROM ${postTables(sql)}
          WHERE ${sql.in("posts.id", ids)} AND ${inScope(sql, query, view)}`
    )
    const posts = yield* completed(renderer)(yield* postsFrom(rows))
    const byId = new Map(posts.map((post) => [post.id, post]))
    // Each may take long, so other fibers run in between.
    return yield* Effect.forEach(
      ids.flatMap((id) => byId.get(id) ?? []),
      (post) =>
        Effect.tap(
          Effect.sync(() => hitOf(post, query)),
          Effect.yieldNow()
        )
    )
  })
