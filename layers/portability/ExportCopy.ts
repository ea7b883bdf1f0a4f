import { join } from "node:path"
import { Chunk, Context, Effect, Layer, Option, type Scope, Stream } from "effect"
import type { Media } from "../../src/domain/media/Media.js"
import { type DatabaseFailure, DatabaseFull } from "../../src/errors/Database.js"
import { ExportNotWritten } from "../../src/errors/Export.js"
import type { DatabaseOpenFailed } from "../../src/errors/Opening.js"
import type { MigrationChanged, MigrationFailed, SchemaTooNew } from "../../src/errors/Startup.js"
import type { OnProgress } from "../../src/services/Backup.js"
import { Logger } from "../../src/services/Logger.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import { mediaRecords } from "../sql/stores/MediaRecords.js"
import * as Snapshot from "../sqlite/file/Snapshot.js"
import * as SqlitePool from "../sqlite/pool/SqlPool.js"
import * as WorkerDriver from "../sqlite/pool/WorkerDriver.js"
import { migrate } from "../sqlite/schema/Migrator.js"

/** Media records per query. */
const page = 100

/** Converts failures to write the copy. The database itself is only read. */
const copyNotWritten = (path: string) => (failure: DatabaseFailure) =>
  failure instanceof DatabaseFull ? new ExportNotWritten({ path, reason: "full", detail: failure.driverCode }) : failure

/** A pool over the copy, which no other process has open, migrated to the current schema. */
const openCopy = (path: string, { database }: SettingsValues, log: Logger["Type"], kind: "thread" | "worker") =>
  Layer.build(
    (kind === "thread" ? SqlitePool.layerThread : SqlitePool.layerWorker)({
      path,
      readers: 1,
      synchronous: "normal",
      ...Option.match(database.sqliteBinding, {
        onNone: () => ({}),
        onSome: (sqliteBinding) => ({ sqliteBinding })
      })
    }).pipe(Layer.provide(Layer.succeed(Logger, log)))
  ).pipe(
    Effect.map((context) => Context.get(context, SqlPool)),
    Effect.tap((pool) => migrate.pipe(Effect.provideService(SqlPool, pool), Effect.provideService(Logger, log)))
  )

/** Place of a copy, and its reader. */
export interface CopyOptions {
  readonly settings: SettingsValues
  readonly log: Logger["Type"]
  /** An existing directory. */
  readonly workspace: string
  /** The target of the export, for failures. */
  readonly path: string
  /** Whether the copy is read on a worker thread, so that a server is not blocked. */
  readonly kind: "thread" | "worker"
  readonly onProgress: OnProgress
}

/**
 * Copies the database as of one moment and opens the copy, so that nothing changes during an export and the server is
 * not delayed. The scope closes it; the caller removes the workspace.
 */
export const openedCopy = ({
  kind,
  log,
  onProgress,
  path,
  settings,
  workspace
}: CopyOptions): Effect.Effect<
  SqlPool["Type"],
  ExportNotWritten | DatabaseOpenFailed | DatabaseFailure | SchemaTooNew | MigrationChanged | MigrationFailed,
  Scope.Scope
> =>
  Effect.gen(function* () {
    const copy = join(workspace, "starpunk.db")
    yield* Effect.mapError(Snapshot.take(WorkerDriver.open, settings, copy, onProgress), (failure) =>
      failure._tag === "DatabaseOpenFailed" ? failure : copyNotWritten(path)(failure)
    )
    return yield* Effect.mapError(openCopy(copy, settings, log, kind), (failure) =>
      failure._tag === "DatabaseFull" ? copyNotWritten(path)(failure) : failure
    )
  })

/** All media that a database lists, ordered by path. */
export const everyMedia = (pool: SqlPool["Type"]): Effect.Effect<ReadonlyArray<Media>, DatabaseFailure> =>
  Effect.gen(function* () {
    const records = yield* mediaRecords
    const pages = Stream.paginateChunkEffect(0, (offset) =>
      Effect.map(records.list({ limit: page, offset }), (found) => [
        Chunk.fromIterable(found),
        found.length < page ? Option.none() : Option.some(offset + page)
      ])
    )
    const all = Chunk.toReadonlyArray(yield* Stream.runCollect(pages))
    return all.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  }).pipe(Effect.provideService(SqlPool, pool))
