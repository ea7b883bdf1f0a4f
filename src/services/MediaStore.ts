import { Context, type Effect, type Option, type Stream } from "effect"
import type { Media, MediaKind, MediaName, StoredMedia } from "../domain/media/Media.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { MediaFailure } from "../errors/failure/Media.js"

/** A file as it comes in. */
export interface MediaUpload<E, R> {
  readonly content: Stream.Stream<Uint8Array, E, R>
  /** As the client calls it: anything at all, never used as a path. */
  readonly filename: string
  /** As the client says; not believed. */
  readonly declaredType: string
  /**
   * The id to keep it under, 32 lower-case hexadecimal digits; a new one when absent. What is there under it already is
   * the answer, and the content is not asked for.
   */
  readonly id?: string
  /** The app that sends it (`appOf`); absent for what the owner uploads here or imports. */
  readonly uploadedBy?: string
}

/** A file as a site kept it, with its renderings. */
export interface KeptMedia<E, R> {
  readonly name: MediaName
  /** Epoch milliseconds, UTC. */
  readonly uploadedAt: number
  /** The bytes of the file, or of one of its renderings, by the last segment of its path. */
  readonly content: (fileName: string) => Stream.Stream<Uint8Array, E, R>
}

/** Which stretch of the newest-first order to answer. */
export interface MediaRange {
  /** 1 to 100. */
  readonly limit: number
  /** 0 when absent. */
  readonly offset?: number
  /** Only files that this app sent (`appOf`). */
  readonly uploadedBy?: string
}

/** A file as it is sent: the whole of it, or a stretch. */
export interface MediaFile {
  readonly kind: MediaKind
  readonly mediaType: string
  readonly byteLength: number
  /** Epoch milliseconds. */
  readonly modifiedAt: number
  /** The bytes from `start` (0 when absent) to `end`, exclusive (all when absent). */
  readonly content: (range?: {
    readonly start: number
    readonly end: number
  }) => Stream.Stream<Uint8Array, MediaFailure>
}

/** The owner's pictures, films and recordings. */
export class MediaStore extends Context.Tag("starpunk/MediaStore")<
  MediaStore,
  {
    /** The most bytes that a file may have. */
    readonly maxBytes: number
    /**
     * Takes a file in. Its type is told by its content; images are decoded, turned upright, freed of location and every
     * other metadata, and written anew with smaller renderings. Whatever fails, nothing is left behind. It can be
     * interrupted while the content comes in, and not after that, even where it is called uninterruptibly: whoever gets
     * no answer has left nothing here.
     */
    readonly store: <E, R>(
      upload: MediaUpload<E, R>
    ) => Effect.Effect<StoredMedia, E | MediaFailure | DatabaseFailure, R>
    /**
     * Takes a file back as it was kept, under its own name and byte for byte, renderings included; answers whether it had
     * to, or was there. Each is looked at by its content all the same. Whatever fails, nothing is left behind.
     */
    readonly takeBack: <E, R>(kept: KeptMedia<E, R>) => Effect.Effect<boolean, E | MediaFailure | DatabaseFailure, R>
    /** A file or a rendering by the last segment of its path, for sending; none for anything else. */
    readonly open: (name: string) => Effect.Effect<Option.Option<MediaFile>, MediaFailure>
    /** What is known of a file, by the path of itself or of one of its renderings. */
    readonly byPath: (path: string) => Effect.Effect<Option.Option<Media>, DatabaseFailure>
    /** What is known of a file, by its id. */
    readonly byId: (id: string) => Effect.Effect<Option.Option<Media>, DatabaseFailure>
    /** Bytes of the files with these ids; those that are not there are left out. One read for all of them. */
    readonly sizes: (ids: ReadonlyArray<string>) => Effect.Effect<ReadonlyMap<string, number>, DatabaseFailure>
    /** Newest first. */
    readonly list: (range: MediaRange) => Effect.Effect<ReadonlyArray<Media>, DatabaseFailure>
    /** Bytes of all files as they were taken in, without their renderings. */
    readonly size: Effect.Effect<number, DatabaseFailure>
    /** Removes a file and its renderings; answers whether there was one. */
    readonly remove: (id: string) => Effect.Effect<boolean, MediaFailure | DatabaseFailure>
    /** Removes what a process that was killed at work left behind more than a day ago; answers of how many files. */
    readonly sweep: Effect.Effect<number, MediaFailure | DatabaseFailure>
  }
>() {}
