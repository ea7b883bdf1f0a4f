import type { NewPost, Post } from "./Post.js"
import { type Slug, slugFromWish } from "./Slug.js"

/** The slug that a change asks for, before it is known to be free; `undefined` where the post keeps its own. */
export const slugAskedFor = (post: Pick<Post, "slug">, change: Pick<NewPost, "wishedSlug">): Slug | undefined => {
  const wished = change.wishedSlug === undefined ? undefined : slugFromWish(change.wishedSlug)
  return wished === post.slug ? undefined : wished
}

/**
 * The post as a change leaves it. Without a time of its own it keeps its time of publication, but for a draft that is
 * published by this change: its time is now. `updatedAt` always grows, even where the clock does not.
 */
export const changedPost = (post: Post, change: NewPost, slug: Slug, now: number): Post => {
  const isPublishedByThis = post.status === "draft" && change.status === "published"
  const { publishedOffset, ...kept } = post
  const offset =
    change.publishedAt !== undefined ? change.publishedOffset : isPublishedByThis ? undefined : publishedOffset
  return {
    ...kept,
    slug,
    type: change.type,
    properties: change.properties,
    status: change.status,
    visibility: change.visibility,
    publishedAt: change.publishedAt ?? (isPublishedByThis ? now : post.publishedAt),
    ...(offset !== undefined && { publishedOffset: offset }),
    updatedAt: Math.max(now, post.updatedAt + 1)
  }
}

/** Whether two states of a post say the same, whenever that was. */
export const saysTheSame = (a: Post, b: Post): boolean => content(a) === content(b)

const content = ({ properties, publishedAt, publishedOffset, slug, status, type, visibility }: Post): string =>
  JSON.stringify([slug, type, status, visibility, publishedAt, publishedOffset, properties])

/** Milliseconds that the clocks of clients may be ahead of ours: five minutes. */
const clockTolerance = 300_000

/**
 * A post whose time is hardly ahead of our clock is published now, for it is the client's clock that is ahead: its
 * author did not schedule it.
 */
export const publishedAtOnce = (post: NewPost, now: number): NewPost =>
  post.publishedAt !== undefined && post.publishedAt > now && post.publishedAt <= now + clockTolerance
    ? { ...post, publishedAt: now }
    : post
