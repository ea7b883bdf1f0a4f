import { Context, type Effect, type Option } from "effect"
import type { Post } from "../domain/posts/Post.js"
import type { DatabaseFailure } from "../errors/Database.js"

/** A change of a post, which replaced a former state. */
export interface PostRevision {
  readonly id: number
  /** Epoch milliseconds: when the change was made. */
  readonly replacedAt: number
  /** Name of the browser or app that made it, if known. */
  readonly replacedBy?: string
}

/** The parts of a post that a revision keeps. */
export type RevisedState = Pick<Post, "slug" | "type" | "properties" | "status" | "visibility" | "publishedAt">

/** A change with the states before and after it. */
export interface RevisedPost extends PostRevision {
  readonly before: RevisedState
  readonly after: RevisedState
}

/**
 * Former states of posts, which `Posts.update` keeps: of each post up to 50 and up to 4 MiB, the newest ones. Changes of
 * a draft by the same browser or app within ten minutes are one.
 */
export class PostRevisions extends Context.Tag("starpunk/PostRevisions")<
  PostRevisions,
  {
    /** Newest first. */
    readonly of: (post: number) => Effect.Effect<ReadonlyArray<PostRevision>, DatabaseFailure>
    readonly byId: (post: number, revision: number) => Effect.Effect<Option.Option<RevisedPost>, DatabaseFailure>
  }
>() {}
