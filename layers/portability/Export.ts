import { unlink } from "node:fs/promises"
import { join, resolve } from "node:path"
import { Effect, Layer, Stream } from "effect"
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
import { ExportSourceUnreadable, ExportTargetTaken } from "../../src/errors/Export.js"
import type { OnProgress } from "../../src/services/Backup.js"
import { Export } from "../../src/services/Export.js"
import { Logger } from "../../src/services/Logger.js"
import type { SqlPool } from "../../src/services/SqlPool.js"
import { Settings, type SettingsValues } from "../../src/settings/Config.js"
import { version } from "../../src/version.js"
import { finishRestore } from "../backup/FinishRestore.js"
import * as Workspace from "../files/Workspace.js"
import { mediaAddresses } from "../sql/stores/OldAddresses.js"
import { leaving } from "../sql/stores/PostTransfer.js"
import * as LogGuard from "../sqlite/pool/LogGuard.js"
import * as SingleConnection from "../sqlite/pool/SingleConnection.js"
import * as WorkerDriver from "../sqlite/pool/WorkerDriver.js"
import { everyMedia, openedCopy } from "./ExportCopy.js"
import { settingsFiles } from "./ExportedSettings.js"
import { viewsFiles } from "./ExportedViews.js"
import { copyHashed, makeFolder, notWritten, placeDirectory, targetIsFree, writerBelow } from "./ExportFiles.js"
import { mediaPaths, type PathOf } from "./MediaPaths.js"

const silent: OnProgress = () => {}

/** Number of files written at the same time. */
const writers = 16

const whileWriting = (path: string) => (error: unknown) =>
  error instanceof ExportSourceUnreadable || error instanceof ExportTargetTaken ? error : notWritten(path)(error)

const make = (settings: SettingsValues, log: Logger["Type"]): Export["Type"] => {
  const writePosts = (pool: SqlPool["Type"], root: string, path: string, onProgress: OnProgress) =>
    Effect.gen(function* () {
      const { all, count } = leaving(pool)
      const total = yield* count
      const write = writerBelow(root)
      let done = 0
      yield* Stream.runForEachChunk(all, (posts) =>
        Effect.forEach(
          posts,
          (post) =>
            Effect.tryPromise({ try: () => write(postFilePath(post), writePostFile(post)), catch: notWritten(path) }),
          { concurrency: writers, discard: true }
        ).pipe(
          Effect.zipRight(
            Effect.sync(() => {
              done += posts.length
              onProgress({ step: "Writing posts", done, total })
            })
          )
        )
      )
      return done
    })

  /** Copies a file with its renderings; `undefined` if one of them is missing. */
  const copyMedia = (pathOf: PathOf, media: Media, oldAddresses: ReadonlyArray<string>, root: string, path: string) =>
    Effect.gen(function* () {
      const name = parseMediaPath(media.path)
      const files: Array<ExportedMedia["files"][number]> = []
      for (const file of name === undefined ? [] : fileNamesOf(name)) {
        const copied = yield* Effect.scoped(
          Effect.flatMap(pathOf(file), (from) =>
            Effect.tryPromise({
              try: () => copyHashed(from, join(root, exportMediaFolder, file)),
              catch: whileWriting(path)
            })
          )
        )
        if (copied === undefined) {
          yield* Effect.tryPromise({
            try: () => Promise.all(files.map((earlier) => unlink(join(root, exportMediaFolder, earlier.file)))),
            catch: whileWriting(path)
          })
          return undefined
        }
        files.push({ file, ...copied })
      }
      if (files.length === 0) return undefined
      return { uploadedAt: media.uploadedAt, ...(oldAddresses.length > 0 && { oldAddresses }), files }
    })

  const create: Export["Type"]["create"] = Effect.fn("Export.create")(function* (given, { onProgress = silent } = {}) {
    const path = resolve(given)
    yield* targetIsFree(path, settings.dataPath)
    yield* Effect.provideService(finishRestore(settings), Logger, log)
    yield* SingleConnection.mustExist(settings.databasePath)
    yield* LogGuard.verify(WorkerDriver.open, settings, settings.databasePath)
    const workspace = yield* Effect.mapError(Workspace.beside(path), notWritten(path))
    const pool = yield* openedCopy({ settings, log, workspace, path, kind: "thread", onProgress })
    const root = join(workspace, "export")
    yield* Effect.tryPromise({ try: () => makeFolder(root), catch: notWritten(path) })
    const posts = yield* writePosts(pool, root, path, onProgress)

    // Listed after the copy, because a file that a copied post names existed before the post.
    const known = yield* everyMedia(pool)
    const addresses = yield* mediaAddresses(pool)
    if (known.length > 0) {
      yield* Effect.tryPromise({ try: () => makeFolder(join(root, exportMediaFolder)), catch: notWritten(path) })
    }
    const pathOf = yield* mediaPaths(settings, workspace)
    const copies = yield* Effect.forEach(known, (media, done) =>
      Effect.tap(copyMedia(pathOf, media, addresses.get(media.id) ?? [], root, path), () =>
        Effect.sync(() => onProgress({ step: "Copying media", done, total: known.length }))
      )
    )
    const settingsOutput = yield* settingsFiles(pool)
    const write = writerBelow(root)
    yield* Stream.runForEach(viewsFiles(pool), ({ content, file }) =>
      Effect.tryPromise({ try: () => write(file, content), catch: whileWriting(path) })
    )
    const media = copies.filter((copied) => copied !== undefined)
    const manifest = writeManifest({ format: exportFormat, program: version, posts, media })
    yield* Effect.tryPromise({
      try: async () => {
        for (const { content, file } of settingsOutput) await write(file, content)
        await write(exportManifestName, manifest)
        await placeDirectory(root, path)
      },
      catch: whileWriting(path)
    })
    const missing = known.filter((_, place) => copies[place] === undefined).map(({ path }) => path)
    return { path, posts, media: media.length, missing }
  }, Effect.scoped)

  return { create }
}

/**
 * Exports the data that the settings name, from a copy of the database, so that nothing changes meanwhile and the
 * server is not delayed.
 */
export const layer: Layer.Layer<Export, never, Settings | Logger> = Layer.effect(
  Export,
  Effect.gen(function* () {
    return make(yield* Settings, yield* Logger)
  })
)
