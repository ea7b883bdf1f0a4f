import { Context, type Effect, type Option } from "effect"
import type { Media } from "../domain/media/Media.js"
import type { DatabaseFailure } from "../errors/Database.js"

/** A file in the owner's list. */
export interface ListedMedia {
  readonly media: Media
  /** Number of posts that name it, deleted ones too. */
  readonly uses: number
  /** Whether a setting of the site names it. */
  readonly isInSettings: boolean
  /** A description from one of the posts; empty if none is known. */
  readonly alt: string
}

/** A file with the posts and settings that name it. */
export interface UsedMedia extends ListedMedia {
  /** Ids of posts that name it, newest first, up to `MediaLibrary.mostUses`. */
  readonly posts: ReadonlyArray<number>
  /** A value that changes with the set of posts and settings that name it: for `MediaStore.discard`. */
  readonly standing: string
}

/** Numbers of files. */
export interface MediaCounts {
  readonly all: number
  readonly unused: number
  /** Pictures that a post shows without a description. */
  readonly undescribed: number
  /** Bytes of all files, without their renderings. */
  readonly bytes: number
}

/**
 * Which files: `unused` are those that no post and no setting names, `undescribed` the pictures that a post shows without a
 * description.
 */
export const libraryFilters = ["all", "unused", "undescribed"] as const

/** One of `libraryFilters`. */
export type LibraryFilter = (typeof libraryFilters)[number]

/** Part of the list, newest first. */
export interface LibraryRange {
  readonly filter: LibraryFilter
  /** Words that the file's name or a description of it contain, in any case; empty for all files. */
  readonly words: ReadonlyArray<string>
  /** 1 to 100. */
  readonly limit: number
  readonly offset: number
}

/** The owner's files and where they are used. */
export class MediaLibrary extends Context.Tag("starpunk/MediaLibrary")<
  MediaLibrary,
  {
    readonly list: (range: LibraryRange) => Effect.Effect<ReadonlyArray<ListedMedia>, DatabaseFailure>
    readonly counts: Effect.Effect<MediaCounts, DatabaseFailure>
    readonly byId: (id: string) => Effect.Effect<Option.Option<UsedMedia>, DatabaseFailure>
    /** Ids of the files that only this post names, so that they are unused after its removal. */
    readonly onlyIn: (post: number) => Effect.Effect<ReadonlyArray<string>, DatabaseFailure>
  }
>() {}

/** Maximum number of posts in `UsedMedia`. */
export const mostUses = 200
