import { Chunk, Clock, Effect, Layer, Option, Stream } from "effect"
import {
  fileName,
  fileNamesOf,
  type Media,
  mediaOf,
  parseFileName,
  parseMediaPath,
  type StoredMedia
} from "../../src/domain/media/Media.js"
import type { DatabaseFailure } from "../../src/errors/failure/Database.js"
import { MediaDamaged, type MediaFailure, MediaTooLarge } from "../../src/errors/failure/Media.js"
import { type KeptMedia, MediaStore, type MediaUpload } from "../../src/services/MediaStore.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { inMemory, isIsoMedia } from "../media/IsoBoxes.js"
import { blankDescriptions } from "../media/IsoMetadata.js"
import { readableTracks, troublesomeCodec } from "../media/IsoTracks.js"
import { type Rendering, render } from "../media/Pictures.js"
import { asRecording, expectFormat, headBytes, recognise } from "../media/Recognition.js"

interface Prepared {
  readonly renderings: ReadonlyArray<Rendering>
  readonly codec: string | undefined
}

interface Held {
  readonly bytes: Uint8Array
  readonly modifiedAt: number
}

/** In-memory media store for tests; files have at most `maxBytes` bytes. */
export const layerOf = (maxBytes: number): Layer.Layer<MediaStore, never, SecureRandom> =>
  Layer.effect(
    MediaStore,
    Effect.gen(function* () {
      const random = yield* SecureRandom
      const files = new Map<string, Held>()
      const known: Array<Media> = []
      const uploaders = new Map<string, string>()

      const collect = <E, R>(
        content: Stream.Stream<Uint8Array, E, R>
      ): Effect.Effect<Uint8Array, E | MediaTooLarge, R> => {
        let size = 0
        return content.pipe(
          Stream.tap((chunk) => {
            size += chunk.length
            return size > maxBytes ? new MediaTooLarge({ limitBytes: maxBytes }) : Effect.void
          }),
          Stream.runCollect,
          Effect.map((chunks) => new Uint8Array(Buffer.concat(Chunk.toReadonlyArray(chunks))))
        )
      }

      const prepare = (id: string, bytes: Uint8Array): Effect.Effect<Prepared, MediaFailure> =>
        Effect.gen(function* () {
          const format = yield* recognise(bytes.subarray(0, headBytes))
          if (format.kind === "image") return { renderings: yield* render(bytes, format, id), codec: undefined }
          if (!isIsoMedia(format.mediaType)) return { renderings: [{ name: { id, format }, bytes }], codec: undefined }
          const tracks = yield* Effect.tryPromise({
            try: async () => {
              await blankDescriptions(inMemory(bytes))
              return await readableTracks(inMemory(bytes))
            },
            catch: () => new MediaDamaged({ reason: "unreadable" })
          })
          const isRecording = Option.exists(tracks, ({ hasAudio, hasVideo }) => hasAudio && !hasVideo)
          return {
            renderings: [{ name: { id, format: isRecording ? asRecording(format) : format }, bytes }],
            codec: Option.getOrUndefined(Option.map(tracks, troublesomeCodec))
          }
        })

      const store = <E, R>({
        content,
        id: asked,
        uploadedBy
      }: MediaUpload<E, R>): Effect.Effect<StoredMedia, E | MediaFailure | DatabaseFailure, R> =>
        Effect.gen(function* () {
          const there = known.find((media) => media.id === asked)
          if (there !== undefined) return there
          const id = asked ?? (yield* random.hex(16))
          const bytes = yield* Effect.interruptible(collect(content))
          const { codec, renderings } = yield* prepare(id, bytes)
          const [main] = renderings
          if (main === undefined) return yield* new MediaDamaged({ reason: "unreadable" })
          const now = yield* Clock.currentTimeMillis
          for (const { bytes, name } of renderings) files.set(fileName(name), { bytes, modifiedAt: now })
          const media = mediaOf(main.name, main.bytes.length, now)
          known.unshift(media)
          if (uploadedBy !== undefined) uploaders.set(id, uploadedBy)
          return { ...media, ...(codec !== undefined && { troublesomeCodec: codec }) }
        }).pipe(Effect.uninterruptible)

      const takeBack = <E, R>({
        content,
        name,
        uploadedAt
      }: KeptMedia<E, R>): Effect.Effect<boolean, E | MediaFailure | DatabaseFailure, R> =>
        Effect.gen(function* () {
          if (known.some(({ id }) => id === name.id)) return false
          const held = yield* Effect.forEach(fileNamesOf(name), (each) =>
            Effect.gen(function* () {
              const bytes = yield* collect(content(each))
              yield* expectFormat(bytes.subarray(0, headBytes), each)
              return [each, { bytes, modifiedAt: uploadedAt }] as const
            })
          )
          for (const [each, file] of held) files.set(each, file)
          known.unshift(mediaOf(name, held[0]?.[1].bytes.length ?? 0, uploadedAt))
          return true
        })

      const of = (path: string) => {
        const id = parseMediaPath(path)?.id
        const media = known.find((candidate) => candidate.id === id)
        return media?.path === path || media?.variants.some((variant) => variant.path === path) ? media : undefined
      }

      return {
        maxBytes,
        store,
        takeBack,
        open: (text) =>
          Effect.sync(() => {
            const name = parseFileName(text)
            const file = files.get(text)
            if (name === undefined || file === undefined) return Option.none()
            return Option.some({
              kind: name.format.kind,
              mediaType: name.format.mediaType,
              byteLength: file.bytes.length,
              modifiedAt: file.modifiedAt,
              content: (range) => Stream.succeed(file.bytes.subarray(range?.start, range?.end))
            })
          }),
        byId: (id) => Effect.sync(() => Option.fromNullable(known.find((media) => media.id === id))),
        byPath: (path) => Effect.sync(() => Option.fromNullable(of(path))),
        list: ({ limit, offset = 0, uploadedBy }) =>
          Effect.sync(() =>
            known
              .filter(({ id }) => uploadedBy === undefined || uploaders.get(id) === uploadedBy)
              .slice(offset, offset + limit)
          ),
        sizes: (ids) =>
          Effect.sync(
            () => new Map(known.filter(({ id }) => ids.includes(id)).map(({ byteLength, id }) => [id, byteLength]))
          ),
        size: Effect.sync(() => known.reduce((sum, { byteLength }) => sum + byteLength, 0)),
        remove: (id) =>
          Effect.sync(() => {
            const at = known.findIndex((media) => media.id === id)
            const [media] = at === -1 ? [] : known.splice(at, 1)
            const name = media === undefined ? undefined : parseMediaPath(media.path)
            if (name === undefined) return false
            for (const each of fileNamesOf(name)) files.delete(each)
            return true
          }),
        sweep: Effect.succeed(0)
      }
    })
  )

/** In-memory media store for files of at most 20 MiB. */
export const layer: Layer.Layer<MediaStore, never, SecureRandom> = layerOf(20 * 1_048_576)
