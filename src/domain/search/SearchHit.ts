import { nameOf, type Post, tagsOf } from "../posts/Post.js"
import { wordsOf } from "../posts/Shown.js"
import type { Slug } from "../posts/Slug.js"
import type { SearchQuery } from "./SearchQuery.js"
import { marked, type SnippetPart, snippet } from "./Snippet.js"

/** One found post, as it is shown. */
export interface SearchHit {
  readonly postId: number
  readonly slug: Slug
  /** Absent for notes, which have no title. */
  readonly title?: string
  /** The title, and where in it the query was found. */
  readonly markedTitle?: ReadonlyArray<SnippetPart>
  /** Epoch milliseconds, UTC. */
  readonly publishedAt: number
  /** As in `Post`. */
  readonly publishedOffset?: number
  /** Where in the post's words the query was found. */
  readonly snippet: ReadonlyArray<SnippetPart>
  /** As they stand in `/tag/{tag}`. */
  readonly tags: ReadonlyArray<string>
}

/** Text whose lines are told apart on one: headings have no full stop, and would run into what follows. */
const parted = (text: string): string => text.replace(/(?<=[\p{L}\p{N}])[^\S\n]*\n\s*/gu, " · ")

/** What to show of a post that a query found. */
export const hitOf = (post: Post, query: SearchQuery): SearchHit => {
  const title = nameOf(post)
  return {
    postId: post.id,
    slug: post.slug,
    ...(title === undefined ? {} : { title, markedTitle: marked(title, query) }),
    publishedAt: post.publishedAt,
    ...(post.publishedOffset !== undefined && { publishedOffset: post.publishedOffset }),
    snippet: snippet(parted(wordsOf(post)), query),
    tags: tagsOf(post).map(({ tag }) => tag)
  }
}
