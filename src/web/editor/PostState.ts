import { contentHtml, contentOf, plainText } from "../../domain/Content.js"
import { oneLine, shortened } from "../../domain/Line.js"
import { nameOf, type Post, summaryOf } from "../../domain/Post.js"
import { kindOf, type PostKind } from "../../domain/PostKind.js"
import { captionOf, entryView } from "../theme/EntryView.js"
import type { Site } from "../theme/Site.js"

/** What a post is to its owner. `scheduled` ones are published when their time comes. */
export type PostState = "draft" | "scheduled" | "published" | "deleted"

/** What a post is at this instant. */
export const stateOf = (post: Post, now: number): PostState => {
  if (post.deletedAt !== undefined) return "deleted"
  if (post.status === "draft") return "draft"
  return post.publishedAt > now ? "scheduled" : "published"
}

/** Whether visitors can open a post's page at this instant. */
export const isOpenToVisitors = (post: Post, now: number): boolean =>
  stateOf(post, now) === "published" && post.visibility !== "private"

/** States as people read them. */
export const stateWords: Record<PostState, string> = {
  draft: "Draft",
  scheduled: "Scheduled",
  published: "Published",
  deleted: "Deleted"
}

/** Kinds as people read them. */
export const kindWords: Record<PostKind, string> = {
  note: "Note",
  article: "Article",
  reply: "Reply",
  like: "Like",
  repost: "Repost",
  bookmark: "Bookmark",
  photo: "Photo",
  event: "Event",
  rsvp: "RSVP"
}

/** Characters of a text that are looked at for its beginning, however long it is. */
const considered = 600

/** By what the owner knows a post: its title, or how it begins, or at least its kind. On one line, 80 characters at most. */
export const callOf = (post: Post, site: Site): string =>
  shortened(nameOf(post) ?? contentStart(post) ?? summaryOf(post) ?? captionOf(entryView(post, site)) ?? "", 80) ||
  kindWords[kindOf(post)]

/** How the text begins. Unlike `excerptOf` it does not render the whole of it: a list must not wait for a megabyte. */
const contentStart = ({ properties }: Post): string | undefined => {
  const content = contentOf(properties)
  if (content === undefined) return undefined
  const html =
    content.format === "html"
      ? contentHtml({ format: "html", html: content.html.slice(0, 4 * considered) })
      : contentHtml({ format: "markdown", text: content.text.slice(0, considered) })
  return oneLine(plainText(html)) || undefined
}
