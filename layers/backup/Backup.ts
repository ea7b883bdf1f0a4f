import type { Stats } from "node:fs"
import { stat } from "node:fs/promises"
import { join, resolve } from "node:path"
import { Clock, Effect, Layer, Option, Schema } from "effect"
import {
  BackupManifest,
  type BackupMember,
  backupFormat,
  databaseName
} from "../../src/domain/archive/BackupManifest.js"
import {
  type ArchiveFailure,
  BackupInvalid,
  BackupNotRead,
  BackupNotWritten,
  BackupSourceUnreadable,
  BackupTargetExists,
  BackupTooNew,
  BackupUnsound
} from "../../src/errors/Backup.js"
import { type DatabaseFailure, DatabaseFull, DatabaseUnavailable } from "../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../src/errors/Opening.js"
import { Backup, type OnProgress } from "../../src/services/Backup.js"
import { Logger } from "../../src/services/Logger.js"
import { Settings, type SettingsValues } from "../../src/settings/Config.js"
import { writeMediaAddress } from "../../src/settings/MediaAddress.js"
import { version } from "../../src/version.js"
import { place } from "../files/DurableFile.js"
import { codeOf } from "../files/ErrorCode.js"
import { troubleOf } from "../files/FileTrouble.js"
import { realPathOf } from "../files/RealPath.js"
import * as Workspace from "../files/Workspace.js"
import * as Snapshot from "../sqlite/file/Snapshot.js"
import type { Open } from "../sqlite/pool/Connecting.js"
import * as LogGuard from "../sqlite/pool/LogGuard.js"
import * as SingleConnection from "../sqlite/pool/SingleConnection.js"
import * as WorkerDriver from "../sqlite/pool/WorkerDriver.js"
import * as ArchiveReader from "./ArchiveReader.js"
import * as ArchiveWriter from "./ArchiveWriter.js"
import { finishRestore } from "./FinishRestore.js"
import * as MediaFiles from "./MediaFiles.js"

const encodeManifest = Schema.encodeSync(Schema.parseJson(BackupManifest, { space: 2 }))

const silent: OnProgress = () => {}

/** Counts bytes and reports them as progress. */
export const counter = (onProgress: OnProgress, step: string, total: number) => {
  let done = 0
  return (count: number) => {
    done += count
    onProgress({ step, done, total })
  }
}

const kindOf = (found: Stats): BackupTargetExists["what"] =>
  found.isFile() ? "file" : found.isDirectory() ? "directory" : "other"

const notWritten = (path: string) => (error: unknown) => {
  if (codeOf(error) === "EEXIST") return new BackupTargetExists({ path, what: "file" })
  return new BackupNotWritten({ path, ...troubleOf(error) })
}

/** Converts failures of writing the copy; the database itself is only read. */
const copyNotWritten = (path: string) => (failure: DatabaseFailure) => {
  if (failure instanceof DatabaseFull) {
    return new BackupNotWritten({ path, reason: "full", detail: failure.driverCode })
  }
  if (failure instanceof DatabaseUnavailable && /WRITE|FSYNC|TRUNCATE|FSTAT|CANTOPEN/.test(failure.driverCode)) {
    return new BackupNotWritten({ path, reason: "io", detail: failure.driverCode })
  }
  return failure
}

/** Converts errors of the archive reader to failures of the catalogue. */
export const archiveFailure =
  (path: string) =>
  (error: unknown): ArchiveFailure =>
    error instanceof BackupInvalid || error instanceof BackupTooNew || error instanceof BackupNotRead
      ? error
      : new BackupNotRead({ path, ...troubleOf(error) })

/** The first problems that SQLite found in a database. */
const problemsOf = ({ soundness }: Snapshot.Looked): ReadonlyArray<string> =>
  [...soundness.structure, ...soundness.index, ...soundness.references].slice(0, 5)

/** Fails unless the database of an archive is valid, StarPunk's, and not newer than this program. */
export const judgeDatabase = (
  path: string,
  look: Effect.Effect<Snapshot.Looked, DatabaseOpenFailed | DatabaseFailure>
): Effect.Effect<Snapshot.Looked, BackupInvalid | BackupTooNew> =>
  Effect.gen(function* () {
    const looked = yield* Effect.mapError(look, (failure) => {
      const isForeign = failure._tag === "DatabaseOpenFailed" && failure.reason === "foreign_application"
      const detail = failure._tag === "DatabaseOpenFailed" ? failure.detail : failure._tag
      return new BackupInvalid({ path, reason: isForeign ? "database_foreign" : "database_unsound", detail })
    })
    const { schema } = looked
    if (schema.state === "newer") {
      const { known, version: found, writtenBy } = schema
      return yield* new BackupTooNew({ path, what: "schema", found, known, writtenBy })
    }
    const [problem] = problemsOf(looked)
    if (problem !== undefined) {
      return yield* new BackupInvalid({ path, reason: "database_unsound", detail: problem })
    }
    if (schema.state === "none" || schema.state === "changed") {
      return yield* new BackupInvalid({ path, reason: "database_foreign", detail: `its schema: ${schema.state}` })
    }
    return looked
  })

const make = (
  openDriver: Open,
  settings: SettingsValues,
  logger: Logger["Type"],
  guard: Effect.Effect<void, DatabaseOpenFailed>
): Backup["Type"] => {
  const mediaDirectory = join(settings.dataPath, "media")

  const listMedia = Effect.tryPromise({
    try: () => MediaFiles.list(mediaDirectory),
    catch: (error) => new BackupSourceUnreadable({ path: mediaDirectory, detail: troubleOf(error).detail })
  })

  /** Fails if there is something at the target that may not be replaced. */
  const targetIsFree = (path: string, replace: boolean) =>
    Effect.tryPromise({ try: () => stat(path), catch: (error) => error }).pipe(
      Effect.matchEffect({
        onFailure: (error) =>
          codeOf(error) === "ENOENT" ? Effect.void : Effect.fail(new BackupNotWritten({ path, ...troubleOf(error) })),
        onSuccess: (found) =>
          replace && found.isFile() ? Effect.void : Effect.fail(new BackupTargetExists({ path, what: kindOf(found) }))
      })
    )

  const sizeOf = (path: string) =>
    Effect.tryPromise({ try: () => ArchiveReader.sizeOf(path), catch: archiveFailure(path) })

  /** Reads the whole archive, and writes its database to a file if a path is given. */
  const readArchive = (path: string, step: string, onProgress: OnProgress, databaseTo?: string) =>
    Effect.gen(function* () {
      const total = yield* sizeOf(path)
      return yield* Effect.tryPromise({
        try: (signal) =>
          ArchiveReader.read(
            path,
            async (member) =>
              member === databaseName && databaseTo !== undefined ? ArchiveReader.fileTaker(databaseTo) : undefined,
            counter(onProgress, step, total),
            signal
          ),
        catch: (error) =>
          error instanceof ArchiveReader.TakerFailure
            ? new BackupNotWritten({ path: databaseTo ?? path, ...troubleOf(error.cause) })
            : archiveFailure(path)(error)
      })
    })

  const create: Backup["Type"]["create"] = Effect.fn("Backup.create")(function* (given, options = {}) {
    // Replaces the target of a symbolic link, not the link.
    const path = yield* Effect.tryPromise({ try: () => realPathOf(given), catch: notWritten(resolve(given)) })
    const { onProgress = silent, replace = false } = options
    yield* targetIsFree(path, replace)
    yield* Effect.provideService(finishRestore(settings), Logger, logger)
    yield* SingleConnection.mustExist(settings.databasePath)
    yield* guard
    const workspace = yield* Effect.mapError(Workspace.beside(path), notWritten(path))
    const copy = join(workspace, databaseName)
    const archive = join(workspace, "archive.tar")

    const createdAt = yield* Clock.currentTimeMillis
    yield* Effect.mapError(Snapshot.take(openDriver, settings, copy, onProgress), (failure) =>
      failure._tag === "DatabaseOpenFailed" ? failure : copyNotWritten(path)(failure)
    )
    onProgress({ step: "Checking the copy", done: 0, total: 0 })
    const looked = yield* Snapshot.look(openDriver, settings, copy)
    const problems = problemsOf(looked)
    if (problems.length > 0) return yield* new BackupUnsound({ problems })

    // Listed after the copy, because a file that a copied post names existed before the post.
    const { files, skipped } = yield* listMedia
    const manifestOf = (members: ReadonlyArray<BackupMember>): string =>
      encodeManifest({
        format: backupFormat,
        program: version,
        schema: looked.schema.version,
        createdAt,
        posts: looked.posts,
        media: members.length - 1,
        members
      })
    const sources = [
      { member: databaseName, path: copy, mayBeGone: false },
      ...files.map((file) => ({ ...file, mayBeGone: true }))
    ]
    yield* Effect.tryPromise({
      try: (signal) =>
        ArchiveWriter.write(archive, sources, manifestOf, counter(onProgress, "Writing the archive", 0), signal),
      catch: (error) =>
        error instanceof ArchiveWriter.SourceFailure
          ? new BackupSourceUnreadable({ path: error.path, detail: error.message })
          : notWritten(path)(error)
    })
    const manifest = yield* readArchive(archive, "Verifying the archive", onProgress)
    const bytes = yield* sizeOf(archive)
    yield* Effect.tryPromise({ try: () => place(archive, path, replace), catch: notWritten(path) })
    const elsewhere = Option.map(settings.objectStore.address, writeMediaAddress)
    return { path, bytes, manifest, skipped, ...(Option.isSome(elsewhere) && { mediaElsewhere: elsewhere.value }) }
  }, Effect.scoped)

  const verify: Backup["Type"]["verify"] = Effect.fn("Backup.verify")(function* (given, options = {}) {
    const path = resolve(given)
    const { onProgress = silent } = options
    const bytes = yield* sizeOf(path)
    // SQLite can only check a file.
    const workspace = yield* Effect.mapError(Workspace.temporary, notWritten(path))
    const copy = join(workspace, databaseName)
    const manifest = yield* readArchive(path, "Reading the archive", onProgress, copy)
    onProgress({ step: "Checking its database", done: 0, total: 0 })
    yield* judgeDatabase(path, Snapshot.look(openDriver, settings, copy))
    return { path, bytes, manifest, skipped: [] }
  }, Effect.scoped)

  return { create, verify }
}

/** Archives of the data that the settings name, over connections of this kind. */
export const layerWith = (openDriver: Open): Layer.Layer<Backup, never, Settings | Logger> =>
  Layer.effect(
    Backup,
    Effect.gen(function* () {
      return make(openDriver, yield* Settings, yield* Logger, Effect.void)
    })
  )

/** Like `layerWith`, with each connection on a worker thread, so that the server is not blocked. */
export const layer: Layer.Layer<Backup, never, Settings | Logger> = layerWith(WorkerDriver.open)

/** Like `layer`, for a process that has not opened the database: first checks that a log beside it belongs to it. */
export const layerAlone: Layer.Layer<Backup, never, Settings | Logger> = Layer.effect(
  Backup,
  Effect.gen(function* () {
    const settings = yield* Settings
    const guard = LogGuard.verify(WorkerDriver.open, settings, settings.databasePath)
    return make(WorkerDriver.open, settings, yield* Logger, guard)
  })
)
