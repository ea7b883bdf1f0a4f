import { Clock, Effect, Exit, Option } from "effect"
import {
  fileName,
  type Media,
  type MediaName,
  mediaOf,
  parseFileName,
  parseMediaPath,
  type StoredMedia
} from "../../src/domain/media/Media.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import { type MediaFailure, MediaInUse } from "../../src/errors/Media.js"
import { Logger, type NamedLogger } from "../../src/services/Logger.js"
import type { KeptMedia, MediaFile, MediaStore, MediaUpload } from "../../src/services/MediaStore.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { Settings } from "../../src/settings/Config.js"
import { type MediaRecords, mediaRecords } from "../sql/stores/MediaRecords.js"
import { prepare, receiveKept } from "./Preparation.js"
import type { UploadFolder } from "./UploadFolder.js"

type Work<A = void> = Effect.Effect<A, MediaFailure | DatabaseFailure>

/**
 * A place for files. Work on a file is noted first, so that `abandoned` finds it if the process is killed, and the note goes
 * last.
 */
export interface MediaPlace {
  /** Where files are received and prepared. */
  readonly folder: UploadFolder
  /** Notes and places a prepared file with its renderings, the file itself last: if it is there, all of them are. */
  readonly place: (name: MediaName) => Work
  /** Notes that a file is about to be removed. */
  readonly noteRemoval: (media: Media) => Work
  /** Removes what is placed under a noted id. */
  readonly removePlaced: (id: string) => Work
  /** Removes the note and the folder of an id. */
  readonly end: (id: string) => Work
  /** Removes a file whose record is gone, and its note. May leave both to `abandoned`. */
  readonly endRemoval: (id: string) => Work
  /** Ids of work that was noted more than a day ago, in any order. */
  readonly abandoned: (now: number) => Work<ReadonlyArray<string>>
  /** A file or rendering, by its name. */
  readonly open: (name: MediaName, records: MediaRecords) => Work<Option.Option<MediaFile>>
}

/** The store of media over a place for files, with records in the database. */
export const storeIn = <R>(makePlace: (log: NamedLogger) => Effect.Effect<MediaPlace, never, R>) =>
  Effect.gen(function* () {
    const settings = yield* Settings
    const random = yield* SecureRandom
    const log = (yield* Logger).named("starpunk.media")
    const records = yield* mediaRecords
    const place = yield* makePlace(log)
    const { folder } = place
    const maxBytes = settings.media.maxSizeMb * 1_048_576

    /** Removes what a killed process left of the same file, and begins again. */
    const beginAgain = (id: string) =>
      Effect.zipRight(Effect.zipRight(place.removePlaced(id), place.end(id)), folder.create(id))

    /** Undoes a failed store. `sweep` later removes files that this cannot remove. */
    const undo = (id: string) =>
      Effect.zipRight(place.removePlaced(id), place.end(id)).pipe(
        Effect.catchAll((error) => log.warning("Leftovers of an upload not removed", { media_id: id, error }))
      )

    const finish = (id: string) =>
      Effect.catchAll(place.end(id), (error) =>
        log.warning("Leftovers of an upload not removed", { media_id: id, error })
      )

    const store = <E, R>({
      content,
      id: asked,
      uploadedBy
    }: MediaUpload<E, R>): Effect.Effect<StoredMedia, E | MediaFailure | DatabaseFailure, R> =>
      Effect.gen(function* () {
        const there = asked === undefined ? Option.none<Media>() : yield* records.byId(asked)
        if (Option.isSome(there)) return there.value
        const id = asked ?? (yield* random.hex(16))
        const stored = Effect.gen(function* () {
          yield* asked === undefined ? folder.create(id) : beginAgain(id)
          const { codec, name, size } = yield* prepare(content, { folder: folder.pathOf(id), id, maxBytes })
          yield* place.place(name)
          const media: Media = mediaOf(name, size, yield* Clock.currentTimeMillis)
          yield* records.add(media, fileName(name), uploadedBy)
          return { ...media, ...(codec !== undefined && { troublesomeCodec: codec }) }
        })
        const media: StoredMedia = yield* Effect.onExit(stored, (exit) =>
          Exit.isFailure(exit) ? undo(id) : Effect.void
        )
        yield* finish(id)
        yield* log.info("Media stored", { media_id: id, media_type: media.mediaType, bytes: media.byteLength })
        return media
      }).pipe(Effect.uninterruptible, Effect.withSpan("MediaStore.store"))

    const takeBack = <E, R>(kept: KeptMedia<E, R>): Effect.Effect<boolean, E | MediaFailure | DatabaseFailure, R> =>
      Effect.gen(function* () {
        const { name, uploadedAt } = kept
        const { id } = name
        if (Option.isSome(yield* records.byId(id))) return false
        const taken = Effect.gen(function* () {
          yield* beginAgain(id)
          const size = yield* receiveKept(kept, folder.pathOf(id), maxBytes)
          yield* place.place(name)
          yield* records.add(mediaOf(name, size, uploadedAt), fileName(name))
        })
        yield* Effect.onExit(taken, (exit) => (Exit.isFailure(exit) ? undo(id) : Effect.void))
        yield* finish(id)
        return true
      }).pipe(Effect.uninterruptible, Effect.withSpan("MediaStore.takeBack"))

    const open = Effect.fn("MediaStore.open")(function* (text: string) {
      const name = parseFileName(text)
      return name === undefined ? Option.none<MediaFile>() : yield* place.open(name, records)
    })

    const byPath = Effect.fn("MediaStore.byPath")(function* (path: string) {
      const name = parseMediaPath(path)
      if (name === undefined) return Option.none<Media>()
      return Option.filter(
        yield* records.byId(name.id),
        (media) => media.path === path || media.variants.some((variant) => variant.path === path)
      )
    })

    const removeBy = <E>(id: string, removeRecord: Effect.Effect<boolean, E>) =>
      Effect.gen(function* () {
        if (parseFileName(`${id}.mp4`) === undefined) return false
        const found = yield* records.byId(id)
        if (Option.isNone(found)) return false
        // Removal frees space, so it must not need any.
        yield* Effect.catchTag(place.noteRemoval(found.value), "MediaStorageFull", () => Effect.void)
        const removed = yield* Effect.tapError(removeRecord, () => Effect.ignore(place.end(id)))
        yield* place.endRemoval(id)
        if (removed) yield* log.info("Media removed", { media_id: id })
        return removed
      }).pipe(Effect.uninterruptible)

    const remove = (id: string) => removeBy(id, records.remove(id)).pipe(Effect.withSpan("MediaStore.remove"))

    const discard = (id: string, standing: string) =>
      removeBy(
        id,
        Effect.gen(function* () {
          if (yield* records.discard(id, standing)) return true
          // A file that another tab removed is gone, and its leftovers may go as well.
          return Option.isNone(yield* records.byId(id)) ? false : yield* new MediaInUse()
        })
      ).pipe(Effect.withSpan("MediaStore.discard"))

    const sweepOne = (id: string) =>
      Effect.gen(function* () {
        const isKept = parseFileName(`${id}.mp4`) === undefined || Option.isSome(yield* records.byId(id))
        if (!isKept) yield* place.removePlaced(id)
        yield* place.end(id)
        yield* log.info("Leftovers of an upload removed", { media_id: id })
      })

    const sweep = Effect.gen(function* () {
      const abandoned = yield* place.abandoned(yield* Clock.currentTimeMillis)
      yield* Effect.forEach(abandoned, sweepOne)
      return abandoned.length
    }).pipe(Effect.withSpan("MediaStore.sweep"))

    return {
      maxBytes,
      store,
      takeBack,
      open,
      byPath,
      byId: records.byId,
      list: records.list,
      sizes: records.sizes,
      size: records.size,
      remove,
      discard,
      sweep
    } satisfies MediaStore["Type"]
  })
