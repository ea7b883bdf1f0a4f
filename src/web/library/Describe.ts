import { Effect, Either } from "effect"
import { withDescription } from "../../domain/posts/MediaUse.js"
import type { NewPost, Post } from "../../domain/posts/Post.js"
import type { UsedMedia } from "../../services/MediaLibrary.js"
import type { Posts } from "../../services/Posts.js"

const describedPost = (post: Post, id: string, description: string): NewPost => ({
  type: post.type,
  properties: withDescription(post.properties, id, description),
  status: post.status,
  visibility: post.visibility,
  publishedAt: post.publishedAt,
  ...(post.publishedOffset !== undefined && { publishedOffset: post.publishedOffset })
})

/**
 * Saves a description in each post that names the file, one post at a time: a change of a post in between is kept.
 * `by` names the browser. Returns the number of posts that have it then.
 */
export const describe = (
  posts: Posts["Type"],
  { media: { id }, posts: naming }: UsedMedia,
  description: string,
  by?: string
) =>
  Effect.map(
    Effect.forEach(naming, (post) =>
      Effect.catchTag(
        posts.update(post, (before) => Either.right(describedPost(before, id, description)), by),
        "PostUnknown",
        () => Effect.void
      )
    ),
    (done) => done.filter((post) => post !== undefined).length
  )
