import { fold } from "../Folding.js"
import { nameOf, type Post, tagsOf } from "../posts/Post.js"
import { wordsOf } from "../posts/Shown.js"
import type { SearchQuery, SearchTerm } from "./SearchQuery.js"

/** The searchable form of a post: folded title, text and tags. */
export interface SearchDocument {
  readonly title: string
  readonly body: string
  readonly tags: string
}

/**
 * Increment it when `documentOf` or `fold` changes its result; stored documents of other versions are then replaced.
 */
export const documentVersion = 5

/** Makes the search document of a post. */
export const documentOf = (post: Pick<Post, "type" | "properties" | "rendering">): SearchDocument => ({
  title: fold(nameOf(post) ?? ""),
  body: fold(wordsOf(post)),
  tags: tagsOf(post)
    .map(({ label }) => fold(label))
    .join("")
})

/** Weights of a term in each field. */
export const fieldWeights = { title: 10, tags: 5, body: 1 } as const satisfies Record<keyof SearchDocument, number>

/** A term with spaces around it, which matches whole words in a folded text. */
export const wholeWords = (term: SearchTerm): string => ` ${term.words.join(" ")} `

/** Minimum length of a last word that may match as a prefix, in characters. */
const shortestPart = 3

/**
 * The substring to search for in a folded text. A single word of three or more characters also matches inside of words;
 * of several words (`O'Reil`) the last may be a prefix; shorter words and exact terms match whole words. Always three
 * characters or more, as an index of trigrams requires.
 */
export const needle = (term: SearchTerm): string => {
  const open = !term.exact && Array.from(term.words.at(-1) ?? "").length >= shortestPart
  if (!open) return wholeWords(term)
  return term.words.length === 1 ? term.words.join("") : ` ${term.words.join(" ")}`
}

/** Returns whether a document has every required term in any of its fields, and none of the excluded ones. */
export const matches = (query: SearchQuery, document: SearchDocument): boolean => {
  const text = document.title + document.body + document.tags
  return (
    query.required.every((term) => text.includes(needle(term))) &&
    !query.excluded.some((term) => text.includes(wholeWords(term)))
  )
}

/**
 * Relevance of a matching document; larger is better. Each required term adds, for every field, the field's weight: a
 * quarter if it is found, a quarter if at the start of a word, half if as whole words.
 *
 * Term frequencies are not used: every candidate has every term, posts are short, and FTS5's bm25 would have to visit
 * every match in the index before it could rank the first (56 ms against 2.7 ms at 100,000 posts).
 */
export const relevance = (query: SearchQuery, document: SearchDocument): number => {
  let score = 0
  for (const term of query.required) {
    for (const field of ["title", "tags", "body"] as const) {
      const text = document[field]
      if (text.includes(needle(term))) score += fieldWeights[field] / 4
      if (text.includes(wordStart(term))) score += fieldWeights[field] / 4
      if (text.includes(wholeWords(term))) score += fieldWeights[field] / 2
    }
  }
  return score
}

/** A term at the start of a word, whose last word may continue. */
export const wordStart = (term: SearchTerm): string => ` ${term.words.join(" ")}`
