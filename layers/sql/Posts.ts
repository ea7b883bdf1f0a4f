import type { SqlClient, Statement } from "@effect/sql"
import { Clock, Effect, Layer, Option, Schema } from "effect"
import { type NewPost, type Post, suggestedSlug, tagsOf } from "../../src/domain/Post.js"
import { firstFreeSlug, type Slug, slugFromWish } from "../../src/domain/Slug.js"
import { Logger } from "../../src/services/Logger.js"
import { type Cursor, type PostPage, type PostRange, Posts, type TagCount } from "../../src/services/Posts.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { postColumns, postsFrom } from "./PostRow.js"
import { decodeRow, decodeRows } from "./Rows.js"
import { SearchIndex } from "./SearchIndex.js"
import { isKept, isPublic } from "./Visibility.js"

const LabelCount = Schema.Struct({
  tag: Schema.String,
  label: Schema.String,
  count: Schema.Int,
  newestAt: Schema.Int
})

const labelCountsFrom = decodeRows(LabelCount)

/** One count a tag, under the first of its labels; the tags used most come first. */
const summed = (labels: ReadonlyArray<typeof LabelCount.Type>): ReadonlyArray<TagCount> => {
  const counts = new Map<string, TagCount>()
  for (const { count, label, tag } of labels) {
    const known = counts.get(tag)
    counts.set(tag, { tag, label: known?.label ?? label, count: count + (known?.count ?? 0) })
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1))
}

const insertedFrom = decodeRow(Schema.Struct({ id: Schema.Int }))
const revisionFrom = decodeRow(
  Schema.Struct({
    lastId: Schema.NullOr(Schema.Int),
    changedAt: Schema.NullOr(Schema.Int),
    publishedAt: Schema.NullOr(Schema.Int)
  })
)

/** Where a list comes from, and its order: by time of publication, posts of one instant by age. */
const sourceOf = (sql: SqlClient.SqlClient, tag: string | undefined) =>
  tag === undefined
    ? { from: sql`posts`, publishedAt: "posts.published_at", id: "posts.id" }
    : {
        from: sql`post_tags JOIN posts ON posts.id = post_tags.post_id AND post_tags.tag = ${tag}`,
        publishedAt: "post_tags.published_at",
        id: "post_tags.post_id"
      }

/**
 * One stretch of the posts that are visible: a walk along an index from the cursor on, however long the list is.
 * `visible` is told up to which instant posts are wanted, for SQLite uses one upper bound of an index only, and must not
 * start the walk at the newest post.
 */
const listing = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  visible: (until: number) => Statement.Fragment,
  range: PostRange
) {
  const { after, before, limit, offset = 0 } = range
  const { from, id, publishedAt } = sourceOf(sql, range.tag)
  const key = sql.literal(`(${publishedAt}, ${id})`)
  const olderThan = (cursor: Cursor) => sql`${key} < (${cursor.publishedAt}, ${cursor.id})`
  const newerThan = (cursor: Cursor) => sql`${key} > (${cursor.publishedAt}, ${cursor.id})`

  const towardsNewer = after !== undefined && before === undefined
  const direction = towardsNewer ? "ASC" : "DESC"
  const within = [
    visible(before?.publishedAt ?? Number.POSITIVE_INFINITY),
    ...(before ? [olderThan(before)] : []),
    ...(after ? [newerThan(after)] : [])
  ]
  const found = yield* Effect.flatMap(
    sql`SELECT ${postColumns(sql)} FROM ${from} WHERE ${sql.and(within)}
      ORDER BY ${sql.literal(`${publishedAt} ${direction}, ${id} ${direction}`)} LIMIT ${limit + 1} OFFSET ${offset}`,
    postsFrom
  )
  const isAnyBehind = (last: Cursor | undefined) => {
    const until = towardsNewer && last ? last.publishedAt : Number.POSITIVE_INFINITY
    const behind = last ? [visible(until), towardsNewer ? olderThan(last) : newerThan(last)] : [visible(until)]
    return Effect.map(sql`SELECT 1 FROM ${from} WHERE ${sql.and(behind)} LIMIT 1`, (rows) => rows.length > 0)
  }
  const hasMoreAhead = found.length > limit
  const posts = towardsNewer ? found.slice(0, limit).reverse() : found.slice(0, limit)

  const startsAtTheNewest = before === undefined && after === undefined && offset === 0
  const hasMoreBehind = startsAtTheNewest ? false : yield* isAnyBehind(towardsNewer ? posts.at(-1) : posts[0])
  const page: PostPage = towardsNewer
    ? { posts, hasNewer: hasMoreAhead, hasOlder: hasMoreBehind }
    : { posts, hasNewer: hasMoreBehind, hasOlder: hasMoreAhead }
  return page
})

const isTaken = (sql: SqlClient.SqlClient) => (slug: Slug) =>
  Effect.map(sql`SELECT 1 FROM posts WHERE slug = ${slug}`, (rows) => rows.length > 0)

/** Posts in the tables `posts` and `post_tags`: the same SQL on every database. */
export const layer: Layer.Layer<Posts, never, SqlPool | SearchIndex | Logger> = Layer.effect(
  Posts,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const index = yield* SearchIndex
    const log = (yield* Logger).named("starpunk.posts")

    const insert = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, post: NewPost, slug: Slug, now: number) {
      const publishedAt = post.publishedAt ?? now
      const row = {
        slug: yield* firstFreeSlug(slug, isTaken(sql)),
        type: post.type,
        properties: JSON.stringify(post.properties),
        status: post.status,
        visibility: post.visibility,
        published_at: publishedAt,
        created_at: now,
        updated_at: now
      }
      const { id } = yield* Effect.flatMap(sql`INSERT INTO posts ${sql.insert(row)} RETURNING id`, insertedFrom)
      const tags = tagsOf(post)
      if (tags.length > 0) {
        const rows = tags.map((tag, position) => ({ post_id: id, ...tag, position, published_at: publishedAt }))
        yield* sql`INSERT INTO post_tags ${sql.insert(rows)}`
      }
      const { publishedAt: _, wishedSlug: __, ...kept } = post
      const stored: Post = { ...kept, id, slug: row.slug, publishedAt, createdAt: now, updatedAt: now }
      yield* index.update(sql, stored)
      return stored
    })

    const create = Effect.fn("Posts.create")(function* (post: NewPost) {
      const now = yield* Clock.currentTimeMillis
      const wished = post.wishedSlug === undefined ? undefined : slugFromWish(post.wishedSlug)
      const slug = wished ?? suggestedSlug(post, post.publishedAt ?? now)
      const stored = yield* pool.write((sql) => insert(sql, post, slug, now))
      yield* log.info("Post created", { post: stored.id, slug: stored.slug, status: stored.status })
      return stored
    })

    const bySlug = Effect.fn("Posts.bySlug")(function* (slug: Slug) {
      const rows = yield* pool.read((sql) => sql`SELECT ${postColumns(sql)} FROM posts WHERE slug = ${slug}`)
      return Option.fromNullable((yield* postsFrom(rows))[0])
    })

    const listPublic = Effect.fn("Posts.listPublic")(function* (range: PostRange) {
      const now = yield* Clock.currentTimeMillis
      return yield* pool.read((sql) => listing(sql, (until) => isPublic(sql, Math.min(now, until)), range))
    })

    const listAll = Effect.fn("Posts.listAll")(function* (range: PostRange) {
      return yield* pool.read((sql) => listing(sql, () => isKept(sql), range))
    })

    const tags = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const rows = yield* pool.read(
        (sql) => sql`SELECT post_tags.tag, post_tags.label, count(*) AS count, max(posts.published_at) AS "newestAt"
          FROM post_tags JOIN posts ON posts.id = post_tags.post_id WHERE ${isPublic(sql, now)}
          GROUP BY post_tags.tag, post_tags.label ORDER BY "newestAt" DESC`
      )
      return summed(yield* labelCountsFrom(rows))
    }).pipe(Effect.withSpan("Posts.tags"))

    const revision = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const rows = yield* pool.read(
        (sql) => sql`SELECT (SELECT max(id) FROM posts) AS "lastId", (SELECT max(updated_at) FROM posts) AS "changedAt",
          (SELECT published_at FROM posts WHERE ${isPublic(sql, now)}
            ORDER BY published_at DESC LIMIT 1) AS "publishedAt"`
      )
      const { changedAt, lastId, publishedAt } = yield* revisionFrom(rows)
      return [lastId, changedAt, publishedAt].map((number) => (number ?? 0).toString(36)).join("-")
    }).pipe(Effect.withSpan("Posts.revision"))

    return { create, bySlug, listPublic, listAll, tags, revision }
  })
)
