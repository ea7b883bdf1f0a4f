import { pathOf } from "../posts/Permalink.js"
import { nameOf, type Post, tagsOf } from "../posts/Post.js"
import { firstWordsOf, wordsOf } from "../posts/Shown.js"
import type { Slug } from "../posts/Slug.js"
import type { SearchQuery } from "./SearchQuery.js"
import { isSettledBy, marked, type SnippetPart, snippet } from "./Snippet.js"

/** A search result. */
export interface SearchHit {
  readonly postId: number
  readonly slug: Slug
  /** Its address on this site. */
  readonly path: string
  /** Absent for notes, which have no title. */
  readonly title?: string
  /** The title with its matches. */
  readonly markedTitle?: ReadonlyArray<SnippetPart>
  /** Epoch milliseconds, UTC. */
  readonly publishedAt: number
  /** As in `Post`. */
  readonly publishedOffset?: number
  /** The part of the post's text with the matches. */
  readonly snippet: ReadonlyArray<SnippetPart>
  /** Folded, as in `/tag/{tag}`. */
  readonly tags: ReadonlyArray<string>
}

/** Joins lines with a separator, because headings end without a full stop. */
const parted = (text: string): string => text.replace(/(?<=[\p{L}\p{N}])[^\S\n]*\n\s*/gu, " · ")

const hitWith = (post: Post, query: SearchQuery, words: string): SearchHit => {
  const title = nameOf(post)
  return {
    postId: post.id,
    slug: post.slug,
    path: pathOf(post),
    ...(title === undefined ? {} : { title, markedTitle: marked(title, query) }),
    publishedAt: post.publishedAt,
    ...(post.publishedOffset !== undefined && { publishedOffset: post.publishedOffset }),
    snippet: snippet(words, query),
    tags: tagsOf(post).map(({ tag }) => tag)
  }
}

/** Makes the search result of a post. */
export const hitOf = (post: Post, query: SearchQuery): SearchHit => hitWith(post, query, parted(wordsOf(post)))

/**
 * Makes the search result of a post of whose text only the beginning is known; `undefined` if the rest could change it.
 */
export const hitOfBeginning = (post: Post, query: SearchQuery): SearchHit | undefined => {
  const words = parted(firstWordsOf(post))
  return isSettledBy(words, query) ? hitWith(post, query, words) : undefined
}
