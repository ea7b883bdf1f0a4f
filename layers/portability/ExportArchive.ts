import { createHash } from "node:crypto"
import { type FileHandle, open } from "node:fs/promises"
import { Cause, Clock, Effect, ExecutionStrategy, Exit, Fiber, Layer, Scope, Stream } from "effect"
import {
  type ExportedMedia,
  exportFormat,
  exportManifestName,
  exportMediaFolder,
  writeManifest
} from "../../src/domain/archive/ExportManifest.js"
import { postFilePath } from "../../src/domain/archive/MovedPost.js"
import { writePostFile } from "../../src/domain/archive/PostFile.js"
import { fileNamesOf, type Media, parseMediaPath } from "../../src/domain/media/Media.js"
import { ExportBusy, ExportSourceUnreadable } from "../../src/errors/Export.js"
import { ExportArchive } from "../../src/services/ExportArchive.js"
import { Logger } from "../../src/services/Logger.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { Settings, type SettingsValues } from "../../src/settings/Config.js"
import { version } from "../../src/version.js"
import { codeOf } from "../files/ErrorCode.js"
import { troubleOf } from "../files/FileTrouble.js"
import * as Workspace from "../files/Workspace.js"
import { isOnServer } from "../sql/rows/Dialect.js"
import { mediaAddresses } from "../sql/stores/OldAddresses.js"
import { leaving } from "../sql/stores/PostTransfer.js"
import { everyMedia, openedCopy } from "./ExportCopy.js"
import { settingsFiles } from "./ExportedSettings.js"
import { viewsFiles } from "./ExportedViews.js"
import { notWritten } from "./ExportFiles.js"
import { mediaPaths, type PathOf } from "./MediaPaths.js"
import { type Zip, zip } from "./ZipEntries.js"

/** Maximum number of open archives: each holds a copy of the database on the disk. */
const atOnce = 2

type MediaPart = ExportedMedia["files"][number]

/** The rest of an archive, which is known only after the posts were written. */
interface Rest {
  readonly posts: number
  readonly media: ReadonlyArray<Media>
  readonly addresses: ReadonlyMap<string, ReadonlyArray<string>>
}

const unreadable = (path: string) => (error: unknown) =>
  new ExportSourceUnreadable({ path, detail: troubleOf(error).detail })

const addText = ({ addText }: Zip, path: string, content: string | Uint8Array) => addText(path, Buffer.from(content))

/** Opens a file; `undefined` if it is missing. The scope closes it. */
const opened = (path: string): Effect.Effect<FileHandle | undefined, ExportSourceUnreadable, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.tryPromise({ try: () => open(path, "r"), catch: (error) => error }).pipe(
      Effect.catchAll((error) => (codeOf(error) === "ENOENT" ? Effect.succeed(undefined) : unreadable(path)(error)))
    ),
    (handle) => Effect.promise(() => handle?.close().catch(() => {}) ?? Promise.resolve())
  )

/** Adds an open file and returns its size and hash. Media are not compressed, because their formats are. */
const addOpened = (file: Zip, name: string, path: string, handle: FileHandle) =>
  Effect.tryPromise({ try: () => handle.stat(), catch: (error) => error }).pipe(
    Effect.flatMap(({ size }) => {
      const hash = createHash("sha256")
      const hashed = async function* () {
        for await (const piece of handle.createReadStream({ autoClose: false })) {
          hash.update(piece)
          yield piece
        }
      }
      return Effect.map(
        file.addFile(`${exportMediaFolder}/${name}`, hashed(), size),
        () => ({ file: name, bytes: size, sha256: hash.digest("hex") }) satisfies MediaPart
      )
    }),
    Effect.mapError(unreadable(path))
  )

const make = (settings: SettingsValues, log: Logger["Type"], site: SqlPool["Type"]): ExportArchive["Type"] => {
  let taken = 0
  const seat = Effect.acquireRelease(
    Effect.suspend(() => {
      if (taken >= atOnce) return new ExportBusy()
      taken += 1
      return Effect.void
    }),
    () =>
      Effect.sync(() => {
        taken -= 1
      })
  )

  /** Adds a media file with its renderings; `undefined` if one of them is missing. */
  const addMedia = (file: Zip, pathOf: PathOf, media: Media, oldAddresses: ReadonlyArray<string>) =>
    Effect.gen(function* () {
      const name = parseMediaPath(media.path)
      const names = name === undefined ? [] : fileNamesOf(name)
      const paths = yield* Effect.forEach(names, pathOf)
      // All are open before the first is added, because the owner may delete the file meanwhile.
      const handles = yield* Effect.forEach(paths, opened)
      const files: Array<MediaPart> = []
      for (const [place, part] of names.entries()) {
        const handle = handles[place]
        if (handle === undefined || handles.includes(undefined)) return undefined
        files.push(yield* addOpened(file, part, paths[place] ?? part, handle))
      }
      if (files.length === 0) return undefined
      return { uploadedAt: media.uploadedAt, ...(oldAddresses.length > 0 && { oldAddresses }), files }
    }).pipe(Effect.scoped)

  /** Adds all content from the copy. */
  const addContent = (file: Zip, pool: SqlPool["Type"]) =>
    Effect.gen(function* () {
      let posts = 0
      yield* Stream.runForEach(leaving(pool).all, (post) => {
        posts += 1
        return addText(file, postFilePath(post), writePostFile(post))
      })
      for (const output of yield* settingsFiles(pool)) yield* addText(file, output.file, output.content)
      yield* Stream.runForEach(viewsFiles(pool), (output) => addText(file, output.file, output.content))
      return { posts, media: yield* everyMedia(pool), addresses: yield* mediaAddresses(pool) } satisfies Rest
    })

  const addAll = (file: Zip, pool: SqlPool["Type"], workspace: string, closePool: Effect.Effect<void>) =>
    Effect.gen(function* () {
      const rest = yield* addContent(file, pool)
      // Writing the media may take long and needs no connection.
      yield* closePool
      const media: Array<ExportedMedia> = []
      const pathOf = yield* mediaPaths(settings, workspace)
      for (const each of rest.media) {
        const added = yield* addMedia(file, pathOf, each, rest.addresses.get(each.id) ?? [])
        if (added !== undefined) media.push(added)
      }
      const manifest = writeManifest({ format: exportFormat, program: version, posts: rest.posts, media })
      yield* addText(file, exportManifestName, manifest)
      yield* file.end
    })

  const begin: ExportArchive["Type"]["begin"] = Effect.gen(function* () {
    yield* seat
    const path = settings.databasePath
    const now = yield* Clock.currentTimeMillis
    const workspace = yield* Effect.mapError(Workspace.beside(path), notWritten(path))
    const connection = yield* Scope.fork(yield* Effect.scope, ExecutionStrategy.sequential)
    const copy = openedCopy({ settings, log, workspace, path, kind: "worker", onProgress: () => {} })
    // A server has no file to copy, and a transaction for as long as a slow reader takes would delay its maintenance.
    const isServed = yield* site.read((sql) => Effect.succeed(isOnServer(sql)))
    const pool = isServed ? site : yield* Scope.extend(copy, connection)
    return Stream.unwrapScoped(
      Effect.gen(function* () {
        const file = yield* zip(new Date(now))
        const writing = yield* addAll(file, pool, workspace, Scope.close(connection, Exit.void)).pipe(
          Effect.tapErrorCause((cause) => file.fail(Cause.squash(cause))),
          Effect.forkScoped
        )
        return Stream.fromAsyncIterable(file.output, (error) => error).pipe(
          // The writer knows its failure by type; any other is a bug of the zip writer.
          Stream.catchAll((error) => Stream.execute(Effect.zipRight(Fiber.join(writing), Effect.die(error))))
        )
      })
    )
  })

  return { begin }
}

/** Archives of the data that the settings name, for a server. */
export const layer: Layer.Layer<ExportArchive, never, Settings | Logger | SqlPool> = Layer.effect(
  ExportArchive,
  Effect.gen(function* () {
    return make(yield* Settings, yield* Logger, yield* SqlPool)
  })
)
