import { isForVisitors, type Post } from "../../domain/posts/Post.js"
import type { Site } from "../theme/Site.js"

/**
 * Returns whether the sender of a request may open a post: visitors what is for them, also to learn that it was deleted,
 * and the owner everything that is not deleted. `now` is in epoch milliseconds.
 */
export const mayOpen = (post: Post, { isForOwner }: Pick<Site, "isForOwner">, now: number): boolean =>
  isForVisitors(post, now) || (isForOwner && post.deletedAt === undefined)
