import { Clock, Effect, Layer } from "effect"
import { type Post, tagsOf, wallClockOf } from "../../src/domain/posts/Post.js"
import { documentOf, matches, relevance } from "../../src/domain/search/SearchDocument.js"
import { hitOf } from "../../src/domain/search/SearchHit.js"
import type { SearchQuery } from "../../src/domain/search/SearchQuery.js"
import { utc } from "../../src/domain/TimeZone.js"
import { type EngineName, SearchEngine } from "../../src/services/SearchEngine.js"

/**
 * In-memory search over these posts for tests. `fts5` ranks results; `fallback` lists them newest first and reports
 * reduced search.
 */
export const layer = (posts: ReadonlyArray<Post>, engine: EngineName = "fts5"): Layer.Layer<SearchEngine> =>
  Layer.effect(
    SearchEngine,
    Effect.gen(function* () {
      const since = yield* Clock.currentTimeMillis
      const documents = posts.map((post) => ({ post, document: documentOf(post) }))

      const search: SearchEngine["Type"]["search"] = Effect.fn("SearchEngine.search")(function* (query, page) {
        const now = yield* Clock.currentTimeMillis
        const found = documents
          .filter(({ post, document }) => isInScope(post, query, now) && matches(query, document))
          .map(({ post, document }) => ({ post, score: engine === "fts5" ? relevance(query, document) : 0 }))
          .sort((a, b) => b.score - a.score || b.post.publishedAt - a.post.publishedAt || b.post.id - a.post.id)
        return {
          hits: found.slice(page.offset, page.offset + page.limit).map(({ post }) => hitOf(post, query)),
          total: found.length,
          totalIsExact: true,
          engine,
          reduced: engine === "fallback"
        }
      })

      return {
        search,
        status: Effect.succeed({
          enabled: true,
          engine,
          ...(engine === "fallback" ? { reason: "forced" as const } : {}),
          pending: 0,
          since
        }),
        reindex: Effect.succeed(posts.length)
      }
    })
  )

const isInScope = (post: Post, query: SearchQuery, now: number): boolean => {
  const tags = tagsOf(post).map(({ tag }) => tag)
  return (
    post.status === "published" &&
    post.visibility === "public" &&
    post.deletedAt === undefined &&
    post.publishedAt <= now &&
    (query.before === undefined || wallClockOf(post, utc) < query.before) &&
    (query.after === undefined || wallClockOf(post, utc) >= query.after) &&
    query.tags.every((tag) => tags.includes(tag)) &&
    !query.excludedTags.some((tag) => tags.includes(tag))
  )
}
