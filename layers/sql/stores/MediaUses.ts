import type { SqlClient, Statement } from "@effect/sql"
import { mediaUsesOf } from "../../../src/domain/posts/MediaUse.js"
import type { Properties } from "../../../src/domain/posts/Microformats.js"

/** The parts of a stored post that may name files. `json` is the text of its properties, if the caller has it. */
interface Naming {
  readonly id: number
  readonly properties: Properties
  readonly json?: string
}

const rowsOf = ({ id, json, properties }: Naming) =>
  mediaUsesOf(properties, json).map((use) => ({ media_id: use.id, post_id: id, alt: use.alt }))

/** Rows of one statement: three parameters each. SQLite takes 32,766. */
const rowsAtOnce = 5000

/** Statements that store the files that posts use, for posts without stored uses. */
export const useAdditions = (
  sql: SqlClient.SqlClient,
  posts: ReadonlyArray<Naming>
): ReadonlyArray<Statement.Statement<unknown>> => {
  const rows = posts.flatMap(rowsOf)
  return Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, part) => {
    const some = rows.slice(part * rowsAtOnce, (part + 1) * rowsAtOnce)
    return sql`INSERT INTO media_uses ${sql.insert(some)}`
  })
}

/** Statements that store the files that a changed post uses, if the files or their descriptions have changed. */
export const useChanges = (
  sql: SqlClient.SqlClient,
  before: Naming,
  after: Naming
): ReadonlyArray<Statement.Statement<unknown>> =>
  JSON.stringify(rowsOf(before)) === JSON.stringify(rowsOf(after))
    ? []
    : [sql`DELETE FROM media_uses WHERE post_id = ${after.id}`, ...useAdditions(sql, [after])]

/** Condition that a setting of the site uses a file of the table `media`. */
const isInSettings = "EXISTS (SELECT 1 FROM site_settings WHERE value LIKE '%' || media.id || '%')"

/** Condition that no post and no setting uses a file of the table `media`. */
export const isUnused = (sql: SqlClient.SqlClient): Statement.Fragment =>
  sql.literal(`NOT EXISTS (SELECT 1 FROM media_uses WHERE media_uses.media_id = media.id) AND NOT ${isInSettings}`)

/** Whether a setting uses a file of the table `media`: 0 or 1. */
export const inSettings = (sql: SqlClient.SqlClient): Statement.Fragment => sql.literal(isInSettings)

/** A text that changes with the set of posts and settings that use a file of the table `media`. */
export const standing = (sql: SqlClient.SqlClient): Statement.Fragment =>
  sql.literal(
    `(SELECT count(*) || '-' || coalesce(sum(post_id), 0) || '-' || coalesce(max(post_id), 0)
      FROM media_uses WHERE media_uses.media_id = media.id) || '-' || ${isInSettings}`
  )
