import { Clock, Effect, Encoding } from "effect"
import type { DatabaseFailure } from "../../errors/failure/Database.js"
import { Posts } from "../../services/Posts.js"
import { SecureRandom } from "../../services/SecureRandom.js"

/** Validators of something that is made of all public posts. */
export interface RevisionValidators {
  readonly etag: string
  /** Epoch milliseconds: when this process first saw this revision. Never the same second for two of them. */
  readonly lastModified: number
}

/**
 * Makes validators for what is made of all public posts: a list page, a feed. They hold as long as no list may have
 * changed and this process lives, since the next one may be configured otherwise or render otherwise. The tag is weak,
 * because compression changes the bytes and not the content, and hashed with a secret: nobody can count by it how many
 * posts there are. Costs one indexed read; `variant` tells representations of one address apart.
 */
export const revisionTag: Effect.Effect<
  (variant?: string) => Effect.Effect<RevisionValidators, DatabaseFailure>,
  never,
  Posts | SecureRandom
> = Effect.gen(function* () {
  const posts = yield* Posts
  const secret = yield* (yield* SecureRandom).hex(16)
  let seen = { revision: "", at: 0 }
  return (variant = "page") =>
    Effect.gen(function* () {
      const revision = yield* posts.revision
      const now = yield* Clock.currentTimeMillis
      if (revision !== seen.revision) seen = { revision, at: Math.max(now, seen.at + 1_000) }
      const bytes = new TextEncoder().encode(`${secret} ${variant} ${revision}`)
      const digest = new Uint8Array(yield* Effect.promise(() => crypto.subtle.digest("SHA-256", bytes)), 0, 16)
      return { etag: `W/"${Encoding.encodeBase64Url(digest)}"`, lastModified: seen.at }
    })
})
