import { Either, Option } from "effect"
import { SearchQueryInvalid } from "../../errors/Search.js"
import { words } from "../Folding.js"
import { parseInstant } from "../Instant.js"
import { foldTag } from "../posts/Tag.js"

/** A search term, folded and without operators. */
export interface SearchTerm {
  /** Folded words in order; several words are a phrase. Never empty. */
  readonly words: ReadonlyArray<string>
  /** True for quoted phrases and exclusions: whole words only. */
  readonly exact: boolean
}

/** A parsed query: required and excluded terms, and filters. A post has to match all of it. */
export interface SearchQuery {
  /** The input without control characters, trimmed, to show it again. */
  readonly text: string
  readonly required: ReadonlyArray<SearchTerm>
  readonly excluded: ReadonlyArray<SearchTerm>
  /** Required tags, folded. */
  readonly tags: ReadonlyArray<string>
  /** Excluded tags, folded. */
  readonly excludedTags: ReadonlyArray<string>
  /**
   * Only posts published before this local time of their authors (epoch milliseconds, as if it were UTC), because lists
   * show local dates.
   */
  readonly before?: number
  /** As `before`: only posts published at this time or later. */
  readonly after?: number
}

/** Maximum length of a query in UTF-16 code units. */
export const maxQueryLength = 256

/** Maximum number of words, phrases and filters in a query. */
export const maxQueryTerms = 16

/**
 * Parses a typed query: words in any order, `"phrases"`, `-without`, `tag:name`, `before:` and `after:` with a year,
 * month or day. Anything else is text; the only error, beside the limits, is an invalid date.
 */
export const parse = (input: string): Either.Either<SearchQuery, SearchQueryInvalid> => {
  const text = input.replace(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim()
  if (text.length > maxQueryLength) return invalid("too_long", maxQueryLength)

  const required: Array<SearchTerm> = []
  const excluded: Array<SearchTerm> = []
  const tags: Array<string> = []
  const excludedTags: Array<string> = []
  let before = Number.POSITIVE_INFINITY
  let after = Number.NEGATIVE_INFINITY
  let filters = 0

  for (const { without, filter, value, quoted } of tokens(text)) {
    if (filter === "before" || filter === "after") {
      const instant = startOf(value)
      if (Option.isNone(instant)) return invalid("bad_date")
      // "Not before" a day means "after" it, and the other way round.
      if ((filter === "before") !== without) before = Math.min(before, instant.value)
      else after = Math.max(after, instant.value)
      filters++
    } else if (filter === "tag") {
      const tag = foldTag(value)
      if (tag !== "") (without ? excludedTags : tags).push(tag)
    } else {
      const found = words(value)
      if (found.length > 0 && without) excluded.push({ words: found, exact: true })
      else if (found.length > 0) required.push({ words: found, exact: quoted })
    }
  }

  const terms = required.length + excluded.length + tags.length + excludedTags.length + filters
  if (terms > maxQueryTerms) return invalid("too_many_terms", maxQueryTerms)
  if (terms === 0) return invalid("empty")
  if (terms === excluded.length + excludedTags.length) return invalid("only_exclusions")
  return Either.right({
    text,
    required,
    excluded,
    tags,
    excludedTags,
    ...(Number.isFinite(before) ? { before } : {}),
    ...(Number.isFinite(after) ? { after } : {})
  })
}

const invalid = (reason: SearchQueryInvalid["reason"], limit?: number) =>
  Either.left(new SearchQueryInvalid(limit === undefined ? { reason } : { reason, limit }))

interface Token {
  readonly without: boolean
  readonly filter: string | undefined
  readonly value: string
  readonly quoted: boolean
}

/**
 * Sign, filter, then a quoted text (the closing quote may be missing at the end) or everything up to the next space or
 * quote.
 */
const token = /(?<sign>-?)(?:(?<filter>tag|before|after):(?=[^\s]))?(?:"(?<quoted>[^"]*)"?|(?<bare>[^\s"]+))/giu

function* tokens(text: string): Iterable<Token> {
  for (const { groups = {} } of text.replace(/[“”„‟«»＂]/g, '"').matchAll(token)) {
    yield {
      without: groups.sign === "-",
      filter: groups.filter?.toLowerCase(),
      value: groups.quoted ?? groups.bare ?? "",
      quoted: groups.quoted !== undefined
    }
  }
}

/** The local time at which a year, month or day begins, as if it were UTC (epoch milliseconds). */
const startOf = (text: string): Option.Option<number> => {
  const [, year, month = "01", day = "01"] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? []
  return parseInstant(`${year}-${month}-${day}`)
}
