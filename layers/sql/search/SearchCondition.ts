import type { SqlClient } from "@effect/sql"
import type { Fragment } from "@effect/sql/Statement"
import {
  fieldWeights,
  needle,
  type SearchDocument,
  wholeWords,
  wordStart
} from "../../../src/domain/search/SearchDocument.js"
import type { SearchQuery } from "../../../src/domain/search/SearchQuery.js"
import type { TimeZone } from "../../../src/domain/TimeZone.js"
import { isPublic } from "../rows/Visibility.js"

/** Maximum number of matches (the newest) that are ranked; with more, totals are lower bounds. */
export const mostCandidates = 1_000

/** Time of a search, and the time zone of posts without an offset. */
export interface Viewpoint {
  /** Epoch milliseconds. */
  readonly now: number
  readonly zone: TimeZone
}

/** Condition on `posts` for every engine: public posts that match the query's filters. */
export const inScope = (sql: SqlClient.SqlClient, query: SearchQuery, { now, zone }: Viewpoint): Fragment =>
  sql.and([
    isPublic(sql, now),
    ...(query.before === undefined ? [] : [sql`NOT ${isSince(sql, query.before, zone)}`]),
    ...(query.after === undefined ? [] : [isSince(sql, query.after, zone)]),
    ...query.tags.map((tag) => hasTag(sql, tag)),
    ...query.excludedTags.map((tag) => sql`NOT ${hasTag(sql, tag)}`)
  ])

/** Condition that the post's local time of publication is at least this. */
const isSince = (sql: SqlClient.SqlClient, wallClock: number, zone: TimeZone) =>
  sql`(CASE WHEN posts.published_offset IS NULL THEN posts.published_at >= ${zone.instantOf(wallClock)}
    ELSE posts.published_at + posts.published_offset * 1000 >= ${wallClock} END)`

const hasTag = (sql: SqlClient.SqlClient, tag: string) =>
  sql`EXISTS (SELECT 1 FROM post_tags WHERE post_tags.post_id = posts.id AND post_tags.tag = ${tag})`

/** The whole folded text of a row of `search_documents`, as the full-text index has it. */
export const documentText = (sql: SqlClient.SqlClient): Fragment =>
  sql`search_documents.title || search_documents.body || search_documents.tags`

/** The domain's `matches` in SQL: condition that a row of `search_documents` has the terms. */
export const holdsTerms = (sql: SqlClient.SqlClient, query: SearchQuery): Fragment =>
  sql.and([
    ...query.required.map((term) => contains(sql, documentText(sql), needle(term))),
    ...query.excluded.map((term) => sql`NOT ${contains(sql, documentText(sql), wholeWords(term))}`)
  ])

/** The domain's `relevance` in SQL, for a row of `search_documents`. */
export const relevanceOf = (sql: SqlClient.SqlClient, query: SearchQuery): Fragment => {
  const weighted = (field: keyof SearchDocument, part: string, weight: number) =>
    sql`CASE WHEN ${contains(sql, sql`search_documents.${sql(field)}`, part)} THEN ${sql.literal(String(weight))} ELSE 0 END`
  const scores = query.required.flatMap((term) =>
    (["title", "tags", "body"] as const).flatMap((field) => [
      weighted(field, needle(term), fieldWeights[field] / 4),
      weighted(field, wordStart(term), fieldWeights[field] / 4),
      weighted(field, wholeWords(term), fieldWeights[field] / 2)
    ])
  )
  return scores.length === 0 ? sql`(0 + 0)` : sql.join(" + ", false)(scores)
}

/**
 * Condition that a folded text contains another. Uses LIKE, which is a third faster than `instr` here (31 ms against 48
 * ms for 100,000 posts). Folded text has no wildcards, but they are escaped in case folding changes.
 */
export const contains = (sql: SqlClient.SqlClient, text: Fragment, part: string): Fragment =>
  sql`(${text} LIKE ${`%${part.replace(/[\\%_]/g, "\\$&")}%`} ESCAPE '\\')`
