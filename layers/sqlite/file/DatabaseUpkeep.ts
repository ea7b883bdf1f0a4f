import { stat } from "node:fs/promises"
import { resolve } from "node:path"
import { Effect, Layer, Option, Schema } from "effect"
import { DatabaseUpkeep } from "../../../src/services/DatabaseUpkeep.js"
import { Settings, type SettingsValues } from "../../../src/settings/Config.js"
import type { Open } from "../pool/Connecting.js"
import * as LogGuard from "../pool/LogGuard.js"
import * as SingleConnection from "../pool/SingleConnection.js"
import * as WorkerDriver from "../pool/WorkerDriver.js"
import type { Advice } from "./DatabaseFindings.js"
import * as DatabaseFindings from "./DatabaseFindings.js"

const Checkpoint = Schema.Struct({ busy: Schema.Int })

const bytesOf = (path: string) =>
  Effect.tryPromise(() => stat(path)).pipe(
    Effect.map(({ size }) => size),
    Effect.orElseSucceed(() => 0)
  )

const sizeOf = (path: string) => Effect.all({ database: bytesOf(path), log: bytesOf(`${path}-wal`) })

const make = (openDriver: Open, settings: SettingsValues, advice: Advice): DatabaseUpkeep["Type"] => {
  const { databasePath: path } = settings

  const mustBeThere = Effect.zipRight(SingleConnection.mustExist(path), LogGuard.verify(openDriver, settings, path))

  const check: DatabaseUpkeep["Type"]["check"] = mustBeThere.pipe(
    Effect.zipRight(SingleConnection.open(openDriver, SingleConnection.optionsOf(settings, path, "reader"))),
    Effect.flatMap((connection) => DatabaseFindings.examine(connection, advice)),
    Effect.scoped,
    Effect.withSpan("DatabaseUpkeep.check")
  )

  const optimize: DatabaseUpkeep["Type"]["optimize"] = Effect.fn("DatabaseUpkeep.optimize")(function* (options = {}) {
    yield* mustBeThere
    const before = yield* sizeOf(path)
    const connection = yield* SingleConnection.open(openDriver, SingleConnection.optionsOf(settings, path, "writer"))
    // Rows to sample per index: enough to choose between them, and quick.
    // https://www.sqlite.org/lang_analyze.html#approx
    yield* connection.run("PRAGMA analysis_limit = 400")
    yield* connection.run("PRAGMA optimize")
    if (options.vacuum) yield* connection.run("VACUUM")
    const [checkpoint] = yield* connection.query(Checkpoint, "PRAGMA wal_checkpoint(TRUNCATE)")
    return { before, after: yield* sizeOf(path), logEmptied: checkpoint?.busy === 0 }
  }, Effect.scoped)

  return { check, optimize }
}

/** The command of a restore; the operator has to name the archive. */
const restore = "starpunk restore FILE"

/** Maintenance of the database that the settings name, over connections of this kind. */
export const layerWith = (openDriver: Open): Layer.Layer<DatabaseUpkeep, never, Settings> =>
  Layer.effect(
    DatabaseUpkeep,
    Effect.map(Settings, (settings) =>
      make(openDriver, settings, {
        restore,
        dataPath: resolve(settings.dataPath),
        isMediaElsewhere: Option.isSome(settings.objectStore.address)
      })
    )
  )

/** Like `layerWith`, on a worker thread, so that progress is shown while SQLite reads. */
export const layer: Layer.Layer<DatabaseUpkeep, never, Settings> = layerWith(WorkerDriver.open)
