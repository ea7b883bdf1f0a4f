import { addressIn, rsvpAnswer, textsOf, valuesOf } from "./Microformats.js"
import { nameOf, type Post } from "./Post.js"
import type { Rendering } from "./Rendering.js"

/** The kinds that are told by a property of their own which may hold anything: an address, a text, an h-cite. */
const byProperty = [
  ["read", "read-of"],
  ["watch", "watch-of"],
  ["listen", "listen-of"],
  ["play", "play-of"],
  ["food", "ate"],
  ["drink", "drank"],
  ["checkin", "checkin"]
] as const

/** What a post is, to whoever reads it. */
export type PostKind =
  | ("note" | "article" | "reply" | "like" | "repost" | "bookmark" | "photo" | "event" | "rsvp" | "review")
  | (typeof byProperty)[number][0]

/**
 * What a post is, told from its properties as the post type discovery algorithm does
 * (https://www.w3.org/TR/post-type-discovery/, section 4.1), with what it leaves out (bookmarks, what was read, eaten or
 * visited) after likes. Videos and recordings are notes or articles here, by whether they have a name of their own.
 */
export const kindOf = (post: Pick<Post, "type" | "properties"> & Opened): PostKind => {
  const { properties } = post
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
 * Whether the post has a name that is not merely how its content begins, as some clients send it with notes. Compares no
 * more than the opening.
 */
const hasOwnName = ({ properties, rendering }: Pick<Post, "properties"> & Opened): boolean => {
  const name = squeezed(nameOf({ properties }) ?? "")
  if (name === "") return false
  const text = squeezed(rendering.opening === "" ? (textsOf(properties, "summary")[0] ?? "") : rendering.opening)
  return !text.startsWith(name.slice(0, compared))
}

/** Fewer characters than an opening has left when its white space is squeezed. */
const compared = 500

const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim()
