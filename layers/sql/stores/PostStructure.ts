import type { SqlClient, SqlError } from "@effect/sql"
import { Effect } from "effect"
import { isPinned, type Post } from "../../../src/domain/posts/Post.js"
import { kindOf } from "../../../src/domain/posts/PostKind.js"
import type { Rendering } from "../../../src/domain/posts/Rendering.js"

/** The parts of a post that determine its place in lists. */
type Structured = Pick<Post, "type" | "properties"> & { readonly rendering: Pick<Rendering, "opening"> }

/** Columns of a post that lists are selected by. */
export const structureOf = (post: Structured) => ({ kind: kindOf(post), is_pinned: isPinned(post) ? 1 : 0 })

/** Corrects the columns of a stored post that were set with another rendering, or without one. */
export const restructure = (
  sql: SqlClient.SqlClient,
  post: Structured & Pick<Post, "id">
): Effect.Effect<void, SqlError.SqlError> => {
  const { is_pinned, kind } = structureOf(post)
  return Effect.asVoid(
    sql`UPDATE posts SET ${sql.update({ kind, is_pinned })}
      WHERE id = ${post.id} AND (kind <> ${kind} OR is_pinned <> ${is_pinned})`
  )
}
