import { mkdir, readdir, rename, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { Effect, Layer, Option } from "effect"
import { fileName, fileNamesOf, type MediaName } from "../../src/domain/media/Media.js"
import type { Logger } from "../../src/services/Logger.js"
import { type MediaFile, MediaStore } from "../../src/services/MediaStore.js"
import type { SecureRandom } from "../../src/services/SecureRandom.js"
import type { SqlPool } from "../../src/services/SqlPool.js"
import { Settings } from "../../src/settings/Config.js"
import { syncDirectory } from "../files/DurableFile.js"
import { ifMissing } from "../files/IfMissing.js"
import { stretch } from "./FileContent.js"
import { reading, writing } from "./MediaFailures.js"
import { type MediaPlace, storeIn } from "./MediaPlace.js"
import { directoryMode, uploadFolder } from "./UploadFolder.js"

/**
 * Folders by the first two digits of the names of files. A file is complete and synced before it is moved into place, and
 * its folder in `.incoming` is the note of work in progress.
 */
const inDirectory = (root: string): MediaPlace => {
  const folder = uploadFolder(root)
  const shelfOf = (id: string) => join(root, id.slice(0, 2))
  const removePlaced = (id: string) =>
    Effect.gen(function* () {
      const present = yield* reading(() => readdir(shelfOf(id)).catch(ifMissing([])))
      const own = present.filter((name) => name.startsWith(id))
      yield* Effect.forEach(own, (name) => writing(() => rm(join(shelfOf(id), name), { force: true })))
    })
  return {
    folder,
    removePlaced,
    end: folder.remove,
    endRemoval: (id) => Effect.zipRight(removePlaced(id), folder.remove(id)),
    noteRemoval: ({ id }) => folder.create(id),
    abandoned: folder.abandoned,
    place: (name) =>
      Effect.gen(function* () {
        const shelf = shelfOf(name.id)
        yield* writing(() => mkdir(shelf, { recursive: true, mode: directoryMode }))
        for (const each of fileNamesOf(name).toReversed()) {
          yield* writing(() => rename(join(folder.pathOf(name.id), each), join(shelf, each)))
        }
        yield* writing(() => syncDirectory(shelf))
        yield* writing(() => syncDirectory(root))
      }),
    open: (name: MediaName) =>
      Effect.gen(function* () {
        const path = join(shelfOf(name.id), fileName(name))
        const found = yield* reading(() => stat(path).catch(ifMissing(undefined)))
        if (found === undefined || !found.isFile()) return Option.none<MediaFile>()
        return Option.some<MediaFile>({
          kind: name.format.kind,
          mediaType: name.format.mediaType,
          byteLength: found.size,
          modifiedAt: Math.floor(found.mtimeMs),
          content: (range) => stretch(path, range?.start ?? 0, Math.min(range?.end ?? found.size, found.size))
        })
      })
  }
}

/** Media as files in `{data}/media`, with records in the database. */
export const layer: Layer.Layer<MediaStore, never, Settings | SqlPool | SecureRandom | Logger> = Layer.effect(
  MediaStore,
  Effect.flatMap(Settings, ({ dataPath }) => storeIn(() => Effect.succeed(inDirectory(join(dataPath, "media")))))
)
