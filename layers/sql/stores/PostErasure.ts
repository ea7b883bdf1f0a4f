import type { SqlClient, Statement } from "@effect/sql"
import type { Properties } from "../../../src/domain/posts/Microformats.js"
import { isPage, type Post, postTypeProperty } from "../../../src/domain/posts/Post.js"
import { structureOf } from "./PostStructure.js"

/** Properties that an erased page keeps, so that its address of one segment stays reserved. */
const page: Properties = { [postTypeProperty]: ["page"] }

/** Properties of erased posts, as they are stored. */
const left = [JSON.stringify({}), JSON.stringify(page)]

/** Tables with parts of posts. Deleted posts are in no search index. */
const parts = [
  "post_tags",
  "post_renderings",
  "cited_pages",
  "media_uses",
  "post_revisions",
  "draft_links",
  "post_views"
]

/**
 * Statements that remove the content of a deleted post. The row stays: its slug, former slugs and old addresses answer
 * 410, and no other post gets them.
 */
export const erasure = (sql: SqlClient.SqlClient, post: Post): ReadonlyArray<Statement.Statement<unknown>> => {
  const bare = { type: "h-entry", properties: isPage(post) ? page : {} }
  const row = {
    type: bare.type,
    properties: JSON.stringify(bare.properties),
    posted_by: null,
    published_offset: null,
    ...structureOf({ ...bare, rendering: { opening: "" } })
  }
  return [
    sql`UPDATE posts SET ${sql.update(row)} WHERE id = ${post.id}`,
    ...parts.map((table) => sql`DELETE FROM ${sql(table)} WHERE post_id = ${post.id}`)
  ]
}

/** Condition for deleted posts that can be restored. */
export const isRestorable = (sql: SqlClient.SqlClient): Statement.Fragment =>
  sql`posts.deleted_at IS NOT NULL AND NOT ${sql.in("posts.properties", left)}`
