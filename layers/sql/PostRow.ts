import type { SqlClient, Statement } from "@effect/sql"
import { Effect, Schema } from "effect"
import { Properties } from "../../src/domain/Microformats.js"
import { type Post, PostStatus, Visibility } from "../../src/domain/Post.js"
import { Slug } from "../../src/domain/Slug.js"
import { decodeRows } from "./Rows.js"

const PostRow = Schema.Struct({
  id: Schema.Int,
  slug: Slug,
  type: Schema.String,
  properties: Schema.parseJson(Properties),
  status: PostStatus,
  visibility: Visibility,
  publishedAt: Schema.Int,
  createdAt: Schema.Int,
  updatedAt: Schema.Int,
  deletedAt: Schema.NullOr(Schema.Int),
  postedBy: Schema.NullOr(Schema.String),
  feedId: Schema.String
})

const decodePostRows = decodeRows(PostRow)

const toPost = ({ deletedAt, postedBy, ...row }: typeof PostRow.Type): Post => ({
  ...row,
  ...(deletedAt === null ? {} : { deletedAt }),
  ...(postedBy === null ? {} : { postedBy })
})

/** The columns that make a `Post`, from a table named `posts`. */
export const postColumns = (sql: SqlClient.SqlClient): Statement.Fragment =>
  sql.literal(
    `posts.id, posts.slug, posts.type, posts.properties, posts.status, posts.visibility,
      posts.published_at AS "publishedAt", posts.created_at AS "createdAt", posts.updated_at AS "updatedAt",
      posts.deleted_at AS "deletedAt", posts.posted_by AS "postedBy",
      posts.feed_id AS "feedId"`
  )

/** Decodes rows of `postColumns`. */
export const postsFrom = (rows: ReadonlyArray<unknown>) =>
  Effect.map(decodePostRows(rows), (decoded) => decoded.map(toPost))
