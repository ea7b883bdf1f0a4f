import type { SqlClient, SqlError } from "@effect/sql"
import { Clock, Duration, Effect } from "effect"
import type { SearchQuery } from "../../../src/domain/search/SearchQuery.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { SqlPool } from "../../../src/services/SqlPool.js"
import { holdsTerms, inScope, mostCandidates, type Viewpoint } from "../search/SearchCondition.js"
import { type Found, foundFrom } from "./SearchFound.js"

/** Ids per slice: some milliseconds of a reader, after which other readers run and the scan can be interrupted. */
const sliceSize = 5_000

/** Maximum duration of a scan; then the result is what was found, marked as incomplete. */
const budget = Duration.toMillis("2 seconds")

/**
 * Scans every post's folded text, newest first, in slices, and returns matches by publication time. Finds the same
 * posts as the full-text index, without its ranking.
 */
export const find = (
  pool: SqlPool["Type"],
  query: SearchQuery,
  view: Viewpoint
): Effect.Effect<Found, DatabaseFailure> =>
  Effect.gen(function* () {
    const startedAt = yield* Clock.currentTimeMillis
    const [newest] = yield* pool.read(
      (sql) => sql<{ readonly id: number | null }>`SELECT max(post_id) AS id FROM search_documents`
    )
    const matches: Array<Match> = []
    let upTo = newest?.id ?? 0
    let inTime = true
    while (upTo > 0 && matches.length <= mostCandidates && inTime) {
      const from = upTo - sliceSize
      const wanted = mostCandidates + 1 - matches.length
      matches.push(...(yield* pool.read((sql) => slice(sql, query, view, from, upTo, wanted))))
      upTo = from
      inTime = (yield* Clock.currentTimeMillis) - startedAt < budget
    }
    const found = foundFrom(matches.sort((a, b) => b.publishedAt - a.publishedAt || b.id - a.id).map(({ id }) => id))
    return { ...found, complete: found.complete && upTo <= 0 }
  })

interface Match {
  readonly id: number
  readonly publishedAt: number
}

/** SQLite reads the tables of a CROSS JOIN in the order of the text. */
const inThisOrder = (sql: SqlClient.SqlClient) =>
  sql.onDialectOrElse({ pg: () => sql`JOIN`, orElse: () => sql`CROSS JOIN` })

const slice = (
  sql: SqlClient.SqlClient,
  query: SearchQuery,
  view: Viewpoint,
  from: number,
  upTo: number,
  wanted: number
): Effect.Effect<ReadonlyArray<Match>, SqlError.SqlError> =>
  sql<Match>`
    SELECT posts.id, posts.published_at AS "publishedAt"
    FROM search_documents ${inThisOrder(sql)} posts ON posts.id = search_documents.post_id
    WHERE search_documents.post_id > ${from} AND search_documents.post_id <= ${upTo}
      AND ${holdsTerms(sql, query)} AND ${inScope(sql, query, view)}
    ORDER BY search_documents.post_id DESC
    LIMIT ${wanted}`
