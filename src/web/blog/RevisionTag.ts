import { Clock, Effect, Encoding, Option, Redacted } from "effect"
import { BoundedMap } from "../../domain/BoundedMap.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import { Posts } from "../../services/Posts.js"
import { SecureRandom } from "../../services/SecureRandom.js"
import { Settings } from "../../settings/Config.js"
import { sharedSettings } from "../../settings/SharedSettings.js"
import { version } from "../../version.js"
import { perRevision } from "../http/PerRevision.js"
import type { RequestContext } from "../http/RequestContext.js"
import { type CurrentSite, site } from "../theme/Site.js"

/** Caches keep the response permanently, so the owner gets the same cards as visitors. */
export interface RevisionValidators {
  readonly etag: string
  /**
   * When this process first saw this revision, in epoch milliseconds. Two revisions never have the same second. Absent if the site can
   * have several instances, which see it at different times.
   */
  readonly lastModified?: number
}

/**
 * What tags are hashed with, so that they do not reveal the number of posts: the same for all instances of a site, and another one for
 * another program or environment, which may make other pages.
 */
const secretOfTags = Effect.gen(function* () {
  const settings = yield* Settings
  const random = yield* SecureRandom
  return yield* Option.match(settings.database.address, {
    onNone: () => random.hex(16),
    onSome: ({ password }) =>
      Effect.succeed(JSON.stringify([version, Redacted.value(password), sharedSettings(settings)]))
  })
})

/**
 * Makes validators of responses that depend on all public posts and the site's settings: lists and feeds. They are valid until a list may have
 * changed or, on SQLite, the process ends, because the next process may have another environment or another renderer. The tag is weak,
 * because compression changes the bytes but not the content. Costs one indexed read; `variant` distinguishes representations of one address.
 */
export const revisionTag: Effect.Effect<
  (variant?: string) => Effect.Effect<RevisionValidators, DatabaseFailure, CurrentSite | RequestContext>,
  never,
  Posts | SecureRandom | Settings
> = Effect.gen(function* () {
  const posts = yield* Posts
  const secret = yield* secretOfTags
  const hasInstances = Option.isSome((yield* Settings).database.address)
  const latest = perRevision(posts.revision)
  let seen = { revision: "", at: 0 }
  const known = new BoundedMap<string, string>(100)

  const tagOf = (text: string) =>
    Effect.gen(function* () {
      const bytes = new TextEncoder().encode(`${secret} ${text}`)
      const digest = new Uint8Array(yield* Effect.promise(() => crypto.subtle.digest("SHA-256", bytes)), 0, 16)
      const etag = `W/"${Encoding.encodeBase64Url(digest)}"`
      known.set(text, etag)
      return etag
    })

  return (variant = "page") =>
    Effect.gen(function* () {
      const revision = `${yield* latest} ${(yield* site).revision}`
      const text = `${variant} ${revision}`
      const etag = known.get(text) ?? (yield* tagOf(text))
      if (hasInstances) return { etag }
      const now = yield* Clock.currentTimeMillis
      if (revision !== seen.revision) seen = { revision, at: Math.max(now, seen.at + 1_000) }
      return { etag, lastModified: seen.at }
    })
})
