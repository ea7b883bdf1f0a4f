import { contentHtml, contentOf, plainText } from "./Content.js"
import { addressIn, rsvpAnswer, textsOf, valuesOf } from "./Microformats.js"
import { nameOf, type Post } from "./Post.js"

/** What a post is, to whoever reads it. */
export type PostKind = "note" | "article" | "reply" | "like" | "repost" | "bookmark" | "photo" | "event" | "rsvp"

/**
 * What a post is, told from its properties as the post type discovery algorithm does
 * (https://www.w3.org/TR/post-type-discovery/, section 4.1), with bookmarks, which it leaves out, after likes. Videos and
 * recordings are notes or articles here, by whether they have a name of their own.
 */
export const kindOf = (post: Pick<Post, "type" | "properties">): PostKind => {
  const { properties } = post
  const hasAddress = (name: string) => valuesOf(properties, name).some((value) => addressIn(value) !== undefined)
  if (post.type === "h-event") return "event"
  if (rsvpAnswer(textsOf(properties, "rsvp")[0]) !== undefined) return "rsvp"
  if (hasAddress("in-reply-to")) return "reply"
  if (hasAddress("repost-of")) return "repost"
  if (hasAddress("like-of")) return "like"
  if (hasAddress("bookmark-of")) return "bookmark"
  if (hasAddress("photo")) return "photo"
  return hasOwnName(post) ? "article" : "note"
}

/** Whether the post has a name that is not merely how its content begins, as some clients send it with notes. */
const hasOwnName = (post: Pick<Post, "properties">): boolean => {
  const name = squeezed(nameOf(post) ?? "")
  if (name === "") return false
  const content = contentOf(post.properties)
  const text = content === undefined ? (textsOf(post.properties, "summary")[0] ?? "") : plainText(contentHtml(content))
  return !squeezed(text).startsWith(name)
}

const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim()
