import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { Clock, Duration, Effect, Exit, Layer, Option, Stream } from "effect"
import {
  fileName,
  fileNamesOf,
  type Media,
  type MediaFormat,
  type MediaName,
  mediaOf,
  parseFileName,
  parseMediaPath,
  type StoredMedia
} from "../../src/domain/media/Media.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import { MediaDamaged, type MediaFailure, MediaInUse, MediaTooLarge } from "../../src/errors/Media.js"
import { Logger } from "../../src/services/Logger.js"
import { type KeptMedia, type MediaFile, MediaStore, type MediaUpload } from "../../src/services/MediaStore.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import type { SqlPool } from "../../src/services/SqlPool.js"
import { Settings } from "../../src/settings/Config.js"
import { syncDirectory, syncFile, writeSynced } from "../files/DurableFile.js"
import { mediaRecords } from "../sql/stores/MediaRecords.js"
import { fileMode, readHead, stretch, withoutDescriptions } from "./FileContent.js"
import { isIsoMedia } from "./IsoBoxes.js"
import { type IsoTracks, troublesomeCodec } from "./IsoTracks.js"
import { ifMissing, reading, writing } from "./MediaFailures.js"
import { render } from "./Pictures.js"
import { asRecording, expectFormat, recognise } from "./Recognition.js"

/** Folder of uploads and removals in progress, each under its id. */
const incoming = ".incoming"

/** Age after which an entry in `incoming` is certainly not in use. */
const longestWork = Duration.days(1)

const directoryMode = 0o700

/**
 * Media as files in `{data}/media`, in folders by the first two digits of their names, with records in the database. A
 * file is complete and synced before it is moved into place, and in place before its record exists; removal works in
 * reverse. Work in progress is noted in `.incoming`, where `sweep` finds it if the process was killed.
 */
export const layer: Layer.Layer<MediaStore, never, Settings | SqlPool | SecureRandom | Logger> = Layer.effect(
  MediaStore,
  Effect.gen(function* () {
    const settings = yield* Settings
    const random = yield* SecureRandom
    const log = (yield* Logger).named("starpunk.media")
    const records = yield* mediaRecords
    const root = join(settings.dataPath, "media")
    const maxBytes = settings.media.maxSizeMb * 1_048_576

    const workOf = (id: string) => join(root, incoming, id)
    const shelfOf = (id: string) => join(root, id.slice(0, 2))

    /** Removes what a killed process left of the same file, and begins again. */
    const beginAgain = (id: string) => Effect.zipRight(end(id), begin(id))
    const begin = (id: string) => writing(() => mkdir(workOf(id), { recursive: true, mode: directoryMode }))
    const removePlaced = (id: string) =>
      Effect.gen(function* () {
        const present = yield* reading(() => readdir(shelfOf(id)).catch(ifMissing([])))
        const own = present.filter((name) => name.startsWith(id))
        yield* Effect.forEach(own, (name) => writing(() => rm(join(shelfOf(id), name), { force: true })))
        return own.length
      })
    const end = (id: string) => writing(() => rm(workOf(id), { recursive: true, force: true }))

    const receive = <E, R>(content: Stream.Stream<Uint8Array, E, R>, path: string) =>
      Effect.acquireUseRelease(
        writing(() => open(path, "wx", fileMode)),
        (handle) => {
          let size = 0
          const write = (chunk: Uint8Array): Effect.Effect<void, MediaFailure> => {
            size += chunk.length
            return size > maxBytes
              ? new MediaTooLarge({ limitBytes: maxBytes })
              : Effect.uninterruptible(writing(() => handle.writeFile(chunk)))
          }
          return Effect.interruptible(Stream.runForEach(content, write))
        },
        (handle) => Effect.promise(() => handle.close().catch(() => {}))
      )

    /** Prepares a received file: complete, synced files in its work folder; the first is the file itself. */
    const prepare = (id: string, format: MediaFormat, received: string) =>
      Effect.gen(function* () {
        if (format.kind !== "image") {
          const tracks = isIsoMedia(format.mediaType) ? yield* withoutDescriptions(received) : Option.none<IsoTracks>()
          const isRecording = Option.exists(tracks, ({ hasAudio, hasVideo }) => hasAudio && !hasVideo)
          const name: MediaName = { id, format: isRecording ? asRecording(format) : format }
          yield* writing(() => syncFile(received))
          const { size } = yield* reading(() => stat(received))
          yield* writing(() => rename(received, join(workOf(id), fileName(name))))
          return { name, size, codec: Option.getOrUndefined(Option.map(tracks, troublesomeCodec)) }
        }
        const renderings = yield* Effect.interruptible(render(received, format, id))
        yield* Effect.forEach(renderings, ({ bytes, name }) =>
          writing(() => writeSynced(join(workOf(id), fileName(name)), bytes, { flag: "wx", mode: fileMode }))
        )
        const [main] = renderings
        return main === undefined
          ? yield* new MediaDamaged({ reason: "unreadable" })
          : { name: main.name, size: main.bytes.length, codec: undefined }
      })

    const place = (name: MediaName) =>
      Effect.gen(function* () {
        const shelf = shelfOf(name.id)
        yield* writing(() => mkdir(shelf, { recursive: true, mode: directoryMode }))
        // The file itself is moved last: if it is in place, all of its renderings are.
        for (const each of fileNamesOf(name).toReversed()) {
          yield* writing(() => rename(join(workOf(name.id), each), join(shelf, each)))
        }
        yield* writing(() => syncDirectory(shelf))
        yield* writing(() => syncDirectory(root))
      })

    /** Undoes a failed store. `sweep` later removes files that this cannot remove. */
    const undo = (id: string) =>
      Effect.zipRight(removePlaced(id), end(id)).pipe(
        Effect.catchAll((error) => log.warning("Leftovers of an upload not removed", { media_id: id, error }))
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
          yield* asked === undefined ? begin(id) : beginAgain(id)
          const received = join(workOf(id), "received")
          yield* receive(content, received)
          const format = yield* recognise(yield* reading(() => readHead(received)))
          const { codec, name, size } = yield* prepare(id, format, received)
          yield* place(name)
          const media: Media = mediaOf(name, size, yield* Clock.currentTimeMillis)
          yield* records.add(media, fileName(name), uploadedBy)
          return { ...media, ...(codec !== undefined && { troublesomeCodec: codec }) }
        })
        const media: StoredMedia = yield* Effect.onExit(stored, (exit) =>
          Exit.isFailure(exit) ? undo(id) : Effect.void
        )
        yield* Effect.catchAll(end(id), (error) =>
          log.warning("Leftovers of an upload not removed", { media_id: id, error })
        )
        yield* log.info("Media stored", { media_id: id, media_type: media.mediaType, bytes: media.byteLength })
        return media
      }).pipe(Effect.uninterruptible, Effect.withSpan("MediaStore.store"))

    const takeBack = <E, R>({
      content,
      name,
      uploadedAt
    }: KeptMedia<E, R>): Effect.Effect<boolean, E | MediaFailure | DatabaseFailure, R> =>
      Effect.gen(function* () {
        const { id } = name
        if (Option.isSome(yield* records.byId(id))) return false
        const taken = Effect.gen(function* () {
          yield* beginAgain(id)
          for (const each of fileNamesOf(name)) {
            const path = join(workOf(id), each)
            yield* receive(content(each), path)
            yield* expectFormat(yield* reading(() => readHead(path)), each)
            yield* writing(() => syncFile(path))
          }
          const { size } = yield* reading(() => stat(join(workOf(id), fileName(name))))
          yield* place(name)
          yield* records.add(mediaOf(name, size, uploadedAt), fileName(name))
        })
        yield* Effect.onExit(taken, (exit) => (Exit.isFailure(exit) ? undo(id) : Effect.void))
        yield* Effect.catchAll(end(id), (error) =>
          log.warning("Leftovers of an upload not removed", { media_id: id, error })
        )
        return true
      }).pipe(Effect.uninterruptible, Effect.withSpan("MediaStore.takeBack"))

    const openNamed = Effect.fn("MediaStore.open")(function* (text: string) {
      const name = parseFileName(text)
      if (name === undefined) return Option.none<MediaFile>()
      const path = join(shelfOf(name.id), text)
      const found = yield* reading(() => stat(path).catch(ifMissing(undefined)))
      if (found === undefined || !found.isFile()) return Option.none<MediaFile>()
      const content: MediaFile["content"] = (range) =>
        stretch(path, range?.start ?? 0, Math.min(range?.end ?? found.size, found.size))
      return Option.some<MediaFile>({
        kind: name.format.kind,
        mediaType: name.format.mediaType,
        byteLength: found.size,
        modifiedAt: Math.floor(found.mtimeMs),
        content
      })
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
        if (parseFileName(`${id}.mp4`) === undefined || Option.isNone(yield* records.byId(id))) return false
        // Removal frees space, so it must not need any.
        yield* Effect.catchTag(begin(id), "MediaStorageFull", () => Effect.void)
        const removed = yield* Effect.tapError(removeRecord, () => Effect.ignore(end(id)))
        yield* removePlaced(id)
        yield* end(id)
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

    const sweepOne = (id: string, now: number) =>
      Effect.gen(function* () {
        const found = yield* reading(() => stat(workOf(id)).catch(ifMissing(undefined)))
        if (found === undefined || now - found.mtimeMs < Duration.toMillis(longestWork)) return false
        const isKept = parseFileName(`${id}.mp4`) === undefined || Option.isSome(yield* records.byId(id))
        if (!isKept) yield* removePlaced(id)
        yield* end(id)
        yield* log.info("Leftovers of an upload removed", { media_id: id })
        return true
      })

    const sweep = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const left = yield* reading(() => readdir(join(root, incoming)).catch(ifMissing([])))
      const swept = yield* Effect.forEach(left, (id) => sweepOne(id, now))
      return swept.filter(Boolean).length
    }).pipe(Effect.withSpan("MediaStore.sweep"))

    return {
      maxBytes,
      store,
      takeBack,
      open: openNamed,
      byPath,
      byId: records.byId,
      list: records.list,
      sizes: records.sizes,
      size: records.size,
      remove,
      discard,
      sweep
    }
  })
)
