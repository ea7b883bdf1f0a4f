import { isSameValue } from "../posts/Microformats.js"
import { type BarePost, wallClockOf } from "../posts/Post.js"
import type { Slug } from "../posts/Slug.js"
import { utc } from "../TimeZone.js"

/** A former slug of a post, which redirects to the post. */
export interface FormerSlug {
  readonly slug: Slug
  /** Epoch milliseconds, UTC. */
  readonly replacedAt: number
}

/**
 * A post that moves between sites, with everything except its id, which each site assigns, and its rendering, which
 * each site makes.
 */
export interface MovedPost extends Omit<BarePost, "id" | "feedId"> {
  /** Absent if no feed of the source is known to have given the post an id; then the site makes one. */
  readonly feedId?: string
  /** Ordered by the time of replacement. */
  readonly formerSlugs: ReadonlyArray<FormerSlug>
  /** Its paths on another site, as `oldAddressPath` normalizes them; absent if there are none. */
  readonly oldAddresses?: ReadonlyArray<string>
}

/** Result of storing a moved post. */
export type Arrival =
  /** It was stored. */
  | "stored"
  /** It exists already, with the same slug and the same content. */
  | "present"
  /** Another post has one of its slugs; nothing was changed. */
  | "taken"
  /** Deleted post has its slug; nothing was changed. */
  | "deleted"
  /** Another post had one of its slugs before; nothing was changed. */
  | "former"

/**
 * Returns whether the site has the post already. Ignores the time of the last change, because a post that was edited
 * and changed back is the same. With `publishedIsGuess`, ignores the publication time too. Ignores the offset, because
 * sites that imported the post before offsets were stored have none.
 */
export const isPresent = (
  there: Omit<BarePost, "id" | "feedId">,
  moved: MovedPost,
  publishedIsGuess = false
): boolean =>
  there.type === moved.type &&
  there.status === moved.status &&
  there.visibility === moved.visibility &&
  (there.deletedAt === undefined) === (moved.deletedAt === undefined) &&
  (publishedIsGuess || there.publishedAt === moved.publishedAt) &&
  isSameValue(there.properties, moved.properties)

/**
 * The path of a post's file in an export, by the month in the author's offset, or in UTC without one:
 * `posts/2026/11/hello-world.md`. Does not depend on the site's time zone, so the same posts give the same files on
 * every site.
 */
export const postFilePath = (post: Pick<MovedPost, "publishedAt" | "publishedOffset" | "slug">): string => {
  const date = new Date(wallClockOf(post, utc))
  return `posts/${date.getUTCFullYear()}/${String(date.getUTCMonth() + 1).padStart(2, "0")}/${post.slug}.md`
}

/** Posts and former slugs of a site that share a slug with arriving posts. */
export interface SlugsInUse {
  readonly posts: ReadonlyMap<Slug, BarePost>
  readonly former: ReadonlySet<Slug>
}

/** Decides the result for each of several arriving posts, in order: earlier ones count as stored for later ones. */
export const judgeArrivals = (
  arriving: ReadonlyArray<{ readonly post: MovedPost; readonly publishedIsGuess: boolean }>,
  { former, posts }: SlugsInUse
): ReadonlyArray<Arrival> => {
  const known = new Map<Slug, Omit<BarePost, "id" | "feedId">>(posts)
  const gone = new Set<Slug>(former)
  const isTaken = (slug: Slug) => known.has(slug) || gone.has(slug)
  return arriving.map(({ post, publishedIsGuess }) => {
    const there = known.get(post.slug)
    if (there !== undefined) {
      if (isPresent(there, post, publishedIsGuess)) return "present"
      return there.deletedAt !== undefined && post.deletedAt === undefined ? "deleted" : "taken"
    }
    if (gone.has(post.slug)) return "former"
    const formerSlugs = post.formerSlugs.map(({ slug }) => slug)
    if (formerSlugs.includes(post.slug) || formerSlugs.some(isTaken)) return "taken"
    known.set(post.slug, post)
    for (const slug of formerSlugs) gone.add(slug)
    return "stored"
  })
}
