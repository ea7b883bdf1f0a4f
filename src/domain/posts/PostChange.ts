import type { NewPost, Post } from "./Post.js"
import { type Slug, slugFromWish } from "./Slug.js"

/** The slug that a change requests, even if it is taken; `undefined` if the post keeps its slug. */
export const slugAskedFor = (post: Pick<Post, "slug">, change: Pick<NewPost, "wishedSlug">): Slug | undefined => {
  const wished = change.wishedSlug === undefined ? undefined : slugFromWish(change.wishedSlug)
  return wished === post.slug ? undefined : wished
}

/**
 * Applies a change to a post. Without a new time the post keeps its publication time, but a draft that gets published
 * gets the current time. `updatedAt` always grows, even if the clock does not.
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

/** Returns whether two states of a post have the same content, ignoring the times at which they were stored. */
export const saysTheSame = (a: Post, b: Post): boolean => content(a) === content(b)

const content = ({ properties, publishedAt, publishedOffset, slug, status, type, visibility }: Post): string =>
  JSON.stringify([slug, type, status, visibility, publishedAt, publishedOffset, properties])

/** Tolerated difference between a client's clock and the server's, in milliseconds. */
const clockTolerance = 300_000

/**
 * Publishes a post now if its time is only slightly in the future: then the client's clock is fast, and the author did
 * not schedule the post.
 */
export const publishedAtOnce = (post: NewPost, now: number): NewPost =>
  post.publishedAt !== undefined && post.publishedAt > now && post.publishedAt <= now + clockTolerance
    ? { ...post, publishedAt: now }
    : post
