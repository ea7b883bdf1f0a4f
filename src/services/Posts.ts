import { Context, type Effect, type Either, type Option } from "effect"
import type { ListedPost } from "../domain/posts/ListedPost.js"
import type { NewPost, Post, Visibility } from "../domain/posts/Post.js"
import type { Cursor } from "../domain/posts/PostCursor.js"
import type { Slug } from "../domain/posts/Slug.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { PostUnknown } from "../errors/failure/Micropub.js"

export type { Cursor }

/** Which stretch of the newest-first order to answer. */
export interface PostRange {
  /** Only posts older than this. */
  readonly before?: Cursor
  /** Only posts newer than this. */
  readonly after?: Cursor
  /** 1 to 100. Where all there is of each post is answered, there may be fewer: 2 MiB, or one post. */
  readonly limit: number
  /** Only posts with this tag, folded. */
  readonly tag?: string
  /** Posts to skip at the newer end, for clients that count instead of following cursors; 0 when absent. */
  readonly offset?: number
}

/** A stretch of posts, newest first, and whether there are more on either side. */
export interface PostPage<P = Post> {
  readonly posts: ReadonlyArray<P>
  readonly hasNewer: boolean
  readonly hasOlder: boolean
}

/** `all` is everything but deleted posts; `scheduled` ones are published, but their time has not come. */
export type PostState = "all" | "published" | "draft" | "scheduled" | "deleted"

/** Which posts the owner wants to see; each part narrows the list. */
export interface PostFilter {
  /** `all` when absent. */
  readonly state?: PostState
  readonly visibility?: Visibility
  /** Posts whose title, text or tags have all of these words in them, parts of words included; case is no matter. */
  readonly text?: string
  /** Folded. */
  readonly tag?: string
  /** Only what visitors may list, and what this app posted (`appOf`). */
  readonly readableBy?: string
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
    /**
     * Any post by its slug, or by one that it had before: drafts, private, future and deleted ones too. Whoever cares
     * compares the post's slug with the one asked for.
     */
    readonly bySlug: (slug: Slug) => Effect.Effect<Option.Option<Post>, DatabaseFailure>
    /** Any post, deleted ones too. */
    readonly byId: (id: number) => Effect.Effect<Option.Option<Post>, DatabaseFailure>
    /**
     * Changes a post in one transaction: `change` sees it as it is at that moment, and nothing comes in between. It may be
     * asked several times, for what it wants is rendered before the transaction begins. Lists,
     * tags and search know the outcome as soon as this answers. The slug stays unless another is wished for; the old one
     * goes on leading here and is never another post's. A time of publication stays unless another is given, but for
     * drafts, which are published now. What changes nothing leaves no trace.
     */
    readonly update: <E>(
      id: number,
      change: (post: Post) => Either.Either<NewPost, E>
    ) => Effect.Effect<Post, E | PostUnknown | DatabaseFailure>
    /** Takes a post out of everything but `byId`, `bySlug` and the owner's list of deleted posts. Again: no difference. */
    readonly delete: (id: number) => Effect.Effect<Post, PostUnknown | DatabaseFailure>
    /** Brings a deleted post back as it was. Of a post that is not deleted: no difference. */
    readonly restore: (id: number) => Effect.Effect<Post, PostUnknown | DatabaseFailure>
    /** What everybody may list, newest first, with all there is of each post: for feeds. */
    readonly listPublic: (range: PostRange) => Effect.Effect<PostPage, DatabaseFailure>
    /** The same as pages list it. Costs about the same however long the posts are. */
    readonly overview: (range: PostRange) => Effect.Effect<PostPage<ListedPost>, DatabaseFailure>
    /** The owner's posts as the filter says, newest first, with all there is of each, for the owner's clients. */
    readonly listOwned: (filter: PostFilter, range: PostRange) => Effect.Effect<PostPage, DatabaseFailure>
    /** The same as pages list it. */
    readonly overviewOwned: (
      filter: PostFilter,
      range: PostRange
    ) => Effect.Effect<PostPage<ListedPost>, DatabaseFailure>
    /** Tags of public posts, most used first. */
    readonly tags: Effect.Effect<ReadonlyArray<TagCount>, DatabaseFailure>
    /**
     * A value that changes whenever what `listPublic` answers may have changed, the passing of a scheduled post's time
     * included; and only then, so that it tells nothing of drafts and private posts. For validators; costs one indexed
     * read.
     */
    readonly revision: Effect.Effect<string, DatabaseFailure>
  }
>() {}
