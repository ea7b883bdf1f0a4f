import { nameOf, type Post, tagsOf } from "./Post.js"
import type { SearchQuery } from "./SearchQuery.js"
import { wordsOf } from "./Shown.js"
import type { Slug } from "./Slug.js"
import { type SnippetPart, snippet } from "./Snippet.js"

/** One found post, as it is shown. */
export interface SearchHit {
  readonly postId: number
  readonly slug: Slug
  /** Absent for notes, which have no title. */
  readonly title?: string
  /** Epoch milliseconds, UTC. */
  readonly publishedAt: number
  /** As in `Post`. */
  readonly publishedOffset?: number
  /** Where in the post's words the query was found. */
  readonly snippet: ReadonlyArray<SnippetPart>
  /** As they stand in `/tag/{tag}`. */
  readonly tags: ReadonlyArray<string>
}

/** What to show of a post that a query found. */
export const hitOf = (post: Post, query: SearchQuery): SearchHit => {
  const title = nameOf(post)
  return {
    postId: post.id,
    slug: post.slug,
    ...(title === undefined ? {} : { title }),
    publishedAt: post.publishedAt,
    ...(post.publishedOffset !== undefined && { publishedOffset: post.publishedOffset }),
    snippet: snippet(wordsOf(post), query),
    tags: tagsOf(post).map(({ tag }) => tag)
  }
}
