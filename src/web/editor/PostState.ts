import { shortened } from "../../domain/posts/Line.js"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { excerptOf, nameOf, type Post, summaryOf } from "../../domain/posts/Post.js"
import { kindOf, type PostKind } from "../../domain/posts/PostKind.js"
import { captionOf, entryView } from "../theme/EntryView.js"
import type { Site } from "../theme/Site.js"

/** What a post is to its owner. `scheduled` ones are published when their time comes. */
export type PostState = "draft" | "scheduled" | "published" | "deleted"

/** What a post is at this instant. */
export const stateOf = (post: Post | ListedPost, now: number): PostState => {
  if (post.deletedAt !== undefined) return "deleted"
  if (post.status === "draft") return "draft"
  return post.publishedAt > now ? "scheduled" : "published"
}

/** Whether visitors can open a post's page at this instant. */
export const isOpenToVisitors = (post: Post | ListedPost, now: number): boolean =>
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
  rsvp: "RSVP",
  review: "Review",
  read: "Read",
  watch: "Watch",
  listen: "Listen",
  play: "Play",
  food: "Food",
  drink: "Drink",
  checkin: "Check-in"
}

/** By what the owner knows a post: its title, or how it begins, or at least its kind. On one line, 80 characters at most. */
export const callOf = (post: Post | ListedPost, site: Site): string =>
  shortened(nameOf(post) || excerptOf(post, 100) || summaryOf(post) || captionOf(entryView(post, site)) || "", 80) ||
  kindWords[kindOf(post)]
