import type { SqlClient } from "@effect/sql"
import { Clock, Effect, Either, Layer, Option, Schema } from "effect"
import { withoutHost } from "../../src/domain/OwnAddress.js"
import { type NewPost, type Post, suggestedSlug, tagsOf } from "../../src/domain/Post.js"
import { changedPost, saysTheSame, slugAskedFor } from "../../src/domain/PostChange.js"
import { firstFreeSlug, type Slug, slugFromWish } from "../../src/domain/Slug.js"
import { PostUnknown } from "../../src/errors/failure/Micropub.js"
import { Logger } from "../../src/services/Logger.js"
import { type PostFilter, type PostRange, Posts, type TagCount } from "../../src/services/Posts.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { isOwned } from "./PostFilter.js"
import { listing } from "./PostListing.js"
import { postColumns, postsFrom } from "./PostRow.js"
import { decodeRow, decodeRows } from "./Rows.js"
import { SearchIndex } from "./SearchIndex.js"
import { recordedHosts } from "./SiteAddresses.js"
import { isPublic } from "./Visibility.js"

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
    changes: Schema.NullOr(Schema.Int),
    publishedAt: Schema.NullOr(Schema.Int)
  })
)

/** Whether a slug is another post's than this one's, or was: old slugs go on leading to whom they belonged. */
const isTaken =
  (sql: SqlClient.SqlClient, id = 0) =>
  (slug: Slug) =>
    Effect.map(
      sql`SELECT 1 FROM posts WHERE slug = ${slug} AND id <> ${id}
        UNION ALL SELECT 1 FROM post_slugs WHERE slug = ${slug} AND post_id <> ${id}`,
      (rows) => rows.length > 0
    )

const putTags = (sql: SqlClient.SqlClient, post: Post) => {
  const rows = tagsOf(post).map((tag, position) => ({
    post_id: post.id,
    ...tag,
    position,
    published_at: post.publishedAt
  }))
  return rows.length === 0 ? Effect.void : sql`INSERT INTO post_tags ${sql.insert(rows)}`
}

/** The post as it is inside the transaction that changes it. */
const locked = (sql: SqlClient.SqlClient, id: number) =>
  Effect.gen(function* () {
    const [post] = yield* postsFrom(yield* sql`SELECT ${postColumns(sql)} FROM posts WHERE id = ${id}`)
    return post ?? (yield* new PostUnknown())
  })

const countChange = (sql: SqlClient.SqlClient) => sql`UPDATE post_changes SET count = count + 1`

/** Remembers the slug that a post leaves, and takes back the one that it returns to. */
const moveSlug = (sql: SqlClient.SqlClient, before: Post, after: Post) =>
  before.slug === after.slug
    ? Effect.void
    : Effect.zipRight(
        sql`DELETE FROM post_slugs WHERE slug = ${after.slug}`,
        sql`INSERT INTO post_slugs ${sql.insert({ slug: before.slug, post_id: before.id, replaced_at: after.updatedAt })}`
      )

/** Posts in the tables `posts`, `post_tags` and `post_slugs`: the same SQL on every database. */
export const layer: Layer.Layer<Posts, never, SqlPool | SearchIndex | Logger> = Layer.effect(
  Posts,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const index = yield* SearchIndex
    const log = (yield* Logger).named("starpunk.posts")

    const insert = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, given: NewPost, slug: Slug, now: number) {
      const post = { ...given, properties: withoutHost(given.properties, yield* recordedHosts(sql)) }
      const feedId = `urn:uuid:${crypto.randomUUID()}`
      const publishedAt = post.publishedAt ?? now
      const row = {
        slug: yield* firstFreeSlug(slug, isTaken(sql)),
        type: post.type,
        properties: JSON.stringify(post.properties),
        status: post.status,
        visibility: post.visibility,
        published_at: publishedAt,
        created_at: now,
        updated_at: now,
        posted_by: post.postedBy ?? null,
        feed_id: feedId
      }
      const { id } = yield* Effect.flatMap(sql`INSERT INTO posts ${sql.insert(row)} RETURNING id`, insertedFrom)
      const { publishedAt: _, wishedSlug: __, ...kept } = post
      const stored: Post = { ...kept, id, feedId, slug: row.slug, publishedAt, createdAt: now, updatedAt: now }
      yield* putTags(sql, stored)
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
      const rows = yield* pool.read(
        (sql) => sql`SELECT ${postColumns(sql)} FROM posts
          WHERE slug = ${slug} OR id = (SELECT post_id FROM post_slugs WHERE slug = ${slug})`
      )
      return Option.fromNullable((yield* postsFrom(rows))[0])
    })

    const byId = Effect.fn("Posts.byId")(function* (id: number) {
      const rows = yield* pool.read((sql) => sql`SELECT ${postColumns(sql)} FROM posts WHERE id = ${id}`)
      return Option.fromNullable((yield* postsFrom(rows))[0])
    })

    const apply = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, before: Post, change: NewPost, now: number) {
      const asked = slugAskedFor(before, change)
      const slug = asked === undefined ? before.slug : yield* firstFreeSlug(asked, isTaken(sql, before.id))
      const properties = withoutHost(change.properties, yield* recordedHosts(sql))
      const after = changedPost(before, { ...change, properties }, slug, now)
      if (saysTheSame(before, after)) return before
      const row = {
        slug,
        type: after.type,
        properties: JSON.stringify(after.properties),
        status: after.status,
        visibility: after.visibility,
        published_at: after.publishedAt,
        updated_at: after.updatedAt
      }
      yield* sql`UPDATE posts SET ${sql.update(row)} WHERE id = ${before.id}`
      yield* moveSlug(sql, before, after)
      yield* sql`DELETE FROM post_tags WHERE post_id = ${before.id}`
      yield* putTags(sql, after)
      yield* countChange(sql)
      yield* index.update(sql, after)
      return after
    })

    const update: Posts["Type"]["update"] = (id, change) =>
      Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        // A refusal leaves the transaction as a value: it changed nothing, and its type is the caller's own.
        const outcome = yield* pool.write((sql) =>
          Effect.gen(function* () {
            const before = yield* locked(sql, id)
            const changed = change(before)
            return Either.isLeft(changed)
              ? Either.left(changed.left)
              : Either.right(yield* apply(sql, before, changed.right, now))
          })
        )
        const post = yield* outcome
        yield* log.info("Post changed", { post: post.id, slug: post.slug, status: post.status })
        return post
      }).pipe(Effect.withSpan("Posts.update"))

    /** Deletes or restores, unless that is done already. */
    const setDeleted = (id: number, deletedAt: number | undefined, message: string) =>
      Effect.gen(function* () {
        const post = yield* pool.write((sql) =>
          Effect.gen(function* () {
            const before = yield* locked(sql, id)
            if ((before.deletedAt === undefined) === (deletedAt === undefined)) return before
            const { deletedAt: _, ...kept } = before
            const after: Post = { ...kept, ...(deletedAt !== undefined && { deletedAt }) }
            yield* sql`UPDATE posts SET deleted_at = ${deletedAt ?? null} WHERE id = ${id}`
            yield* countChange(sql)
            yield* index.update(sql, after)
            return after
          })
        )
        yield* log.info(message, { post: post.id, slug: post.slug })
        return post
      })

    const remove = Effect.fn("Posts.delete")(function* (id: number) {
      return yield* setDeleted(id, yield* Clock.currentTimeMillis, "Post deleted")
    })

    const restore = Effect.fn("Posts.restore")((id: number) => setDeleted(id, undefined, "Post restored"))

    const listPublic = Effect.fn("Posts.listPublic")(function* (range: PostRange) {
      const now = yield* Clock.currentTimeMillis
      return yield* pool.read((sql) => listing(sql, (until) => isPublic(sql, Math.min(now, until)), range))
    })

    const listOwned = Effect.fn("Posts.listOwned")(function* ({ tag, ...filter }: PostFilter, range: PostRange) {
      const now = yield* Clock.currentTimeMillis
      const narrowed = tag === undefined ? range : { ...range, tag }
      return yield* pool.read((sql) => listing(sql, () => isOwned(sql, filter, now), narrowed))
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
        (sql) => sql`SELECT (SELECT max(id) FROM posts) AS "lastId", (SELECT count FROM post_changes) AS changes,
          (SELECT published_at FROM posts WHERE ${isPublic(sql, now)}
            ORDER BY published_at DESC LIMIT 1) AS "publishedAt"`
      )
      const { changes, lastId, publishedAt } = yield* revisionFrom(rows)
      return [lastId, changes, publishedAt].map((number) => (number ?? 0).toString(36)).join("-")
    }).pipe(Effect.withSpan("Posts.revision"))

    return { create, bySlug, byId, update, delete: remove, restore, listPublic, listOwned, tags, revision }
  })
)
