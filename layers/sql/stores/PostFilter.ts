import type { SqlClient, Statement } from "@effect/sql"
import { words } from "../../../src/domain/Folding.js"
import type { PostFilter, PostState } from "../../../src/services/Posts.js"
import { isKept, isPublic } from "../rows/Visibility.js"
import { contains, documentText } from "../search/SearchCondition.js"
import { isRestorable } from "./PostErasure.js"

/** Maximum number of words in a filter. */
const mostWords = 20

/** Condition on `posts` for the owner's filter, except the tag, which the source of the list handles. */
export const isOwned = (sql: SqlClient.SqlClient, filter: PostFilter, now: number): Statement.Fragment => {
  const { isPage, readableBy, state = "all", text = "", visibility } = filter
  return sql.and([
    ...inState(sql, state, now),
    ...(visibility === undefined ? [] : [sql`posts.visibility = ${visibility}`]),
    ...(isPage === undefined ? [] : [sql.literal(`posts.kind ${isPage ? "=" : "<>"} 'page'`)]),
    ...(readableBy === undefined ? [] : [sql.or([isPublic(sql, now), sql`posts.posted_by = ${readableBy}`])]),
    ...(state === "deleted" ? hasTexts(sql, text) : hasWords(sql, text))
  ])
}

const inState = (sql: SqlClient.SqlClient, state: PostState, now: number): ReadonlyArray<Statement.Fragment> => {
  switch (state) {
    case "all":
      return [isKept(sql)]
    case "draft":
      return [isKept(sql), sql`posts.status = 'draft'`]
    case "published":
      return [isKept(sql), sql`posts.status = 'published'`, sql`posts.published_at <= ${now}`]
    case "scheduled":
      return [isKept(sql), sql`posts.status = 'published'`, sql`posts.published_at > ${now}`]
    case "deleted":
      return [isRestorable(sql)]
  }
}

/** Searches the folded text, with every engine, and in drafts too. */
const hasWords = (sql: SqlClient.SqlClient, text: string): ReadonlyArray<Statement.Fragment> => {
  const wanted = words(text).slice(0, mostWords)
  if (wanted.length === 0) return []
  const all = wanted.map((word) => contains(sql, documentText(sql), word))
  return [sql`EXISTS (SELECT 1 FROM search_documents WHERE search_documents.post_id = posts.id AND ${sql.and(all)})`]
}

/** Searches the texts of properties, because deleted posts have no folded text. */
const hasTexts = (sql: SqlClient.SqlClient, text: string): ReadonlyArray<Statement.Fragment> =>
  text
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, mostWords)
    .map((word) =>
      sql.onDialectOrElse({
        pg: () => sql`EXISTS (SELECT 1 FROM jsonb_path_query(posts.properties::jsonb, 'strict $.**') AS part
            WHERE jsonb_typeof(part) = 'string' AND ${contains(sql, sql`lower(part #>> '{}')`, word.toLowerCase())})`,
        orElse: () => sql`EXISTS (SELECT 1 FROM json_tree(posts.properties) AS part
            WHERE part.type = 'text' AND ${contains(sql, sql`part.value`, word)})`
      })
    )
