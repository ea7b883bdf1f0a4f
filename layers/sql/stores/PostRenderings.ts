import type { SqlClient, SqlError, Statement } from "@effect/sql"
import { Effect } from "effect"
import { isListedWhole, type ListedPost, listedPost, listedProperties } from "../../../src/domain/posts/ListedPost.js"
import type { Post } from "../../../src/domain/posts/Post.js"
import { plainRendering, rendererVersion } from "../../../src/domain/posts/Rendering.js"
import type { RenderedPost } from "../../../src/domain/search/RenderedPost.js"
import type { Renderer } from "../../../src/services/Renderer.js"
import type { Stored } from "../rows/PostRow.js"
import { restructure } from "./PostStructure.js"

const rowOf = ({ id, properties, quotes, rendering }: Rendered) => ({
  post_id: id,
  version: rendererVersion,
  quotes,
  state: rendering.state,
  is_listed_whole: isListedWhole({ properties, rendering }) ? 1 : 0,
  opening: rendering.opening,
  listed: JSON.stringify(listedProperties(properties)),
  html: rendering.html,
  text: rendering.text
})

/** The parts of a post that are stored with its rendering. */
type Rendered = Pick<Post, "id" | "properties" | "rendering"> & Pick<RenderedPost, "quotes">

/** Statements that store renderings of posts that have none; `pending` ones are skipped. */
export const additions = (
  sql: SqlClient.SqlClient,
  posts: ReadonlyArray<Rendered>
): ReadonlyArray<Statement.Statement<unknown>> => {
  const rows = posts.filter(({ rendering }) => rendering.state !== "pending").map(rowOf)
  return rows.length === 0 ? [] : [sql`INSERT INTO post_renderings ${sql.insert(rows)}`]
}

/** Stores renderings of posts that have none; `pending` ones are skipped. */
export const add = (sql: SqlClient.SqlClient, posts: ReadonlyArray<Rendered>): Effect.Effect<void, SqlError.SqlError> =>
  Effect.all(additions(sql, posts), { discard: true })

/** Replaces a post's rendering. */
export const put = (sql: SqlClient.SqlClient, post: Rendered): Effect.Effect<void, SqlError.SqlError> =>
  Effect.zipRight(sql`DELETE FROM post_renderings WHERE post_id = ${post.id}`, add(sql, [post]))

/** Stores a rendering that was made of `source`, unless the post has changed. */
export const putWhere = (
  sql: SqlClient.SqlClient,
  { source, type, ...post }: Rendered & { readonly source: string; readonly type: string }
): Effect.Effect<void, SqlError.SqlError> =>
  Effect.gen(function* () {
    const same = yield* sql`SELECT 1 FROM posts WHERE id = ${post.id} AND type = ${type} AND properties = ${source}`
    if (same.length === 0) return
    yield* put(sql, post)
    yield* restructure(sql, { ...post, type })
  })

/**
 * Renders posts without a stored rendering. Must not be used while a connection is leased, because rendering takes
 * time.
 */
export const completed =
  (renderer: Renderer["Type"]) =>
  (posts: ReadonlyArray<Stored<Post>>): Effect.Effect<ReadonlyArray<Post>> =>
    Effect.gen(function* () {
      const bare = posts.filter(({ rendering }) => rendering === undefined)
      if (bare.length === 0) return posts.map(atOnce)
      const made = yield* renderer.renderAll(bare)
      const renderings = new Map(bare.map(({ id }, place) => [id, made[place]?.rendering]))
      return posts.map((post) => atOnce({ ...post, rendering: post.rendering ?? renderings.get(post.id) }))
    })

const isRendered = (post: Stored<ListedPost>): post is ListedPost => post.rendering !== undefined

/** Like `completed`, for listed posts. */
export const completedListed =
  (renderer: Renderer["Type"]) =>
  (posts: ReadonlyArray<Stored<ListedPost>>): Effect.Effect<ReadonlyArray<ListedPost>> => {
    // Returns the same objects, because pages cache their views by post object.
    if (posts.every(isRendered)) return Effect.succeed(posts)
    // Without a stored rendering, a row has all properties of the post.
    const bare = posts.flatMap((post) => (post.rendering === undefined ? [{ ...post, rendering: undefined }] : []))
    return Effect.map(completed(renderer)(bare), (made) => {
      const listed = new Map(made.map((post) => [post.id, listedPost(post)]))
      return posts.flatMap(({ rendering, ...post }) => {
        const one = rendering === undefined ? listed.get(post.id) : { ...post, rendering }
        return one === undefined ? [] : [one]
      })
    })
  }

/** Returns the post at once, as plain text if no rendering is stored: for use in a transaction. */
export const atOnce = ({ rendering, ...post }: Stored<Post>): Post => ({
  ...post,
  rendering: rendering ?? plainRendering(post.properties, "pending")
})
