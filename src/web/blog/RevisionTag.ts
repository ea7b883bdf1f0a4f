import { Clock, Effect } from "effect"
import type { DatabaseFailure } from "../../errors/failure/Database.js"
import { Posts } from "../../services/Posts.js"

/**
 * Makes entity tags for what is made of all public posts: a list page, a feed. A tag holds as long as no list may have
 * changed and this process lives, since the next one may be configured otherwise or render otherwise. Weak, because
 * compression changes the bytes and not the content. Costs one indexed read; `variant` tells representations of one
 * address apart.
 */
export const revisionTag: Effect.Effect<(variant?: string) => Effect.Effect<string, DatabaseFailure>, never, Posts> =
  Effect.gen(function* () {
    const posts = yield* Posts
    const birth = (yield* Clock.currentTimeMillis).toString(36)
    return (variant = "page") =>
      Effect.map(posts.revision, (revision) => `W/"${variant}.${birth}.${encodeURIComponent(revision)}"`)
  })
