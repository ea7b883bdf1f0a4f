import { createHash } from "node:crypto"
import { mkdir, open, rename, rm, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Effect, Option, type Scope, Stream } from "effect"
import type { MediaFailure } from "../../src/errors/Media.js"
import { MediaMoveRefused } from "../../src/errors/MediaMove.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import type { MediaAddress } from "../../src/settings/MediaAddress.js"
import { syncDirectory } from "../files/DurableFile.js"
import { troubleOf } from "../files/FileTrouble.js"
import { ifMissing } from "../files/IfMissing.js"
import { fileMode, sha256Of, stretch } from "../media/FileContent.js"
import { reading } from "../media/MediaFailures.js"
import { directoryMode } from "../media/UploadFolder.js"

/** Size and SHA-256 of a file. */
export interface Facts {
  readonly bytes: number
  /** In hexadecimal. */
  readonly sha256: string
}

/** A place from which or to which media move. Files are named by their last segment, such as `{id}-320x240.webp`. */
export interface Place {
  /** Facts of a file, as far as the place guarantees them; none if it is missing. */
  readonly find: (file: string) => Effect.Effect<Option.Option<Facts>, MediaFailure>
  /** Reads a file to its end and returns what was read. */
  readonly readBack: (file: string, bytes: number) => Effect.Effect<string, MediaFailure>
  /** Lends a file as a path on the disk. */
  readonly lend: (file: string, facts: Facts) => Effect.Effect<string, MediaFailure | MediaMoveRefused, Scope.Scope>
  /** Stores a copy of a file on the disk. */
  readonly take: (file: string, path: string, facts: Facts) => Effect.Effect<void, MediaFailure | MediaMoveRefused>
}

const hashed = (content: Stream.Stream<Uint8Array, MediaFailure>) =>
  Effect.map(
    Stream.runFold(content, createHash("sha256"), (hash, chunk) => hash.update(chunk)),
    (hash) => hash.digest("hex")
  )

const writing = <A>(call: () => Promise<A>) =>
  Effect.tryPromise({
    try: call,
    catch: (error) => new MediaMoveRefused({ reason: "not_written", detail: troubleOf(error).detail })
  })

/** Writes a stream to a new file, and syncs it. */
const written = (content: Stream.Stream<Uint8Array, MediaFailure>, path: string) =>
  Effect.acquireUseRelease(
    writing(() => open(path, "w", fileMode)),
    (handle) =>
      Stream.runForEach(content, (chunk) => writing(() => handle.writeFile(chunk))).pipe(
        Effect.zipRight(writing(() => handle.sync()))
      ),
    (handle) => Effect.promise(() => handle.close().catch(() => {}))
  )

/** A directory with the layout of `media` in a data directory. */
export const inDirectory = (root: string): Place => {
  const pathOf = (file: string) => join(root, file.slice(0, 2), file)
  return {
    find: (file) =>
      reading(async () => {
        const found = await stat(pathOf(file)).catch(ifMissing(undefined))
        return found?.isFile() === true
          ? Option.some({ bytes: found.size, sha256: await sha256Of(pathOf(file)) })
          : Option.none()
      }),
    readBack: (file, bytes) => hashed(stretch(pathOf(file), 0, bytes)),
    lend: (file) => Effect.succeed(pathOf(file)),
    take: (file, path, { bytes }) =>
      Effect.gen(function* () {
        const target = pathOf(file)
        const partial = `${dirname(target)}/.moving-${file}`
        yield* writing(() => mkdir(dirname(target), { recursive: true, mode: directoryMode }))
        yield* written(stretch(path, 0, bytes), partial).pipe(
          Effect.zipRight(writing(() => rename(partial, target))),
          Effect.onError(() => Effect.promise(() => rm(partial, { force: true })))
        )
        yield* writing(() => syncDirectory(dirname(target)))
      })
  }
}

/** A bucket. Files are lent as copies in `workspace`. */
export const inBucket = (
  settings: SettingsValues["objectStore"],
  address: MediaAddress,
  workspace: string
): Effect.Effect<Place, never, Scope.Scope> =>
  Effect.gen(function* () {
    const { ObjectStore, contentOf, objectName, typeOf } = yield* Effect.promise(async () => {
      const [ObjectStore, MediaObjects] = await Promise.all([
        import("../s3/ObjectStore.js"),
        import("../s3/MediaObjects.js")
      ])
      return { ObjectStore, ...MediaObjects }
    })
    const objects = yield* ObjectStore.make(settings, address)
    const read = (file: string, bytes: number) => objects.read(objectName(file), 0, bytes)
    return {
      find: (file) =>
        Effect.flatMap(objects.head(objectName(file)), (head) =>
          Option.match(head, {
            onNone: () => Effect.succeedNone,
            onSome: ({ byteLength: bytes, sha256 }) =>
              // Objects of other programs have no checksum of ours.
              Effect.map(sha256 === "" ? hashed(read(file, bytes)) : Effect.succeed(sha256), (sha256) =>
                Option.some({ bytes, sha256 })
              )
          })
        ),
      readBack: (file, bytes) => hashed(read(file, bytes)),
      lend: (file, { bytes }) => {
        const path = join(workspace, file)
        return Effect.acquireRelease(Effect.as(written(read(file, bytes), path), path), () =>
          Effect.promise(() => rm(path, { force: true }))
        )
      },
      take: (file, path) =>
        Effect.flatMap(contentOf(path, typeOf(file)), (content) => objects.put(objectName(file), content))
    }
  })
