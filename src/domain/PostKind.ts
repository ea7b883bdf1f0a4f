import { contentHtml, contentOf, plainText } from "./Content.js"
import { isObject, type PropertyValue, textsOf, valuesOf } from "./Microformats.js"
import { nameOf, type Post } from "./Post.js"

/** What a post is, to whoever reads it. */
export type PostKind = "note" | "article" | "reply" | "like" | "repost" | "bookmark" | "photo" | "event" | "rsvp"

/** The answers to an invitation (microformats2, `p-rsvp`). */
export const rsvpAnswers = ["yes", "no", "maybe", "interested"] as const

/** An answer to an invitation. */
export type RsvpAnswer = (typeof rsvpAnswers)[number]

/** The answer that a text is, whatever its case. */
export const rsvpAnswer = (text: string | undefined): RsvpAnswer | undefined =>
  rsvpAnswers.find((answer) => answer === text?.trim().toLowerCase())

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

/** The address that a value is, or bears: text, `{ value }`, or the `url` of a nested microformat such as an h-cite. */
export const addressIn = (value: PropertyValue): string | undefined => {
  if (typeof value === "string") return isAddress(value) ? value : undefined
  if (!isObject(value)) return undefined
  const { properties } = value
  const urls = isObject(properties) && Object.hasOwn(properties, "url") ? properties.url : undefined
  const candidates: ReadonlyArray<unknown> = [...(Array.isArray(urls) ? urls : []), value.value]
  return candidates.find((candidate): candidate is string => typeof candidate === "string" && isAddress(candidate))
}

/** http, https, or a place on this site, which is how photos of this site may be given. */
const isAddress = (text: string): boolean => /^(?:https?:\/\/|\/)\S+$/i.test(text.trim())

/** Whether the post has a name that is not merely how its content begins, as some clients send it with notes. */
const hasOwnName = (post: Pick<Post, "properties">): boolean => {
  const name = squeezed(nameOf(post) ?? "")
  if (name === "") return false
  const content = contentOf(post.properties)
  const text = content === undefined ? (textsOf(post.properties, "summary")[0] ?? "") : plainText(contentHtml(content))
  return !squeezed(text).startsWith(name)
}

const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim()
