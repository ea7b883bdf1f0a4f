import { join } from "node:path"
import { Effect, Option, type Scope } from "effect"
import { ExportSourceUnreadable } from "../../src/errors/Export.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import { writeMediaAddress } from "../../src/settings/MediaAddress.js"
import { inBucket } from "./MediaPlaces.js"

/**
 * Returns the path of a media file on the disk, by its last segment. The path leads nowhere if the file is missing. A copy of
 * an object is removed with the scope.
 */
export type PathOf = (file: string) => Effect.Effect<string, ExportSourceUnreadable, Scope.Scope>

/** Media of the data directory, or copies of objects, which are made in `workspace` one by one. */
export const mediaPaths = (settings: SettingsValues, workspace: string): Effect.Effect<PathOf, never, Scope.Scope> =>
  Option.match(settings.objectStore.address, {
    onNone: () =>
      Effect.succeed<PathOf>((file) => Effect.succeed(join(settings.dataPath, "media", file.slice(0, 2), file))),
    onSome: (address) =>
      Effect.map(
        inBucket(settings.objectStore, address, workspace),
        (place): PathOf =>
          (file) => {
            const path = `${writeMediaAddress(address)}/${file.slice(0, 2)}/${file}`
            return place.find(file).pipe(
              Effect.flatMap((found) =>
                Option.match(found, {
                  onNone: () => Effect.succeed(join(workspace, file)),
                  onSome: (facts) => place.lend(file, facts)
                })
              ),
              Effect.mapError(
                ({ info }) => new ExportSourceUnreadable({ path, detail: info.operator?.details ?? info.message })
              )
            )
          }
      )
  })
