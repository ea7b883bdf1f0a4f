import { mkdir } from "node:fs/promises"
import { dirname } from "node:path"
import { Effect, Layer } from "effect"
import { DatabaseOpenFailed } from "../src/errors/Opening.js"
import type { RestoreNotDone } from "../src/errors/Restore.js"
import { Logger } from "../src/services/Logger.js"
import { Settings, type SettingsValues } from "../src/settings/Config.js"
import { finishRestore } from "./backup/FinishRestore.js"
import { mustNotBeLost } from "./backup/Traces.js"
import { codeOf } from "./files/ErrorCode.js"
import { closing, exposed } from "./health/Exposure.js"
import * as LogGuard from "./sqlite/pool/LogGuard.js"
import * as ThreadDriver from "./sqlite/pool/ThreadDriver.js"

const reasonOf = (cause: unknown): DatabaseOpenFailed["reason"] => {
  const code = codeOf(cause)
  if (code === "EACCES" || code === "EPERM") return "not_permitted"
  if (code === "EROFS") return "read_only"
  if (code === "EEXIST" || code === "ENOTDIR") return "directory_missing"
  return "unknown"
}

const make = (directory: string) =>
  Effect.tryPromise({
    try: () => mkdir(directory, { recursive: true, mode: 0o700 }),
    catch: (cause) =>
      new DatabaseOpenFailed({
        reason: reasonOf(cause),
        path: directory,
        detail: cause instanceof Error ? cause.message : String(cause)
      })
  })

/**
 * Warns about data that every user of the machine can access. Changes no existing permissions, which other programs may
 * rely on.
 */
const warnOfExposure = (settings: SettingsValues): Effect.Effect<void, never, Logger> =>
  Effect.gen(function* () {
    const paths = yield* Effect.orElseSucceed(
      Effect.tryPromise(() => exposed(settings)),
      (): ReadonlyArray<string> => []
    )
    if (paths.length === 0) return
    yield* (yield* Logger)
      .named("starpunk.database")
      .warning("Every user of this machine can read the site's data", { paths, suggestion: closing(paths) })
  })

/** Creates the data directory if it is missing, with access for its owner only, for a site whose database is elsewhere. */
export const layerWithoutDatabase: Layer.Layer<never, DatabaseOpenFailed, Settings | Logger> = Layer.effectDiscard(
  Effect.gen(function* () {
    const settings = yield* Settings
    yield* make(settings.dataPath)
    yield* warnOfExposure(settings)
  })
)

/**
 * Creates the data directory and the database's directory if they are missing, with access for their owner only.
 * Finishes a restore that was interrupted after its decision. Fails if an empty site would replace a lost one, or if a
 * log beside the database belongs to another database.
 */
export const layer: Layer.Layer<never, DatabaseOpenFailed | RestoreNotDone, Settings | Logger> = Layer.effectDiscard(
  Effect.gen(function* () {
    const settings = yield* Settings
    const { dataPath, databasePath } = settings
    yield* make(dataPath)
    if (databasePath !== ":memory:") yield* make(dirname(databasePath))
    yield* finishRestore(settings)
    yield* warnOfExposure(settings)
    const place = yield* mustNotBeLost(settings)
    if (place === "filled") return yield* LogGuard.verify(ThreadDriver.open, settings, databasePath)
    yield* (yield* Logger)
      .named("starpunk.database")
      .info("There is no database yet: creating an empty site", { path: databasePath })
  })
)
