import type { SqlClient } from "@effect/sql"
import { Array as Arr, Chunk, Clock, Effect, Layer, Option, Schema, Stream } from "effect"
import { type FormerSlug, judgeArrivals, type MovedPost } from "../../../src/domain/archive/MovedPost.js"
import { type BarePost, isPublicPost, tagsOf } from "../../../src/domain/posts/Post.js"
import type { Rendering } from "../../../src/domain/posts/Rendering.js"
import { Slug } from "../../../src/domain/posts/Slug.js"
import { type RenderedPost, unrenderedPost } from "../../../src/domain/search/RenderedPost.js"
import { type ArrivingPost, PostTransfer } from "../../../src/services/PostTransfer.js"
import { Renderer } from "../../../src/services/Renderer.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { movedColumns, movedFrom } from "../rows/PostRow.js"
import { decodeRow, decodeRows } from "../rows/Rows.js"
import { SearchIndex } from "../search/SearchIndex.js"
import { useAdditions } from "./MediaUses.js"
import { keepPostAddresses } from "./OldAddresses.js"
import * as PostRenderings from "./PostRenderings.js"
import { structureOf } from "./PostStructure.js"
import { firstReachable, recordedHosts, storedProperties } from "./SiteAddresses.js"

/** Posts per page of `all`: at most some megabytes and some milliseconds. */
const pageSize = 250

const formerFrom = decodeRows(Schema.Struct({ postId: Schema.Int, slug: Slug, replacedAt: Schema.Int }))
const slugsFrom = decodeRows(Schema.Struct({ slug: Slug }))
const addressesFrom = decodeRows(Schema.Struct({ postId: Schema.Int, path: Schema.String }))
const insertedFrom = decodeRows(Schema.Struct({ id: Schema.Int, slug: Slug }))
const countFrom = decodeRow(Schema.Struct({ count: Schema.Int }))

/** Posts and former slugs of the site that share a slug with arriving posts. */
const slugsInUse = (sql: SqlClient.SqlClient, arriving: ReadonlyArray<ArrivingPost>) =>
  Effect.gen(function* () {
    const slugs = arriving.flatMap(({ post }) => [post.slug, ...post.formerSlugs.map(({ slug }) => slug)])
    if (slugs.length === 0) return { posts: new Map(), former: new Set<Slug>() }
    const posts = yield* movedFrom(yield* sql`SELECT ${movedColumns(sql)} FROM posts WHERE ${sql.in("slug", slugs)}`)
    const former = yield* slugsFrom(yield* sql`SELECT slug FROM post_slugs WHERE ${sql.in("slug", slugs)}`)
    return { posts: new Map(posts.map((post) => [post.slug, post])), former: new Set(former.map(({ slug }) => slug)) }
  })

const rowOf = (post: MovedPost, rendering: Rendering) => ({
  slug: post.slug,
  type: post.type,
  properties: JSON.stringify(post.properties),
  status: post.status,
  visibility: post.visibility,
  published_at: post.publishedAt,
  published_offset: post.publishedOffset ?? null,
  created_at: post.createdAt,
  updated_at: post.updatedAt,
  deleted_at: post.deletedAt ?? null,
  feed_id: post.feedId ?? `urn:uuid:${crypto.randomUUID()}`,
  ...structureOf({ ...post, rendering })
})

const tagRows = (id: number, post: MovedPost) =>
  tagsOf(post).map((tag, position) => ({ post_id: id, ...tag, position, published_at: post.publishedAt }))

const slugRows = (id: number, { formerSlugs }: MovedPost) =>
  formerSlugs.map(({ replacedAt, slug }) => ({ slug, post_id: id, replaced_at: replacedAt }))

const addressRows = (numbered: ReadonlyArray<{ readonly id: number; readonly post: MovedPost }>) =>
  numbered.flatMap(({ id, post }) => (post.oldAddresses ?? []).map((path) => ({ path, postId: id })))

/** Makes a feed id valid on any site; `undefined` for a path under an address that was not publicly reachable. */
const absoluteFeedId = (feedId: string, first: string | undefined): string | undefined => {
  if (!feedId.startsWith("/")) return feedId
  return first === undefined ? undefined : `${first}${feedId}`
}

interface LeavingPage {
  readonly posts: ReadonlyArray<BarePost>
  readonly former: ReadonlyArray<FormerSlug & { readonly postId: number }>
  readonly addresses: ReadonlyArray<{ readonly postId: number; readonly path: string }>
  /** The first publicly reachable address of the site. */
  readonly first: string | undefined
}

/** Combines posts with their former slugs and old addresses. */
const assembled = ({ addresses, first, former, posts }: LeavingPage) => {
  const slugsOf = Arr.groupBy(former, ({ postId }) => String(postId))
  const addressesOf = Arr.groupBy(addresses, ({ postId }) => String(postId))
  return posts.map(({ feedId: given, id, ...post }): MovedPost => {
    const feedId = absoluteFeedId(given, first)
    const oldAddresses = addressesOf[id]?.map(({ path }) => path)
    return {
      ...post,
      ...(feedId === undefined ? {} : { feedId }),
      formerSlugs: (slugsOf[id] ?? []).map(({ replacedAt, slug }) => ({ slug, replacedAt })),
      ...(oldAddresses === undefined ? {} : { oldAddresses })
    }
  })
}

const pageAfter = (pool: SqlPool["Type"], id: number) =>
  pool.read((sql) =>
    Effect.gen(function* () {
      const rows = yield* sql`SELECT ${movedColumns(sql)} FROM posts WHERE id > ${id} ORDER BY id LIMIT ${pageSize}`
      const posts = yield* movedFrom(rows)
      const last = posts.at(-1)?.id ?? id
      const former = yield* formerFrom(
        yield* sql`SELECT post_id AS "postId", slug, replaced_at AS "replacedAt" FROM post_slugs
          WHERE post_id > ${id} AND post_id <= ${last} ORDER BY replaced_at, slug`
      )
      const addresses = yield* addressesFrom(
        yield* sql`SELECT post_id AS "postId", path FROM old_addresses
          WHERE post_id > ${id} AND post_id <= ${last} ORDER BY post_id, path`
      )
      return { addresses, former, posts, first: yield* firstReachable(sql) }
    })
  )

/** The reading methods of the service, which need only the pool. */
export const leaving = (pool: SqlPool["Type"]): Pick<PostTransfer["Type"], "all" | "count"> => ({
  count: pool
    .read((sql) => sql`SELECT count(*) AS count FROM posts`)
    .pipe(
      Effect.flatMap(countFrom),
      Effect.map(({ count }) => count),
      Effect.withSpan("PostTransfer.count")
    ),
  all: Stream.paginateChunkEffect(0, (id) =>
    Effect.map(pageAfter(pool, id), ({ posts, ...more }) => [
      Chunk.unsafeFromArray(assembled({ posts, ...more })),
      posts.length < pageSize ? Option.none() : Option.fromNullable(posts.at(-1)?.id)
    ])
  )
})

/** Moves posts to and from the tables `posts`, `post_tags` and `post_slugs`. */
export const layer: Layer.Layer<PostTransfer, never, SqlPool | SearchIndex | Renderer> = Layer.effect(
  PostTransfer,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const index = yield* SearchIndex
    const renderer = yield* Renderer

    const insert = (sql: SqlClient.SqlClient, posts: ReadonlyArray<MovedPost>, rendered: RenderedPosts) =>
      Effect.gen(function* () {
        const made = posts.map((post) => ({ post, ...(rendered.get(post) ?? unrenderedPost(post, "pending")) }))
        const rows = made.map(({ post, rendering }) => rowOf(post, rendering))
        const jsonOf = new Map(rows.map(({ properties, slug }) => [slug, properties]))
        const inserted = yield* insertedFrom(yield* sql`INSERT INTO posts ${sql.insert(rows)} RETURNING id, slug`)
        const ids = new Map(inserted.map(({ id, slug }) => [slug, id]))
        const numbered = made.flatMap((each) => {
          const id = ids.get(each.post.slug)
          return id === undefined ? [] : [{ id, ...each }]
        })
        const tags = numbered.flatMap(({ id, post }) => tagRows(id, post))
        const slugs = numbered.flatMap(({ id, post }) => slugRows(id, post))
        const now = yield* Clock.currentTimeMillis
        if (posts.some((post) => isPublicPost(post, now))) yield* sql`UPDATE post_changes SET count = count + 1`
        if (tags.length > 0) yield* sql`INSERT INTO post_tags ${sql.insert(tags)}`
        if (slugs.length > 0) yield* sql`INSERT INTO post_slugs ${sql.insert(slugs)}`
        yield* Effect.all(
          useAdditions(
            sql,
            numbered.map(({ id, post }) => ({ id, properties: post.properties, json: jsonOf.get(post.slug) ?? "" }))
          ),
          { discard: true }
        )
        yield* keepPostAddresses(sql, addressRows(numbered))
        yield* PostRenderings.add(
          sql,
          numbered.map(({ id, post, quotes, rendering }) => ({ ...post, id, quotes, rendering }))
        )
        // Deleted posts are not in the search index.
        yield* index.add(
          sql,
          numbered.flatMap(({ document, id, post }) => (post.deletedAt === undefined ? [{ postId: id, document }] : []))
        )
      })

    /** Adds old addresses to posts that exist already. */
    const keepAddressesOf = (sql: SqlClient.SqlClient, posts: ReadonlyArray<MovedPost>) =>
      Effect.gen(function* () {
        const moved = posts.filter(({ oldAddresses = [] }) => oldAddresses.length > 0)
        if (moved.length === 0) return
        const known = yield* insertedFrom(
          yield* sql`SELECT id, slug FROM posts WHERE ${sql.in(
            "slug",
            moved.map(({ slug }) => slug)
          )}`
        )
        const ids = new Map(known.map(({ id, slug }) => [slug, id]))
        const numbered = moved.flatMap((post) => {
          const id = ids.get(post.slug)
          return id === undefined ? [] : [{ id, post }]
        })
        yield* keepPostAddresses(sql, addressRows(numbered))
      })

    const arrive: PostTransfer["Type"]["arrive"] = Effect.fn("PostTransfer.arrive")(function* (
      given,
      { after = Effect.void, dryRun = false } = {}
    ) {
      const { arriving, before } = yield* pool.read((sql) =>
        Effect.gen(function* () {
          const posts = yield* storedProperties(sql, yield* recordedHosts(sql))(given.map(({ post }) => post))
          const arriving = given.map((each, place) => ({ ...each, post: posts[place] ?? each.post }))
          return { arriving, before: yield* slugsInUse(sql, arriving) }
        })
      )
      const outlook = judgeArrivals(arriving, before)
      const bringsAddresses = arriving.some(
        ({ post }, place) => outlook[place] === "present" && (post.oldAddresses ?? []).length > 0
      )
      if (dryRun || !(outlook.includes("stored") || bringsAddresses)) return yield* Effect.as(after, outlook)
      // Rendering takes longer than writing, so it is done before the writer is leased.
      const coming = arriving.flatMap(({ post }, place) => (outlook[place] === "stored" ? [post] : []))
      const made = yield* renderer.renderAll(coming)
      const rendered = new Map(Arr.zip(coming, made))
      yield* after
      return yield* pool.writeAlone((sql) =>
        Effect.gen(function* () {
          const arrivals = judgeArrivals(arriving, yield* slugsInUse(sql, arriving))
          const stored = arriving.flatMap(({ post }, place) => (arrivals[place] === "stored" ? [post] : []))
          if (stored.length > 0) yield* insert(sql, stored, rendered)
          yield* keepAddressesOf(
            sql,
            arriving.flatMap(({ post }, place) => (arrivals[place] === "present" ? [post] : []))
          )
          return arrivals
        })
      )
    })

    return { ...leaving(pool), arrive }
  })
)

type RenderedPosts = ReadonlyMap<MovedPost, RenderedPost>
