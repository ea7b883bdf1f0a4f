import { Clock, Effect, Layer, Option } from "effect"
import { type NewPost, type Post, suggestedSlug, tagsOf } from "../../src/domain/Post.js"
import { firstFreeSlug, type Slug, slugFromWish } from "../../src/domain/Slug.js"
import { type Cursor, type PostPage, type PostRange, Posts, type TagCount } from "../../src/services/Posts.js"

const isPublic = (now: number) => (post: Post) =>
  post.status === "published" && post.visibility === "public" && post.deletedAt === undefined && post.publishedAt <= now

/** Negative when `a` comes before `b` in the newest-first order. */
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

/** Posts in this process's memory, for tests of what stands on them; some of them there already, in any state. */
export const layerOf = (initial: ReadonlyArray<Post>): Layer.Layer<Posts> =>
  Layer.sync(Posts, () => {
    const stored = [...initial]
    const visible = Effect.map(Clock.currentTimeMillis, (now) => stored.filter(isPublic(now)))
    const oneAtATime = Effect.unsafeMakeSemaphore(1).withPermits(1)
    const isTaken = (slug: Slug) => Effect.sync(() => stored.some((post) => post.slug === slug))

    return {
      create: Effect.fn("Posts.create")(function* ({ wishedSlug, ...post }: NewPost) {
        const now = yield* Clock.currentTimeMillis
        const publishedAt = post.publishedAt ?? now
        const wished = wishedSlug === undefined ? undefined : slugFromWish(wishedSlug)
        const slug = yield* firstFreeSlug(wished ?? suggestedSlug(post, publishedAt), isTaken)
        const created: Post = { ...post, id: stored.length + 1, slug, publishedAt, createdAt: now, updatedAt: now }
        stored.push(created)
        return created
      }, oneAtATime),
      bySlug: (slug) => Effect.sync(() => Option.fromNullable(stored.find((post) => post.slug === slug))),
      listPublic: (range) => Effect.map(visible, (posts) => listing(posts, range)),
      listAll: (range) =>
        Effect.sync(() =>
          listing(
            stored.filter((post) => post.deletedAt === undefined),
            range
          )
        ),
      tags: Effect.map(visible, (posts) => {
        const counts = new Map<string, TagCount>()
        for (const { label, tag } of posts.toSorted(compare).flatMap(tagsOf)) {
          const known = counts.get(tag)
          counts.set(tag, { tag, label: known?.label ?? label, count: (known?.count ?? 0) + 1 })
        }
        return [...counts.values()].toSorted((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1))
      }),
      revision: Effect.map(visible, (posts) => `${stored.length}-${posts.toSorted(compare)[0]?.publishedAt ?? 0}`)
    }
  })

/** No posts to begin with. */
export const layer: Layer.Layer<Posts> = layerOf([])
