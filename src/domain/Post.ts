import type { Properties } from "./Microformats.js"
import type { Slug } from "./Slug.js"

/** Drafts are seen by the owner only. */
export type PostStatus = "published" | "draft"

/** `unlisted` posts have a permalink but stand in no list, feed or search; `private` ones are the owner's. */
export type Visibility = "public" | "unlisted" | "private"

/** A post: its microformats2 properties, and what the site decides about it. Times are epoch milliseconds, UTC. */
export interface Post {
  readonly id: number
  readonly slug: Slug
  /** The mf2 type, such as `h-entry`. */
  readonly type: string
  /** As received, unknown properties included, commands (`mp-*`) and tokens excluded. */
  readonly properties: Properties
  readonly status: PostStatus
  readonly visibility: Visibility
  readonly publishedAt: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Present on deleted posts. */
  readonly deletedAt?: number
}

/** A post that is to be stored. */
export interface NewPost {
  readonly type: string
  readonly properties: Properties
  readonly status: PostStatus
  readonly visibility: Visibility
  /** Epoch milliseconds; now when absent. In the future: scheduled. */
  readonly publishedAt?: number
  /** The slug asked for; the nearest free one is given. Made from name or content when absent. */
  readonly wishedSlug?: string
}
