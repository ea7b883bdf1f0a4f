import { Clock, Effect, Hash, Layer, Option, Order } from "effect"
import { nameOf, type Post, tagsOf } from "../../src/domain/Post.js"
import { Slug } from "../../src/domain/Slug.js"
import { type Cursor, Posts } from "../../src/services/Posts.js"

const newestFirst = Order.reverse(
  Order.combine(
    Order.mapInput(Order.number, (cursor: Cursor) => cursor.publishedAt),
    Order.mapInput(Order.number, (cursor: Cursor) => cursor.id)
  )
)

/** A post as `overrides` say, published on 1 March 2026 and public where they say nothing. */
export const post = (overrides: Partial<Omit<Post, "slug">> & { readonly slug?: string } = {}): Post => {
  const id = overrides.id ?? 1
  const publishedAt = overrides.publishedAt ?? Date.UTC(2026, 2, 1, 12, 30)
  return {
    id,
    type: "h-entry",
    properties: { content: ["A note"] },
    status: "published",
    visibility: "public",
    publishedAt,
    createdAt: publishedAt,
    updatedAt: publishedAt,
    ...overrides,
    slug: Slug.make(overrides.slug ?? `post-${id}`)
  }
}

/** Posts that are what a test says, whatever their state: deleted, scheduled and private ones too. */
export const fixedPosts = (all: ReadonlyArray<Post>): Layer.Layer<Posts> => {
  const listed = (isListed: (post: Post, now: number) => boolean) =>
    Effect.map(Clock.currentTimeMillis, (now) =>
      all.filter((each) => isListed(each, now)).toSorted((a, b) => newestFirst(a, b))
    )
  const isPublic = (each: Post, now: number) =>
    each.status === "published" &&
    each.visibility === "public" &&
    each.deletedAt === undefined &&
    each.publishedAt <= now
  return Layer.succeed(Posts, {
    create: () => Effect.die("fixed posts are fixed"),
    bySlug: (slug) => Effect.succeed(Option.fromNullable(all.find((each) => each.slug === slug))),
    listPublic: ({ after, before, limit, tag }) =>
      Effect.map(listed(isPublic), (everything) => {
        const list = everything.filter((each) => tag === undefined || tagsOf(each).some((own) => own.tag === tag))
        const newer = list.filter((each) => after !== undefined && newestFirst(each, after) < 0).length
        const start =
          before === undefined
            ? Math.max(0, newer - limit)
            : list.filter((each) => newestFirst(each, before) <= 0).length
        const end = after === undefined ? Math.min(start + limit, list.length) : newer
        return { posts: list.slice(start, end), hasNewer: start > 0, hasOlder: end < list.length }
      }),
    listAll: ({ limit }) =>
      Effect.map(
        listed((each) => each.deletedAt === undefined),
        (list) => ({ posts: list.slice(0, limit), hasNewer: false, hasOlder: list.length > limit })
      ),
    tags: Effect.succeed([]),
    revision: Effect.map(listed(isPublic), (list) =>
      String(Hash.string(JSON.stringify(list.map((each) => [each.id, each.updatedAt, nameOf(each)]))))
    )
  })
}
