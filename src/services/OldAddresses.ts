import { Context, type Effect, type Option } from "effect"
import type { Post } from "../domain/posts/Post.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"

/** What had an address on another site, and where it is here. */
export type Moved =
  | {
      readonly kind: "post"
      /** In whatever state: the caller decides who may know of it. */
      readonly post: Pick<Post, "slug" | "status" | "visibility" | "publishedAt" | "deletedAt">
    }
  | {
      readonly kind: "media"
      /** On this site, such as `/media/1f…c2-1600x1200.jpg`. */
      readonly path: string
    }

/** The path that a media file had on another site, as `oldAddressPath` makes it. */
export interface OldMediaAddress {
  readonly path: string
  readonly mediaId: string
}

/** Addresses that posts and media files had on another site. An address belongs to the first that claims it, for ever. */
export class OldAddresses extends Context.Tag("starpunk/OldAddresses")<
  OldAddresses,
  {
    /**
     * What had this path, as `oldAddressPath` makes it; where the case of letters tells several apart, the one that is
     * spelled the same. Costs one indexed read.
     */
    readonly find: (path: string) => Effect.Effect<Option.Option<Moved>, DatabaseFailure>
    /** The paths here of those old paths that are known, by their folded form; posts in whatever state. */
    readonly placesOf: (paths: ReadonlyArray<string>) => Effect.Effect<ReadonlyMap<string, string>, DatabaseFailure>
    /** Keeps addresses of media files; those that are taken stay as they are. */
    readonly keepMedia: (addresses: ReadonlyArray<OldMediaAddress>) => Effect.Effect<void, DatabaseFailure>
  }
>() {}
