import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { join } from "node:path"
import { Clock, Effect, Layer, Option } from "effect"
import { BoundedMap } from "../../src/domain/BoundedMap.js"
import {
  fileName,
  fileNamesOf,
  type MediaName,
  mediaPath,
  parseFileName,
  parseMediaPath
} from "../../src/domain/media/Media.js"
import type { Logger, NamedLogger } from "../../src/services/Logger.js"
import { type MediaFile, MediaStore } from "../../src/services/MediaStore.js"
import type { SecureRandom } from "../../src/services/SecureRandom.js"
import type { SqlPool } from "../../src/services/SqlPool.js"
import { Settings } from "../../src/settings/Config.js"
import type { MediaAddress } from "../../src/settings/MediaAddress.js"
import { sha256Of } from "../media/FileContent.js"
import { reading } from "../media/MediaFailures.js"
import { type MediaPlace, storeIn } from "../media/MediaPlace.js"
import { longestWork, uploadFolder } from "../media/UploadFolder.js"
import { mediaWork } from "../sql/stores/MediaWork.js"
import {
  make as makeObjectStore,
  type ObjectContent,
  type ObjectStore,
  type ObjectStoreOptions
} from "./ObjectStore.js"

/** Sizes of objects that are known without a request. An object never changes. */
const knownSizes = 2_000

/** The name of an object: the same as that of the file in a directory of media. */
export const objectName = (file: string): string => `${file.slice(0, 2)}/${file}`

/** Describes a file on the disk, after reading it for its checksum. */
export const contentOf = (path: string, mediaType: string) =>
  reading(async (): Promise<ObjectContent> => {
    const sha256 = await sha256Of(path)
    const { size } = await stat(path)
    return { mediaType, sha256, byteLength: size, body: () => createReadStream(path) }
  })

/** The media type of a file, by its name. */
export const typeOf = (file: string): string => parseFileName(file)?.format.mediaType ?? "application/octet-stream"

/** Objects; the table `media_work` notes work in progress, so that nothing has to be listed. */
const inObjects = (objects: ObjectStore, root: string, publicUrl: Option.Option<string>, log: NamedLogger) =>
  Effect.map(mediaWork, (work): MediaPlace => {
    const folder = uploadFolder(root)
    const sizes = new BoundedMap<string, number>(knownSizes)

    const note = (id: string, name: string) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => work.note(id, name, now))

    const removePlaced = (id: string) =>
      Effect.gen(function* () {
        const noted = yield* work.find(id)
        if (Option.isNone(noted)) return
        yield* Effect.forEach(fileNamesOf(noted.value), (each) => objects.remove(objectName(each)))
      })

    const end = (id: string) => Effect.zipRight(work.end(id), folder.remove(id))

    const sizeOf = (file: string) =>
      Effect.gen(function* () {
        const known = sizes.get(file)
        if (known !== undefined) return Option.some(known)
        const size = Option.map(yield* objects.head(objectName(file)), ({ byteLength }) => byteLength)
        if (Option.isSome(size)) sizes.set(file, size.value)
        return size
      })

    return {
      folder,
      removePlaced,
      end,
      noteRemoval: ({ id, path }) => {
        const name = parseMediaPath(path)
        return name === undefined ? Effect.void : note(id, fileName(name))
      },
      // Nobody can open a file without a record, so its objects may go later.
      endRemoval: (id) =>
        Effect.zipRight(removePlaced(id), end(id)).pipe(
          Effect.catchAll((error) => log.warning("Objects of a removed file not removed yet", { media_id: id, error }))
        ),
      abandoned: (now) =>
        Effect.zipWith(work.olderThan(longestWork, now), folder.abandoned(now), (noted, left) => [
          ...new Set([...noted, ...left])
        ]),
      place: (name) =>
        Effect.gen(function* () {
          yield* note(name.id, fileName(name))
          for (const each of fileNamesOf(name).toReversed()) {
            yield* objects.put(objectName(each), yield* contentOf(join(folder.pathOf(name.id), each), typeOf(each)))
          }
        }),
      // The record is asked first, so that strangers cannot send requests to the object store through the site.
      open: (name: MediaName, records) =>
        Effect.gen(function* () {
          const path = mediaPath(name)
          const record = yield* records.byId(name.id)
          if (!Option.exists(record, (media) => [media, ...media.variants].some((each) => each.path === path))) {
            return Option.none<MediaFile>()
          }
          const file = fileName(name)
          return Option.map(
            yield* sizeOf(file),
            (byteLength): MediaFile => ({
              kind: name.format.kind,
              mediaType: name.format.mediaType,
              byteLength,
              modifiedAt: Option.match(record, { onNone: () => 0, onSome: ({ uploadedAt }) => uploadedAt }),
              ...Option.match(publicUrl, {
                onNone: () => ({}),
                onSome: (base) => ({ publicUrl: `${base}/${objectName(file)}` })
              }),
              content: (range) =>
                objects.read(objectName(file), range?.start ?? 0, Math.min(range?.end ?? byteLength, byteLength))
            })
          )
        })
    }
  })

/** Media in an object store, with records in the database. Files are received and prepared in `{data}/media/.incoming`. */
export const layer = (
  address: MediaAddress,
  options: ObjectStoreOptions = {}
): Layer.Layer<MediaStore, never, Settings | SqlPool | SecureRandom | Logger> =>
  Layer.scoped(
    MediaStore,
    Effect.gen(function* () {
      const { dataPath, objectStore } = yield* Settings
      const objects = yield* makeObjectStore(objectStore, address, options)
      return yield* storeIn((log) => inObjects(objects, join(dataPath, "media"), objectStore.publicUrl, log))
    })
  )
