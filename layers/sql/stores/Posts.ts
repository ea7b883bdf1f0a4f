import type { SqlClient } from "@effect/sql"
import { Clock, Effect, Either, Layer, Schema } from "effect"
import { type OwnHosts, withoutHost } from "../../../src/domain/posts/OwnAddress.js"
import {
  isErased,
  isPage,
  isPublicPost,
  type NewPost,
  type Post,
  type PublicFacts,
  slugOfWords,
  tagsOf,
  wallClockOf
} from "../../../src/domain/posts/Post.js"
import { changedPost, saysTheSame, slugAskedFor } from "../../../src/domain/posts/PostChange.js"
import { firstFreeSlug, type Slug, slugFromWish, slugOfTime } from "../../../src/domain/posts/Slug.js"
import { type RenderedPost, type RenderSource, unrenderedPost } from "../../../src/domain/search/RenderedPost.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { EraseRefused } from "../../../src/errors/Editor.js"
import { PostUnknown } from "../../../src/errors/Micropub.js"
import type { PagePathTaken } from "../../../src/errors/Page.js"
import { Logger } from "../../../src/services/Logger.js"
import { Posts } from "../../../src/services/Posts.js"
import { Renderer } from "../../../src/services/Renderer.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { inOrder } from "../rows/Batch.js"
import { decodeRow } from "../rows/Rows.js"
import { SearchIndex } from "../search/SearchIndex.js"
import { citations } from "./CitedPages.js"
import { isTakenBack, linkEnds } from "./DraftLinks.js"
import { useAdditions, useChanges } from "./MediaUses.js"
import { erasure } from "./PostErasure.js"
import { queriesOf, storedById } from "./PostQueries.js"
import * as PostRenderings from "./PostRenderings.js"
import { keeping } from "./PostRevisions.js"
import { isTaken, moveSlug, othersOf, pageSlug } from "./PostSlugs.js"
import { structureOf } from "./PostStructure.js"
import { hostsFrom, recordedHosts, selectAddresses } from "./SiteAddresses.js"
import { siteZone } from "./SiteSettings.js"

const insertedFrom = decodeRow(Schema.Struct({ id: Schema.Int }))

/** Statements that store the tags of a post that has none. */
const tagAdditions = (sql: SqlClient.SqlClient, post: Post) => {
  const rows = tagsOf(post).map((tag, position) => ({
    post_id: post.id,
    ...tag,
    position,
    published_at: post.publishedAt
  }))
  return rows.length === 0 ? [] : [sql`INSERT INTO post_tags ${sql.insert(rows)}`]
}

/** Reads a post in the transaction that changes it. */
const locked = (sql: SqlClient.SqlClient, id: number) =>
  Effect.gen(function* () {
    const [post] = yield* storedById(sql, id)
    return post === undefined ? yield* new PostUnknown() : PostRenderings.atOnce(post)
  })

/** The source of a change's rendering, and the rendering. */
interface Preparation {
  readonly of: string
  readonly rendered: RenderedPost
}

const textOf = ({ properties, type }: RenderSource): string => JSON.stringify([type, properties])

/** Returns the prepared rendering; plain text for now if the post has changed meanwhile. */
const preparedFor = (source: RenderSource, { of, rendered }: Preparation): RenderedPost =>
  textOf(source) === of ? rendered : unrenderedPost(source, "pending")

/** Characters of text from which a post is stored in a transaction of its own: some ten milliseconds of indexing. */
const longText = 50_000

/** Number of attempts to prepare a change while others change the post; after that, the background job renders it. */
const preparations = 3

/** Milliseconds. A post that becomes due so soon may be public before the change is committed. */
const soon = 60_000

/** Statements that count a change if visitors can see it; the count must not reveal other changes. */
const changeCounts = (sql: SqlClient.SqlClient, now: number, ...states: ReadonlyArray<PublicFacts>) =>
  states.some((state) => isPublicPost(state, now + soon)) ? [sql`UPDATE post_changes SET count = count + 1`] : []

/** Posts in the tables `posts`, `post_tags` and `post_slugs`. */
export const layer: Layer.Layer<Posts, never, SqlPool | SearchIndex | Renderer | Logger | Settings> = Layer.effect(
  Posts,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const index = yield* SearchIndex
    const log = (yield* Logger).named("starpunk.posts")
    const settings = yield* Settings

    const renderer = yield* Renderer
    const completed = PostRenderings.completed(renderer)

    /**
     * Stores a post with a long text in its own transaction, because other writes in a shared transaction would wait
     * for it.
     */
    const writeFor = ({ rendered: { document } }: Preparation): SqlPool["Type"]["write"] =>
      document.title.length + document.body.length < longText ? pool.write : pool.writeAlone

    /** The recorded hosts as they were last read. */
    let latestHosts: OwnHosts | undefined
    const remembered = (hosts: OwnHosts): OwnHosts => {
      latestHosts = hosts
      return hosts
    }
    const hostsIn = (sql: SqlClient.SqlClient) => Effect.map(recordedHosts(sql), remembered)

    /**
     * Renders a post before it is stored; not inside a transaction, which would wait for it. The hosts may be those of a
     * moment ago, because the transaction compares its own source with that of the rendering.
     */
    const prepare = Effect.fnUntraced(function* ({ properties, type }: RenderSource) {
      const source = { type, properties: withoutHost(properties, latestHosts ?? (yield* pool.read(hostsIn))) }
      return { of: textOf(source), rendered: yield* renderer.render(source) }
    })

    const insert = Effect.fnUntraced(function* (
      sql: SqlClient.SqlClient,
      { wishedSlug, ...given }: NewPost,
      prepared: Preparation,
      wished: Slug,
      now: number
    ) {
      const [addresses = [], others = []] = yield* inOrder([selectAddresses(sql), othersOf(sql, wished)])
      const hosts = remembered(yield* hostsFrom(addresses))
      const isSlugTaken = (slug: Slug) => (slug === wished ? Effect.succeed(others.length > 0) : isTaken(sql)(slug))
      const post = { ...given, properties: withoutHost(given.properties, hosts) }
      const { document, quotes, rendering } = preparedFor(post, prepared)
      const feedId = `urn:uuid:${crypto.randomUUID()}`
      const publishedAt = post.publishedAt ?? now
      const isAsked = wishedSlug !== undefined && slugFromWish(wishedSlug) !== undefined
      const slug = isPage(post) ? yield* pageSlug(sql, wished, isAsked) : yield* firstFreeSlug(wished, isSlugTaken)
      const row = {
        slug,
        type: post.type,
        properties: JSON.stringify(post.properties),
        status: post.status,
        visibility: post.visibility,
        published_at: publishedAt,
        published_offset: post.publishedOffset ?? null,
        created_at: now,
        updated_at: now,
        posted_by: post.postedBy ?? null,
        feed_id: feedId,
        ...structureOf({ ...post, rendering })
      }
      const { id } = yield* Effect.flatMap(sql`INSERT INTO posts ${sql.insert(row)} RETURNING id`, insertedFrom)
      const stored: Post = { ...post, id, feedId, slug, rendering, publishedAt, createdAt: now, updatedAt: now }
      yield* index.update(sql, id, document, [
        ...tagAdditions(sql, stored),
        ...useAdditions(sql, [{ id, properties: stored.properties, json: row.properties }]),
        ...citations(sql, stored, now),
        ...changeCounts(sql, now, stored),
        ...PostRenderings.additions(sql, [{ ...stored, quotes }])
      ])
      return stored
    })

    const create = Effect.fn("Posts.create")(function* (post: NewPost) {
      const now = yield* Clock.currentTimeMillis
      const prepared = yield* prepare(post)
      const wished = post.wishedSlug === undefined ? undefined : slugFromWish(post.wishedSlug)
      const { publishedAt = now, ...rest } = post
      const wallClock = Effect.map(siteZone(pool, settings), (zone) => wallClockOf({ ...rest, publishedAt }, zone))
      const slug = wished ?? slugOfWords(post, prepared.rendered.rendering) ?? slugOfTime(yield* wallClock)
      const stored = yield* writeFor(prepared)((sql) => insert(sql, post, prepared, slug, now))
      yield* log.info("Post created", { post: stored.id, slug: stored.slug, status: stored.status })
      return stored
    })

    /** A post that becomes a page keeps its slug if that is free as an address of a page. */
    const slugAfter = (sql: SqlClient.SqlClient, before: Post, change: NewPost, asked: Slug | undefined) => {
      if (!isPage(change)) {
        return asked === undefined ? Effect.succeed(before.slug) : firstFreeSlug(asked, isTaken(sql, before.id))
      }
      if (asked === undefined && isPage(before)) return Effect.succeed(before.slug)
      return pageSlug(sql, asked ?? before.slug, asked !== undefined, before.id)
    }

    const apply = Effect.fnUntraced(function* (
      sql: SqlClient.SqlClient,
      before: Post,
      change: NewPost,
      prepared: Preparation,
      now: number,
      by: string | undefined
    ) {
      const asked = slugAskedFor(before, change)
      const slug = yield* slugAfter(sql, before, change, asked)
      const changed = changedPost(before, change, slug, now)
      if (saysTheSame(before, changed)) return before
      const { document, quotes, rendering } = preparedFor(changed, prepared)
      const row = {
        slug,
        type: changed.type,
        properties: JSON.stringify(changed.properties),
        status: changed.status,
        visibility: changed.visibility,
        published_at: changed.publishedAt,
        published_offset: changed.publishedOffset ?? null,
        updated_at: changed.updatedAt,
        ...structureOf({ ...changed, rendering })
      }
      yield* inOrder([
        ...keeping(sql, before.id, changed.updatedAt, by),
        sql`UPDATE posts SET ${sql.update(row)} WHERE id = ${before.id}`
      ])
      yield* moveSlug(sql, before, changed)
      yield* inOrder([
        sql`DELETE FROM post_tags WHERE post_id = ${before.id}`,
        ...tagAdditions(sql, changed),
        ...useChanges(sql, before, { id: before.id, properties: changed.properties, json: row.properties }),
        ...citations(sql, changed, now, before),
        ...changeCounts(sql, now, before, changed),
        ...(isTakenBack(before, changed, now) ? linkEnds(sql, before.id) : [])
      ])
      const after: Post = { ...changed, rendering }
      yield* PostRenderings.put(sql, { ...after, quotes })
      yield* index.update(sql, after.id, after.deletedAt === undefined ? document : undefined)
      return after
    })

    /** Renders a change before the transaction, which must not wait for it; `attempt` counts from 1. */
    const changeTo = <E>(
      id: number,
      change: (post: Post) => Either.Either<NewPost, E>,
      now: number,
      by: string | undefined,
      attempt = 1
    ): Effect.Effect<Post, E | PostUnknown | PagePathTaken | DatabaseFailure> =>
      Effect.gen(function* () {
        const [seen] = yield* completed(yield* pool.read((sql) => storedById(sql, id)))
        if (seen === undefined) return yield* new PostUnknown()
        const prepared = yield* prepare(yield* change(seen))
        // A refusal is a value in the transaction, because it changed nothing and its type is the caller's.
        const outcome = yield* writeFor(prepared)((sql) =>
          Effect.gen(function* () {
            const before = yield* locked(sql, id)
            const wanted = change(before)
            if (Either.isLeft(wanted)) return { done: true, post: Either.left(wanted.left) } as const
            const properties = withoutHost(wanted.right.properties, yield* hostsIn(sql))
            const changed = { ...wanted.right, properties }
            if (textOf(changed) !== prepared.of && attempt < preparations) return { done: false } as const
            return { done: true, post: Either.right(yield* apply(sql, before, changed, prepared, now, by)) } as const
          })
        )
        return outcome.done ? yield* outcome.post : yield* changeTo(id, change, now, by, attempt + 1)
      })

    const update: Posts["Type"]["update"] = (id, change, by) =>
      Effect.gen(function* () {
        const post = yield* changeTo(id, change, yield* Clock.currentTimeMillis, by)
        yield* log.info("Post changed", { post: post.id, slug: post.slug, status: post.status })
        return post
      }).pipe(Effect.withSpan("Posts.update"))

    const remove = Effect.fn("Posts.delete")(function* (id: number) {
      const deletedAt = yield* Clock.currentTimeMillis
      const post = yield* pool.write((sql) =>
        Effect.gen(function* () {
          const before = yield* locked(sql, id)
          if (before.deletedAt !== undefined) return before
          yield* sql`UPDATE posts SET deleted_at = ${deletedAt} WHERE id = ${id}`
          yield* inOrder([...changeCounts(sql, deletedAt, before), ...linkEnds(sql, id)])
          yield* index.update(sql, id, undefined)
          return { ...before, deletedAt }
        })
      )
      yield* log.info("Post deleted", { post: post.id, slug: post.slug })
      return post
    })

    const restore = Effect.fn("Posts.restore")(function* (id: number) {
      const [seen] = yield* completed(yield* pool.read((sql) => storedById(sql, id)))
      if (seen === undefined || isErased(seen)) return yield* new PostUnknown()
      const prepared = yield* prepare(seen)
      const post = yield* pool.write((sql) =>
        Effect.gen(function* () {
          const { deletedAt, ...before } = yield* locked(sql, id)
          if (deletedAt === undefined) return before
          if (isErased({ ...before, deletedAt })) return yield* new PostUnknown()
          yield* sql`UPDATE posts SET deleted_at = NULL WHERE id = ${id}`
          yield* inOrder(changeCounts(sql, yield* Clock.currentTimeMillis, before))
          yield* index.update(sql, id, preparedFor(before, prepared).document)
          return before
        })
      )
      yield* log.info("Post restored", { post: post.id, slug: post.slug })
      return post
    })

    const erase = Effect.fn("Posts.erase")(function* (id: number) {
      const post = yield* pool.write((sql) =>
        Effect.gen(function* () {
          const before = yield* locked(sql, id)
          if (before.deletedAt === undefined) return yield* new EraseRefused()
          if (!isErased(before)) yield* inOrder(erasure(sql, before))
          return before
        })
      )
      yield* log.info("Post erased", { post: post.id, slug: post.slug })
      return post
    })

    return { ...queriesOf(pool, renderer), create, update, delete: remove, restore, erase }
  })
)
