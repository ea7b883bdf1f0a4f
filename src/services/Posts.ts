import { Context, type Effect, type Either, type Option } from "effect"
import type { ListedPost } from "../domain/posts/ListedPost.js"
import type { NewPost, Post, Visibility } from "../domain/posts/Post.js"
import type { Cursor } from "../domain/posts/PostCursor.js"
import type { PostKind } from "../domain/posts/PostKind.js"
import type { Slug } from "../domain/posts/Slug.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { EraseRefused } from "../errors/Editor.js"
import type { PostUnknown } from "../errors/Micropub.js"
import type { PagePathTaken } from "../errors/Page.js"

export type { Cursor }

/** Part of the list, which is ordered newest first. */
export interface PostRange {
  /** Only posts older than this cursor. */
  readonly before?: Cursor
  /** Only posts newer than this cursor. */
  readonly after?: Cursor
  /** 1 to 100. Lists of complete posts may return fewer: up to 2 MiB, for feeds 512 KiB, but at least one post. */
  readonly limit: number
  /** Only posts with this tag (folded). */
  readonly tag?: string
  /** Only posts of these kinds; all kinds but pages when absent. With a tag, one kind at most. */
  readonly kinds?: ReadonlyArray<PostKind>
  /** Only pinned posts. */
  readonly pinned?: boolean
  /** Only posts that were published at this time or later. Epoch milliseconds. */
  readonly since?: number
  /** Only posts that were published before this time. */
  readonly until?: number
  /** Posts to skip at the newer end, for clients that use offsets instead of cursors; 0 when absent. */
  readonly offset?: number
}

/** Posts, newest first, and whether there are newer and older ones. */
export interface PostPage<P = Post> {
  readonly posts: ReadonlyArray<P>
  readonly hasNewer: boolean
  readonly hasOlder: boolean
}

/** `all` includes everything but deleted posts; `scheduled` posts are published with a time in the future. */
export type PostState = "all" | "published" | "draft" | "scheduled" | "deleted"

/** Numbers of posts by their state. */
export type PostCounts = Readonly<Record<"draft" | "scheduled" | "deleted", number>>

/** Filter for the owner's posts; all of its conditions must match. */
export interface PostFilter {
  /** `all` when absent. */
  readonly state?: PostState
  readonly visibility?: Visibility
  /** Only pages of the site, or only other posts. */
  readonly isPage?: boolean
  /** Only posts whose title, text or tags contain all of these words, also as parts of words; case-insensitive. */
  readonly text?: string
  /** Folded. */
  readonly tag?: string
  /** Only posts that visitors may list, and posts of this app (`appOf`). */
  readonly readableBy?: string
}

/** A tag and its number of public posts. */
export interface TagCount {
  /** Folded, as in addresses. */
  readonly tag: string
  /** Spelling in its newest post. */
  readonly label: string
  readonly count: number
}

/**
 * The blog's posts. This is the only place that defines "public": published, not private, not deleted, not in the
 * future.
 */
export class Posts extends Context.Tag("starpunk/Posts")<
  Posts,
  {
    /**
     * Stores a post under the slug that it asks for, or the nearest free one. Search includes it when this returns. A page
     * is refused if the address that it asks for belongs to the site, to another post, or to what another site had there.
     */
    readonly create: (post: NewPost) => Effect.Effect<Post, PagePathTaken | DatabaseFailure>
    /**
     * Finds any post by its current or a former slug: drafts, private, future and deleted ones too. The caller compares
     * the post's slug with the one asked for, if it matters.
     */
    readonly bySlug: (slug: Slug) => Effect.Effect<Option.Option<Post>, DatabaseFailure>
    /** Finds any post, deleted ones too. */
    readonly byId: (id: number) => Effect.Effect<Option.Option<Post>, DatabaseFailure>
    /**
     * Changes a post in one transaction: `change` gets its current state, and no other write comes between. `change`
     * may be called several times, because its result is rendered before the transaction begins. Lists, tags and search
     * include the change when this returns. The slug stays unless another is asked for; the old one then redirects here
     * and is never given to another post. The publication time stays unless another is given, but a draft that gets
     * published gets the current time. A change without effect writes nothing. The
     * former state is kept (`PostRevisions`); `by` names the browser or app that changes the post.
     */
    readonly update: <E>(
      id: number,
      change: (post: Post) => Either.Either<NewPost, E>,
      by?: string
    ) => Effect.Effect<Post, E | PostUnknown | PagePathTaken | DatabaseFailure>
    /**
     * Marks a post as deleted: only `byId`, `bySlug` and the owner's list of deleted posts still return it. Idempotent.
     */
    readonly delete: (id: number) => Effect.Effect<Post, PostUnknown | DatabaseFailure>
    /** Restores a deleted post as it was. Idempotent. Erased posts are unknown to it. */
    readonly restore: (id: number) => Effect.Effect<Post, PostUnknown | DatabaseFailure>
    /**
     * Removes the content of a deleted post for good. Its addresses stay taken, and say that it is gone. No list, search or
     * restore finds it again; exports have it as a deleted post without content. Idempotent.
     */
    readonly erase: (id: number) => Effect.Effect<Post, PostUnknown | EraseRefused | DatabaseFailure>
    /**
     * Public posts, newest first, for feeds: each with its whole HTML, but perhaps without the source of its content, and
     * with only the beginning of its text. Without pages.
     */
    readonly listPublic: (range: PostRange) => Effect.Effect<PostPage, DatabaseFailure>
    /**
     * As `listPublic`, but with the parts that pages show. Its cost does not depend on the length of posts. Lists of a tag
     * have pages too.
     */
    readonly overview: (range: PostRange) => Effect.Effect<PostPage<ListedPost>, DatabaseFailure>
    /** The owner's posts that match the filter, newest first, each complete: for the owner's clients. */
    readonly listOwned: (filter: PostFilter, range: PostRange) => Effect.Effect<PostPage, DatabaseFailure>
    /** As `listOwned`, but with the parts that pages show. */
    readonly overviewOwned: (
      filter: PostFilter,
      range: PostRange
    ) => Effect.Effect<PostPage<ListedPost>, DatabaseFailure>
    /** Numbers of the owner's posts that are not public yet or not any more; published ones are too many to count. */
    readonly counts: Effect.Effect<PostCounts, DatabaseFailure>
    /** Tags of public posts, most used first. */
    readonly tags: Effect.Effect<ReadonlyArray<TagCount>, DatabaseFailure>
    /**
     * A value that changes if and only if the answers of `listPublic` may have changed, also when a scheduled post
     * becomes due. It reveals nothing of drafts and private posts. For cache validators; costs one indexed read.
     */
    readonly revision: Effect.Effect<string, DatabaseFailure>
  }
>() {}
