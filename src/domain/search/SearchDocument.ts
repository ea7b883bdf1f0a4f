import { fold } from "../Folding.js"
import { nameOf, type Post, tagsOf } from "../posts/Post.js"
import { wordsOf } from "../posts/Shown.js"
import type { SearchQuery, SearchTerm } from "./SearchQuery.js"

/** What search knows of a post: its folded title, words and tags. */
export interface SearchDocument {
  readonly title: string
  readonly body: string
  readonly tags: string
}

/**
 * Changes whenever `documentOf` or `fold` would make another document of the same post: stored documents of another
 * version are made anew.
 */
export const documentVersion = 5

/** What search is to know of a post. */
export const documentOf = (post: Pick<Post, "type" | "properties" | "rendering">): SearchDocument => ({
  title: fold(nameOf(post) ?? ""),
  body: fold(wordsOf(post)),
  tags: tagsOf(post)
    .map(({ label }) => fold(label))
    .join("")
})

/** How much more it says about a post that a term stands in its title or tags than in its text. */
export const fieldWeights = { title: 10, tags: 5, body: 1 } as const satisfies Record<keyof SearchDocument, number>

/** A term enclosed in spaces: found in a folded text wherever all its words stand whole. */
export const wholeWords = (term: SearchTerm): string => ` ${term.words.join(" ")} `

/** The shortest last word that may also be the beginning of a longer one, in characters. */
const shortestPart = 3

/**
 * What to look for in a folded text. A single word of three or more characters is found inside others too; of several
 * words (`O'Reil`) the last may be incomplete; shorter words and exact terms stand whole. Always three characters or
 * more, so that an index of trigrams can look it up.
 */
export const needle = (term: SearchTerm): string => {
  const open = !term.exact && Array.from(term.words.at(-1) ?? "").length >= shortestPart
  if (!open) return wholeWords(term)
  return term.words.length === 1 ? term.words.join("") : ` ${term.words.join(" ")}`
}

/** Whether a document holds every required term, in any of its fields, and none of the excluded ones. */
export const matches = (query: SearchQuery, document: SearchDocument): boolean => {
  const text = document.title + document.body + document.tags
  return (
    query.required.every((term) => text.includes(needle(term))) &&
    !query.excluded.some((term) => text.includes(wholeWords(term)))
  )
}

/**
 * How well a matching document answers the required terms; more is better. Each term adds, for every field, the field's
 * weight: a quarter if found at all, a quarter if at the start of a word, half if as whole words.
 *
 * No term frequencies: every candidate holds every term, posts are short, and FTS5's bm25 would have to visit every
 * match in the index before it could rank the first (56 ms against 2.7 ms at 100,000 posts).
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

/** A term at the start of a word: its last word may go on. */
export const wordStart = (term: SearchTerm): string => ` ${term.words.join(" ")}`
