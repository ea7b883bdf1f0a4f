import { shortened } from "../../domain/posts/Line.js"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { excerptOf, nameOf, type Post, summaryOf } from "../../domain/posts/Post.js"
import { kindOf } from "../../domain/posts/PostKind.js"
import { texts } from "../../texts/Texts.js"
import { captionOf, entryView } from "../theme/EntryView.js"
import type { Site } from "../theme/Site.js"

/** State of a post for its owner. `scheduled` posts are published at their time. */
export type PostState = "draft" | "scheduled" | "published" | "deleted"

/** Returns the state of a post at an instant. */
export const stateOf = (post: Post | ListedPost, now: number): PostState => {
  if (post.deletedAt !== undefined) return "deleted"
  if (post.status === "draft") return "draft"
  return post.publishedAt > now ? "scheduled" : "published"
}

/** Returns whether visitors can open a post's page at an instant. */
export const isOpenToVisitors = (post: Post | ListedPost, now: number): boolean =>
  stateOf(post, now) === "published" && post.visibility !== "private"

/** A short name of a post for the owner: its title, its beginning, or its kind. One line of at most 80 characters. */
export const callOf = (post: Post | ListedPost, site: Site): string =>
  shortened(nameOf(post) || excerptOf(post, 100) || summaryOf(post) || captionOf(entryView(post, site)) || "", 80) ||
  texts.editor.kinds[kindOf(post)]
