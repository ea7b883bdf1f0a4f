import { Effect } from "effect"
import { type Post, textOf } from "../../../src/domain/posts/Post.js"
import { hitOf, hitOfBeginning, type SearchHit } from "../../../src/domain/search/SearchHit.js"
import type { SearchQuery } from "../../../src/domain/search/SearchQuery.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { Renderer } from "../../../src/services/Renderer.js"
import type { SqlPool } from "../../../src/services/SqlPool.js"
import { foundColumns, foundLengths, postsFrom, postTables } from "../rows/PostRow.js"
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
    const read = Effect.fnUntraced(function* (wanted: ReadonlyArray<number>, length: number) {
      const rows = yield* pool.read(
        (sql) =>
          sql`SELECT ${foundColumns(sql, length)} FROM ${postTables(sql)}
            WHERE ${sql.in("posts.id", wanted)} AND ${inScope(sql, query, view)}`
      )
      return yield* completed(renderer)(yield* postsFrom(rows))
    })
    const hits = new Map<number, SearchHit>()
    // Each may take long, so other fibers run in between.
    const addHits = (posts: ReadonlyArray<Post>, make: (post: Post) => SearchHit | undefined) =>
      Effect.forEach(
        posts,
        (post) => {
          const hit = make(post)
          if (hit !== undefined) hits.set(post.id, hit)
          return Effect.yieldNow()
        },
        { discard: true }
      )

    if (ids.length === 0) return []
    const isWhole = (post: Post) => textOf(post).length < foundLengths.beginning
    const posts = yield* read(ids, foundLengths.beginning)
    yield* addHits(posts, (post) => (isWhole(post) ? hitOf(post, query) : hitOfBeginning(post, query)))
    const open = posts.flatMap(({ id }) => (hits.has(id) ? [] : [id]))
    if (open.length > 0) yield* addHits(yield* read(open, foundLengths.longest), (post) => hitOf(post, query))
    return ids.flatMap((id) => hits.get(id) ?? [])
  })
