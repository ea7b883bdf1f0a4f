import type { SqlClient, SqlError } from "@effect/sql"
import { Effect } from "effect"
import { needle, wholeWords } from "../../../src/domain/search/SearchDocument.js"
import type { SearchQuery } from "../../../src/domain/search/SearchQuery.js"
import { type Found, foundFrom } from "../../sql/results/SearchFound.js"
import { inScope, mostCandidates, relevanceOf, type Viewpoint } from "../../sql/search/SearchCondition.js"

/**
 * Searches the full-text index `table`, best match first. The index returns its matches newest first, and at most
 * `mostCandidates` are ranked, which bounds the cost of words that every post contains. Needs a required term.
 */
export const find = (
  sql: SqlClient.SqlClient,
  table: string,
  query: SearchQuery,
  view: Viewpoint
): Effect.Effect<Found, SqlError.SqlError> =>
  sql<{ readonly id: number }>`
    SELECT candidate.id
    FROM (
      SELECT posts.id, posts.published_at
      FROM ${sql(table)} CROSS JOIN posts ON posts.id = ${sql(table)}.rowid
      WHERE ${sql(table)} MATCH ${matchExpression(query)} AND ${inScope(sql, query, view)}
      ORDER BY ${sql(table)}.rowid DESC
      LIMIT ${mostCandidates + 1}
    ) AS candidate CROSS JOIN search_documents ON search_documents.post_id = candidate.id
    ORDER BY ${relevanceOf(sql, query)} DESC, candidate.published_at DESC, candidate.id DESC`.pipe(
    Effect.map((rows) => foundFrom(rows.map(({ id }) => id)))
  )

/**
 * The query in FTS5 syntax (https://www.sqlite.org/fts5.html#full_text_query_syntax): quoted strings of folded text
 * only, so that input is never parsed as an operator.
 */
const matchExpression = (query: SearchQuery): string => {
  const required = query.required.map((term) => quoted(needle(term))).join(" AND ")
  const excluded = query.excluded.map((term) => quoted(wholeWords(term))).join(" OR ")
  return excluded === "" ? required : `(${required}) NOT (${excluded})`
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
