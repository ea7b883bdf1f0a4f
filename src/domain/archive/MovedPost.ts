import { isSameValue } from "../posts/Microformats.js"
import { type BarePost, wallClockOf } from "../posts/Post.js"
import type { Slug } from "../posts/Slug.js"
import { utc } from "../TimeZone.js"

/** A slug that a post had before, and that still leads to it. */
export interface FormerSlug {
  readonly slug: Slug
  /** Epoch milliseconds, UTC. */
  readonly replacedAt: number
}

/**
 * A post as it moves from one site to another: all there is of it but its number, which each site gives anew, and its
 * rendering, which each site makes.
 */
export interface MovedPost extends Omit<BarePost, "id" | "feedId"> {
  /** Absent where no feed of the source is known to have given the post an id; the site then makes one. */
  readonly feedId?: string
  /** In the order in which they were replaced. */
  readonly formerSlugs: ReadonlyArray<FormerSlug>
  /** The paths that it had on another site, as `oldAddressPath` makes them; absent where there are none. */
  readonly oldAddresses?: ReadonlyArray<string>
}

/** What became of a post that was brought to a site. */
export type Arrival =
  /** It is there now. */
  | "stored"
  /** It was there already: the same slug, and the same content. */
  | "present"
  /** Another post has one of its slugs; nothing was changed. */
  | "taken"
  /** A deleted post has its slug; nothing was changed. */
  | "deleted"
  /** Another post had one of its slugs before; nothing was changed. */
  | "former"

/**
 * Whether a site has the post already. When it was last changed says nothing: what was edited there and back again is the
 * same. `publishedIsGuess`: nobody said when it was published, so the site's time is as good. The offset says nothing
 * either: sites that took a post in before they kept offsets have the same post without one.
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
 * The folder and name of a post's file in an export, by its author's month, or by that of UTC where it has no offset:
 * `posts/2026/11/hello-world.md`. No time zone of the site's, so that the same posts give the same files on every site.
 */
export const postFilePath = (post: Pick<MovedPost, "publishedAt" | "publishedOffset" | "slug">): string => {
  const date = new Date(wallClockOf(post, utc))
  return `posts/${date.getUTCFullYear()}/${String(date.getUTCMonth() + 1).padStart(2, "0")}/${post.slug}.md`
}

/** What a site already has, as far as it meets the slugs of arriving posts. */
export interface SlugsInUse {
  readonly posts: ReadonlyMap<Slug, BarePost>
  readonly former: ReadonlySet<Slug>
}

/** Tells for each of several arriving posts what becomes of it, the earlier ones of them being there by then. */
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
