import { resolve } from "node:path"
import { Effect, Either, Option, type Scope } from "effect"
import { fileNamesOf, parseMediaPath } from "../../src/domain/media/Media.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import type { MediaFailure } from "../../src/errors/Media.js"
import { MediaMoveRefused } from "../../src/errors/MediaMove.js"
import type { OnProgress } from "../../src/services/Backup.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { Settings, type SettingsValues } from "../../src/settings/Config.js"
import { type MediaAddress, parseMediaAddress, writeMediaAddress } from "../../src/settings/MediaAddress.js"
import { troubleOf } from "../files/FileTrouble.js"
import * as Workspace from "../files/Workspace.js"
import { everyMedia } from "./ExportCopy.js"
import { inBucket, inDirectory, type Place } from "./MediaPlaces.js"

/** Files that are copied at the same time. */
const atOnce = 4

/** What a move did. */
export interface MediaMoved {
  /** Where the media are now, as an address or a path. */
  readonly to: string
  /** Files with their renderings that are at the target now, with the same checksums. */
  readonly files: number
  readonly bytes: number
  /** Those of them that were at the target already. */
  readonly present: number
  /** Names of files that are missing at the source. */
  readonly missing: ReadonlyArray<string>
}

type Target =
  | { readonly _tag: "Bucket"; readonly address: MediaAddress }
  | { readonly _tag: "Directory"; readonly path: string }

const shown = (target: Target): string => (target._tag === "Bucket" ? writeMediaAddress(target.address) : target.path)

const parseTarget = (given: string): Effect.Effect<Target, MediaMoveRefused> => {
  if (!/^[a-z0-9]+:\/\//i.test(given)) return Effect.succeed({ _tag: "Directory", path: resolve(given) })
  return Either.match(parseMediaAddress(given), {
    onLeft: (detail) => new MediaMoveRefused({ reason: "target_invalid", detail }),
    onRight: (address) => Effect.succeed<Target>({ _tag: "Bucket", address })
  })
}

const sourceOf = ({ dataPath, objectStore }: SettingsValues): Target =>
  Option.match(objectStore.address, {
    onNone: () => ({ _tag: "Directory", path: resolve(dataPath, "media") }),
    onSome: (address) => ({ _tag: "Bucket", address })
  })

const placeOf = (
  target: Target,
  { objectStore }: SettingsValues,
  workspace: string
): Effect.Effect<Place, MediaMoveRefused, Scope.Scope> => {
  if (target._tag === "Directory") return Effect.succeed(inDirectory(target.path))
  const missing = Option.isNone(objectStore.accessKeyId)
    ? "STARPUNK_MEDIA_ACCESS_KEY_ID"
    : Option.isNone(objectStore.secretAccessKey)
      ? "STARPUNK_MEDIA_SECRET_ACCESS_KEY"
      : undefined
  return missing === undefined
    ? inBucket(objectStore, target.address, workspace)
    : new MediaMoveRefused({ reason: "keys_missing", detail: missing })
}

/** Copies a file unless the target has it, and compares what the target then has with the original. */
const copy = (from: Place, to: Place, file: string) =>
  Effect.gen(function* () {
    const found = yield* from.find(file)
    if (Option.isNone(found)) return { file, bytes: 0, outcome: "missing" as const }
    const facts = found.value
    const there = yield* to.find(file)
    if (Option.exists(there, ({ bytes, sha256 }) => bytes === facts.bytes && sha256 === facts.sha256)) {
      return { file, bytes: facts.bytes, outcome: "present" as const }
    }
    yield* Effect.scoped(Effect.flatMap(from.lend(file, facts), (path) => to.take(file, path, facts)))
    if ((yield* to.readBack(file, facts.bytes)) !== facts.sha256) {
      return yield* new MediaMoveRefused({ reason: "differs", detail: file })
    }
    return { file, bytes: facts.bytes, outcome: "copied" as const }
  })

/**
 * Copies all media of the site's records, with their renderings, from where the settings say to a bucket or a directory, and
 * compares each copy by its SHA-256. May run beside a server, and can be repeated: what is at the target is not copied
 * again. Removes nothing.
 */
export const moveMedia = (
  given: string,
  onProgress: OnProgress
): Effect.Effect<MediaMoved, MediaFailure | DatabaseFailure | MediaMoveRefused, SqlPool | Settings> =>
  Effect.gen(function* () {
    const settings = yield* Settings
    const target = yield* parseTarget(given)
    const source = sourceOf(settings)
    if (shown(source) === shown(target)) {
      return yield* new MediaMoveRefused({ reason: "same_place", detail: shown(target) })
    }
    const workspace = yield* Effect.mapError(
      Workspace.temporary,
      (error) => new MediaMoveRefused({ reason: "not_written", detail: troubleOf(error).detail })
    )
    const [from, to] = yield* Effect.all([placeOf(source, settings, workspace), placeOf(target, settings, workspace)])
    const media = yield* everyMedia(yield* SqlPool)
    const files = media.flatMap(({ path }) => {
      const name = parseMediaPath(path)
      // The file itself last, as after an upload.
      return name === undefined ? [] : fileNamesOf(name).toReversed()
    })
    let done = 0
    const results = yield* Effect.forEach(
      files,
      (file) =>
        Effect.tap(copy(from, to, file), () =>
          Effect.sync(() => {
            done += 1
            onProgress({ step: "Copying media", done, total: files.length })
          })
        ),
      { concurrency: atOnce }
    )
    const arrived = results.filter(({ outcome }) => outcome !== "missing")
    return {
      to: shown(target),
      files: arrived.length,
      bytes: arrived.reduce((sum, { bytes }) => sum + bytes, 0),
      present: results.filter(({ outcome }) => outcome === "present").length,
      missing: results.filter(({ outcome }) => outcome === "missing").map(({ file }) => file)
    }
  }).pipe(Effect.scoped)
