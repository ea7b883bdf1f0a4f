import { Context, type Effect, type Option, type Stream } from "effect"
import type { Media, MediaKind, MediaName, StoredMedia } from "../domain/media/Media.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { MediaFailure, MediaInUse } from "../errors/Media.js"

/** A file to be stored. */
export interface MediaUpload<E, R> {
  readonly content: Stream.Stream<Uint8Array, E, R>
  /** Name from the client; arbitrary text, never used as a path. */
  readonly filename: string
  /** Media type from the client; not trusted. */
  readonly declaredType: string
  /**
   * The id under which to store the file, 32 lower-case hexadecimal digits; a new one when absent. If a file with this
   * id exists, it is returned and the content is not read.
   */
  readonly id?: string
  /** The app that sends it (`appOf`); absent for what the owner uploads or imports. */
  readonly uploadedBy?: string
}

/** A file as another site stored it, with its renderings. */
export interface KeptMedia<E, R> {
  readonly name: MediaName
  /** Epoch milliseconds, UTC. */
  readonly uploadedAt: number
  /** Bytes of the file or of one of its renderings, by the last segment of its path. */
  readonly content: (fileName: string) => Stream.Stream<Uint8Array, E, R>
}

/** Part of the list, which is ordered newest first. */
export interface MediaRange {
  /** 1 to 100. */
  readonly limit: number
  /** 0 when absent. */
  readonly offset?: number
  /** Only files that this app uploaded (`appOf`). */
  readonly uploadedBy?: string
}

/** A file for sending, whole or in part. */
export interface MediaFile {
  readonly kind: MediaKind
  readonly mediaType: string
  readonly byteLength: number
  /** Epoch milliseconds. */
  readonly modifiedAt: number
  /** A public address of the same bytes, to which readers are redirected. */
  readonly publicUrl?: string
  /** The bytes from `start` (0 when absent) to `end`, exclusive (all when absent). */
  readonly content: (range?: {
    readonly start: number
    readonly end: number
  }) => Stream.Stream<Uint8Array, MediaFailure>
}

/** The owner's images, videos and audio files. */
export class MediaStore extends Context.Tag("starpunk/MediaStore")<
  MediaStore,
  {
    /** Maximum size of a file in bytes. */
    readonly maxBytes: number
    /**
     * Stores a file. Its type is detected from its content. Images are decoded, rotated upright, stripped of all
     * metadata including the location, re-encoded, and stored with smaller renderings. A failure leaves nothing behind.
     * Can be interrupted while the content arrives, but not after that, even if it is called uninterruptibly: an upload
     * without an answer has stored nothing.
     */
    readonly store: <E, R>(
      upload: MediaUpload<E, R>
    ) => Effect.Effect<StoredMedia, E | MediaFailure | DatabaseFailure, R>
    /**
     * Stores a file under its former name, byte for byte, renderings included. Returns false if it was stored already.
     * Checks the content of each file all the same. A failure leaves nothing behind.
     */
    readonly takeBack: <E, R>(kept: KeptMedia<E, R>) => Effect.Effect<boolean, E | MediaFailure | DatabaseFailure, R>
    /** Opens a file or a rendering for sending, by the last segment of its path; none if there is no such file. */
    readonly open: (name: string) => Effect.Effect<Option.Option<MediaFile>, MediaFailure | DatabaseFailure>
    /** Returns the record of a file by its path or by the path of one of its renderings. */
    readonly byPath: (path: string) => Effect.Effect<Option.Option<Media>, DatabaseFailure>
    /** Returns the record of a file by its id. */
    readonly byId: (id: string) => Effect.Effect<Option.Option<Media>, DatabaseFailure>
    /** Sizes of the files with these ids in bytes, from a single query; unknown ids are left out. */
    readonly sizes: (ids: ReadonlyArray<string>) => Effect.Effect<ReadonlyMap<string, number>, DatabaseFailure>
    /** Newest first. */
    readonly list: (range: MediaRange) => Effect.Effect<ReadonlyArray<Media>, DatabaseFailure>
    /** Total bytes of all stored files, without their renderings. */
    readonly size: Effect.Effect<number, DatabaseFailure>
    /** Removes a file and its renderings. Returns false if there is none with this id. */
    readonly remove: (id: string) => Effect.Effect<boolean, MediaFailure | DatabaseFailure>
    /**
     * As `remove`, for a file whose uses the owner has seen: `standing` is that of `MediaLibrary.byId`. Fails if a post or
     * setting has begun or ceased to name it since. A post that is stored afterwards names a file that is gone.
     */
    readonly discard: (
      id: string,
      standing: string
    ) => Effect.Effect<boolean, MediaInUse | MediaFailure | DatabaseFailure>
    /** Removes files that a killed process left behind more than a day ago. Returns their number. */
    readonly sweep: Effect.Effect<number, MediaFailure | DatabaseFailure>
  }
>() {}
