import { mkdir, readdir, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { Duration, Effect } from "effect"
import type { MediaStorageFailure } from "../../src/errors/MediaStorage.js"
import { ifMissing } from "../files/IfMissing.js"
import { reading, writing } from "./MediaFailures.js"

/** Age after which work on a file is certainly not in progress. */
export const longestWork = Duration.days(1)

/** Mode of directories of media. */
export const directoryMode = 0o700

/** Folders on the disk for files that are being received and prepared, each under the id of its file. */
export interface UploadFolder {
  readonly pathOf: (id: string) => string
  readonly create: (id: string) => Effect.Effect<void, MediaStorageFailure>
  readonly remove: (id: string) => Effect.Effect<void, MediaStorageFailure>
  /** Names of folders that were last changed more than a day before `now`, in epoch milliseconds. */
  readonly abandoned: (now: number) => Effect.Effect<ReadonlyArray<string>, MediaStorageFailure>
}

/** Folders in `.incoming` of a directory of media. */
export const uploadFolder = (root: string): UploadFolder => {
  const incoming = join(root, ".incoming")
  const pathOf = (id: string) => join(incoming, id)
  const isAbandoned = (id: string, now: number) =>
    Effect.map(
      reading(() => stat(pathOf(id)).catch(ifMissing(undefined))),
      (found) => found !== undefined && now - found.mtimeMs >= Duration.toMillis(longestWork)
    )
  return {
    pathOf,
    create: (id) => writing(() => mkdir(pathOf(id), { recursive: true, mode: directoryMode })),
    remove: (id) => writing(() => rm(pathOf(id), { recursive: true, force: true })),
    abandoned: (now) =>
      Effect.flatMap(
        reading(() => readdir(incoming).catch(ifMissing([]))),
        (names) => Effect.filter(names, (id) => isAbandoned(id, now))
      )
  }
}
