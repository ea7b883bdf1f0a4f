import { Context, type Effect, type Option } from "effect"
import type { NewPost, Post } from "../domain/Post.js"
import type { Cursor } from "../domain/PostCursor.js"
import type { Slug } from "../domain/Slug.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"

export type { Cursor }

/** Which stretch of the newest-first order to answer. */
export interface PostRange {
  /** Only posts older than this. */
  readonly before?: Cursor
  /** Only posts newer than this. */
  readonly after?: Cursor
  /** 1 to 100. */
  readonly limit: number
  /** Only posts with this tag, folded. */
  readonly tag?: string
  /** Posts to skip at the newer end, for clients that count instead of following cursors; 0 when absent. */
  readonly offset?: number
}

/** A stretch of posts, newest first, and whether there are more on either side. */
export interface PostPage {
  readonly posts: ReadonlyArray<Post>
  readonly hasNewer: boolean
  readonly hasOlder: boolean
}

/** A tag and how many public posts bear it. */
export interface TagCount {
  /** Folded, as it stands in addresses. */
  readonly tag: string
  /** As the newest of its posts writes it. */
  readonly label: string
  readonly count: number
}

/** The blog's posts. What "public" means (published, not private, not deleted, not in the future) is decided here, once. */
export class Posts extends Context.Tag("starpunk/Posts")<
  Posts,
  {
    /** Stores a post under the slug it wishes for, or the nearest free one; found by search as soon as this answers. */
    readonly create: (post: NewPost) => Effect.Effect<Post, DatabaseFailure>
    /** Any post by its slug: drafts, private, future and deleted ones too. */
    readonly bySlug: (slug: Slug) => Effect.Effect<Option.Option<Post>, DatabaseFailure>
    /** What everybody may list, newest first. */
    readonly listPublic: (range: PostRange) => Effect.Effect<PostPage, DatabaseFailure>
    /** Everything but deleted posts, newest first, for the owner's clients. */
    readonly listAll: (range: PostRange) => Effect.Effect<PostPage, DatabaseFailure>
    /** Tags of public posts, most used first. */
    readonly tags: Effect.Effect<ReadonlyArray<TagCount>, DatabaseFailure>
    /**
     * A value that changes whenever what `listPublic` answers may have changed, the passing of a scheduled post's time
     * included. For validators; costs one indexed read.
     */
    readonly revision: Effect.Effect<string, DatabaseFailure>
  }
>() {}
