import { Clock, Effect, Either, Layer, Option } from "effect"
import { words } from "../../src/domain/Folding.js"
import { listedPost } from "../../src/domain/posts/ListedPost.js"
import { type NewPost, type Post, suggestedSlug, tagsOf, wallClockOf } from "../../src/domain/posts/Post.js"
import { changedPost, saysTheSame, slugAskedFor } from "../../src/domain/posts/PostChange.js"
import { firstFreeSlug, type Slug, slugFromWish } from "../../src/domain/posts/Slug.js"
import { renderedPost } from "../../src/domain/search/RenderedPost.js"
import { documentOf } from "../../src/domain/search/SearchDocument.js"
import { utc } from "../../src/domain/TimeZone.js"
import { PostUnknown } from "../../src/errors/failure/Micropub.js"
import {
  type Cursor,
  type PostFilter,
  type PostPage,
  type PostRange,
  Posts,
  type TagCount
} from "../../src/services/Posts.js"

const isPublic = (now: number) => (post: Post) =>
  post.status === "published" && post.visibility === "public" && post.deletedAt === undefined && post.publishedAt <= now

const isOwned =
  ({ readableBy, state = "all", text = "", visibility }: PostFilter, now: number) =>
  (post: Post) => {
    const { body, tags, title } = documentOf(post)
    const isDue = post.publishedAt <= now
    const inState = {
      all: true,
      draft: post.status === "draft",
      published: post.status === "published" && isDue,
      scheduled: post.status === "published" && !isDue,
      deleted: true
    }
    return (
      (post.deletedAt !== undefined) === (state === "deleted") &&
      inState[state] &&
      (visibility === undefined || post.visibility === visibility) &&
      (readableBy === undefined || post.postedBy === readableBy || isPublic(now)(post)) &&
      words(text).every((word) => (title + body + tags).includes(word))
    )
  }

/** Compares positions in newest-first order. */
const compare = (a: Cursor, b: Cursor) => b.publishedAt - a.publishedAt || b.id - a.id

const listing = (visible: ReadonlyArray<Post>, { after, before, limit, offset = 0, tag }: PostRange): PostPage => {
  const all = visible
    .filter((post) => tag === undefined || tagsOf(post).some((candidate) => candidate.tag === tag))
    .toSorted(compare)
  const within = all.filter((post) => (!before || compare(post, before) > 0) && (!after || compare(post, after) < 0))
  const towardsNewer = after !== undefined && before === undefined
  const posts = towardsNewer
    ? within.slice(Math.max(0, within.length - offset - limit), Math.max(0, within.length - offset))
    : within.slice(offset, offset + limit)
  const [newest] = posts
  const oldest = posts.at(-1)
  return {
    posts,
    hasNewer: newest === undefined ? !towardsNewer && all.length > 0 : newest !== all[0],
    hasOlder: oldest === undefined ? towardsNewer && all.length > 0 : oldest !== all.at(-1)
  }
}

const asListed = (page: PostPage) => ({ ...page, posts: page.posts.map(listedPost) })

/** In-memory posts for tests, with initial posts in any state. */
export const layerOf = (initial: ReadonlyArray<Post>): Layer.Layer<Posts> =>
  Layer.sync(Posts, () => {
    const stored = [...initial]
    const formerSlugs = new Map<Slug, number>()
    let changes = 0
    /** Counts a change if the post is public. */
    const count = (post: Post) => {
      if (post.status === "published" && post.visibility === "public") changes += 1
      return post
    }
    const visible = Effect.map(Clock.currentTimeMillis, (now) => stored.filter(isPublic(now)))
    const oneAtATime = Effect.unsafeMakeSemaphore(1).withPermits(1)
    const isTaken =
      (id = 0) =>
      (slug: Slug) =>
        Effect.sync(
          () => stored.some((post) => post.slug === slug && post.id !== id) || (formerSlugs.get(slug) ?? id) !== id
        )
    const find = (id: number) =>
      Effect.suspend(() => {
        const post = stored.find((candidate) => candidate.id === id)
        return post === undefined ? new PostUnknown() : Effect.succeed(post)
      })
    const put = (post: Post) => {
      const [before] = stored.splice(
        stored.findIndex(({ id }) => id === post.id),
        1,
        post
      )
      count(before?.visibility === "public" && before.status === "published" ? before : post)
      return post
    }

    return {
      create: Effect.fn("Posts.create")(function* ({ wishedSlug, ...post }: NewPost) {
        const now = yield* Clock.currentTimeMillis
        const publishedAt = post.publishedAt ?? now
        const { rendering } = renderedPost(post)
        const wished = wishedSlug === undefined ? undefined : slugFromWish(wishedSlug)
        const slug = yield* firstFreeSlug(
          wished ?? suggestedSlug(post, wallClockOf({ ...post, publishedAt }, utc)),
          isTaken()
        )
        const id = 1 + Math.max(0, ...stored.map((each) => each.id))
        const created: Post = {
          ...post,
          id,
          feedId: `urn:uuid:${crypto.randomUUID()}`,
          slug,
          rendering,
          publishedAt,
          createdAt: now,
          updatedAt: now
        }
        stored.push(created)
        return count(created)
      }, oneAtATime),
      bySlug: (slug) =>
        Effect.sync(() =>
          Option.fromNullable(stored.find((post) => post.slug === slug || post.id === formerSlugs.get(slug)))
        ),
      byId: (id) => Effect.sync(() => Option.fromNullable(stored.find((post) => post.id === id))),
      update: (id, change) =>
        Effect.gen(function* () {
          const now = yield* Clock.currentTimeMillis
          const before = yield* find(id)
          const wanted = change(before)
          if (Either.isLeft(wanted)) return yield* Effect.fail(wanted.left)
          const asked = slugAskedFor(before, wanted.right)
          const slug = asked === undefined ? before.slug : yield* firstFreeSlug(asked, isTaken(id))
          const after = changedPost(before, wanted.right, slug, now)
          if (saysTheSame(before, after)) return before
          const { rendering } = renderedPost(after)
          if (slug !== before.slug) {
            formerSlugs.delete(slug)
            formerSlugs.set(before.slug, id)
          }
          return put({ ...after, rendering })
        }).pipe(oneAtATime),
      delete: (id) =>
        Effect.zipWith(Clock.currentTimeMillis, find(id), (now, post) =>
          post.deletedAt === undefined ? put({ ...post, deletedAt: now }) : post
        ),
      restore: (id) => Effect.map(find(id), ({ deletedAt, ...post }) => (deletedAt === undefined ? post : put(post))),
      listPublic: (range) => Effect.map(visible, (posts) => listing(posts, range)),
      overview: (range) => Effect.map(visible, (posts) => asListed(listing(posts, range))),
      listOwned: ({ tag, ...filter }, range) =>
        Effect.map(Clock.currentTimeMillis, (now) =>
          listing(stored.filter(isOwned(filter, now)), tag === undefined ? range : { ...range, tag })
        ),
      overviewOwned: ({ tag, ...filter }, range) =>
        Effect.map(Clock.currentTimeMillis, (now) =>
          asListed(listing(stored.filter(isOwned(filter, now)), tag === undefined ? range : { ...range, tag }))
        ),
      tags: Effect.map(visible, (posts) => {
        const counts = new Map<string, TagCount>()
        for (const { label, tag } of posts.toSorted(compare).flatMap(tagsOf)) {
          const known = counts.get(tag)
          counts.set(tag, { tag, label: known?.label ?? label, count: (known?.count ?? 0) + 1 })
        }
        return [...counts.values()].toSorted((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1))
      }),
      revision: Effect.map(visible, (posts) => `${changes}-${posts.toSorted(compare)[0]?.publishedAt ?? 0}`)
    }
  })

/** In-memory posts, initially none. */
export const layer: Layer.Layer<Posts> = layerOf([])
