import { Context, type Effect, type Option, type Redacted } from "effect"
import type { DatabaseFailure } from "../errors/Database.js"
import type { PostUnknown } from "../errors/Micropub.js"

/** The link of a draft. Its secret is not stored, so it is shown only when it is made. */
export interface DraftLink {
  readonly post: number
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/**
 * Links with which people without a session read a draft: one per post. `Posts` ends the link of a post that is deleted,
 * or that was published and becomes a draft again. A link of a published post stays, so that it can lead to the post.
 */
export class DraftLinks extends Context.Tag("starpunk/DraftLinks")<
  DraftLinks,
  {
    /** Makes the link of a draft or of a scheduled post, in place of a former one, and returns its secret. */
    readonly create: (post: number) => Effect.Effect<Redacted.Redacted, PostUnknown | DatabaseFailure>
    readonly of: (post: number) => Effect.Effect<Option.Option<DraftLink>, DatabaseFailure>
    /** Finds the link with a secret. */
    readonly find: (secret: Redacted.Redacted) => Effect.Effect<Option.Option<DraftLink>, DatabaseFailure>
    /** Ends the link of a post. Idempotent. */
    readonly revoke: (post: number) => Effect.Effect<void, DatabaseFailure>
  }
>() {}
