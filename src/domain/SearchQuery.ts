/** One thing to look for, already folded (case, accents) and free of operators. */
export interface SearchTerm {
  /** Folded words in order; more than one makes a phrase. */
  readonly words: ReadonlyArray<string>
  /** True for quoted phrases and their like: whole words only. */
  readonly exact: boolean
}

/** A parsed query: what must be there, what must not, and the filters. */
export interface SearchQuery {
  /** What was typed, trimmed, for showing it again. */
  readonly text: string
  readonly required: ReadonlyArray<SearchTerm>
  readonly excluded: ReadonlyArray<SearchTerm>
  readonly tags: ReadonlyArray<string>
  /** Epoch milliseconds: only posts published before this instant. */
  readonly before?: number
  /** Epoch milliseconds: only posts published at or after this instant. */
  readonly after?: number
}
