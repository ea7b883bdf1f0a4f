import { unquoted } from "./Line.js"
import { addressIn, rsvpAnswer, textsOf, valuesOf } from "./Microformats.js"
import { isPage, nameOf, type Post } from "./Post.js"
import type { Rendering } from "./Rendering.js"

/** Kinds that follow from a property with any value: an address, a text, an h-cite. */
const byProperty = [
  ["read", "read-of"],
  ["watch", "watch-of"],
  ["listen", "listen-of"],
  ["play", "play-of"],
  ["food", "ate"],
  ["drink", "drank"],
  ["checkin", "checkin"]
] as const

const common = ["article", "note", "photo", "bookmark", "like", "repost", "reply", "event", "rsvp", "review"] as const

/** Kind of a post that lists and feeds show. */
export type ListedKind = (typeof common)[number] | (typeof byProperty)[number][0]

/** All kinds of lists, the common ones first. */
export const kinds: readonly [ListedKind, ...Array<ListedKind>] = [
  common[0],
  ...common.slice(1),
  ...byProperty.map(([kind]) => kind)
]

/** Kind of a post, as readers see it. Pages of the site are in no list and no feed. */
export type PostKind = ListedKind | "page"

/**
 * Determines the kind of a post from its properties by post type discovery (https://www.w3.org/TR/post-type-discovery/,
 * section 4.1); kinds that it lacks (bookmarks, things read, eaten or visited) come after likes. Videos and audio posts
 * are notes or articles, depending on whether they have a name.
 */
export const kindOf = (post: Pick<Post, "type" | "properties"> & Opened): PostKind => {
  const { properties } = post
  if (isPage(post)) return "page"
  const hasAddress = (name: string) => valuesOf(properties, name).some((value) => addressIn(value) !== undefined)
  if (post.type === "h-event") return "event"
  if (post.type === "h-review") return "review"
  if (rsvpAnswer(textsOf(properties, "rsvp")[0]) !== undefined) return "rsvp"
  if (hasAddress("in-reply-to")) return "reply"
  if (hasAddress("repost-of")) return "repost"
  if (hasAddress("like-of")) return "like"
  if (hasAddress("bookmark-of")) return "bookmark"
  const [known] = byProperty.filter(([, name]) => valuesOf(properties, name).length > 0)
  if (known !== undefined) return known[0]
  if (hasAddress("photo")) return "photo"
  return hasOwnName(post) ? "article" : "note"
}

interface Opened {
  readonly rendering: Pick<Rendering, "opening">
}

/**
 * Returns whether a post has a name that is not just the beginning of its content, as some clients send it with notes.
 * Compares only the opening.
 */
const hasOwnName = ({ properties, rendering }: Pick<Post, "properties"> & Opened): boolean => {
  const name = unquoted(nameOf({ properties }) ?? "")
  if (name === "") return false
  const text = unquoted(rendering.opening === "" ? (textsOf(properties, "summary")[0] ?? "") : rendering.opening)
  return !text.startsWith(name.slice(0, compared))
}

/** Number of characters to compare; fewer than an opening has without repeated white space. */
const compared = 500
