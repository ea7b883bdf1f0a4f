import { Context, type Effect, type Option } from "effect"
import type { Post } from "../domain/posts/Post.js"
import type { DatabaseFailure } from "../errors/Database.js"

/** A post or file that had an address on another site, and its place here. */
export type Moved =
  | {
      readonly kind: "post"
      /** In any state: the caller decides who may see it. */
      readonly post: Pick<Post, "status" | "visibility" | "publishedAt" | "deletedAt">
      readonly path: string
    }
  | {
      readonly kind: "media"
      /** Path on this site, such as `/media/1f…c2-1600x1200.jpg`. */
      readonly path: string
    }

/** The path of a media file on another site, as `oldAddressPath` normalizes it. */
export interface OldMediaAddress {
  readonly path: string
  readonly mediaId: string
}

/**
 * Addresses that posts and media files had on other sites. An address belongs permanently to the first that claims it.
 */
export class OldAddresses extends Context.Tag("starpunk/OldAddresses")<
  OldAddresses,
  {
    /**
     * Finds what had this path, as `oldAddressPath` normalizes it. If several paths differ only in case, prefers the
     * one with the same spelling. Costs one indexed read.
     */
    readonly find: (path: string) => Effect.Effect<Option.Option<Moved>, DatabaseFailure>
    /**
     * Maps those of the old paths that are known, by their folded form, to their paths here. Includes posts in any
     * state.
     */
    readonly placesOf: (paths: ReadonlyArray<string>) => Effect.Effect<ReadonlyMap<string, string>, DatabaseFailure>
    /** Stores addresses of media files; existing ones stay as they are. */
    readonly keepMedia: (addresses: ReadonlyArray<OldMediaAddress>) => Effect.Effect<void, DatabaseFailure>
  }
>() {}
