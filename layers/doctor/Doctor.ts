import { resolve } from "node:path"
import { Effect, Layer, Option, Schema } from "effect"
import { type Finding, fail, ok, warn } from "../../src/domain/archive/Finding.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import type { DatabaseMissing } from "../../src/errors/Maintenance.js"
import type { DatabaseOpenFailed } from "../../src/errors/Opening.js"
import { Doctor } from "../../src/services/Doctor.js"
import { Settings, SettingsReport } from "../../src/settings/Config.js"
import { mustNotBeLost } from "../backup/Traces.js"
import { quoted } from "../files/Quoted.js"
import * as DatabaseFindings from "../sqlite/file/DatabaseFindings.js"
import * as LogGuard from "../sqlite/pool/LogGuard.js"
import * as SingleConnection from "../sqlite/pool/SingleConnection.js"
import * as WorkerDriver from "../sqlite/pool/WorkerDriver.js"
import * as Backups from "./Backups.js"
import * as Files from "./Files.js"
import * as Runtime from "./Runtime.js"
import { server } from "./Server.js"

const Newest = Schema.Struct({ newest: Schema.NullOr(Schema.Int) })
const Mode = Schema.Struct({ journal_mode: Schema.String })

/** The finding for a failure. A restore fixes damage; other failures have their own advice. */
const ofFailure = (
  failure: DatabaseMissing | DatabaseOpenFailed | DatabaseFailure,
  path: string,
  restore: string
): Finding => {
  if (failure._tag === "DatabaseMissing") {
    return warn("database.open", `There is no database ${path} yet: the server creates it`, "starpunk serve")
  }
  const damaged =
    failure._tag === "DatabaseCorrupt" ||
    (failure._tag === "DatabaseOpenFailed" &&
      /^(corrupt|not_a_database|site_missing|log_mismatch)$/.test(failure.reason))
  const { code, operator } = failure.info
  return fail("database.open", operator?.details ?? code, damaged ? `${restore} --force` : `starpunk explain ${code}`)
}

/** The doctor for this process's settings. Opens the database for reading only, and never creates one. */
export const layer: Layer.Layer<Doctor, never, Settings | SettingsReport> = Layer.effect(
  Doctor,
  Effect.gen(function* () {
    const settings = yield* Settings
    const report = yield* SettingsReport
    const path = resolve(settings.databasePath)

    /** Findings about the database, and the newest time stored in it. */
    const database = Effect.gen(function* () {
      const archive = yield* Backups.newest(settings)
      const restore = `starpunk restore ${archive === undefined ? "FILE" : quoted(archive)}`
      const look = Effect.gen(function* () {
        yield* mustNotBeLost(settings)
        yield* SingleConnection.mustExist(path)
        yield* LogGuard.verify(WorkerDriver.open, settings, path)
        const connection = yield* SingleConnection.open(
          WorkerDriver.open,
          SingleConnection.optionsOf(settings, path, "reader")
        )
        const [mode] = yield* connection.query(Mode, "PRAGMA journal_mode")
        const findings = yield* DatabaseFindings.examine(connection, {
          restore,
          dataPath: resolve(settings.dataPath),
          isMediaElsewhere: Option.isSome(settings.objectStore.address)
        })
        const [row] = yield* connection
          .query(Newest, "SELECT max(updated_at) AS newest FROM posts")
          .pipe(Effect.orElseSucceed(() => []))
        return {
          newest: row?.newest ?? 0,
          findings: [
            ok("database.open", `The database ${path} can be opened`),
            mode?.journal_mode === "wal"
              ? ok("database.journal_mode", "The database uses a write-ahead log: readers do not wait for writers")
              : warn(
                  "database.journal_mode",
                  "The database does not use a write-ahead log right now",
                  "starpunk db optimize"
                ),
            ...findings
          ]
        }
      })
      return yield* Effect.scoped(look).pipe(
        Effect.catchAll((failure) => Effect.succeed({ newest: 0, findings: [ofFailure(failure, path, restore)] }))
      )
    })

    const finder = Option.match(settings.database.address, {
      onNone: () => ({
        sqlite: Runtime.sqlite(settings),
        files: Files.databaseFiles(settings),
        sharing: Files.sharing(settings),
        database,
        backups: Backups.backups(settings)
      }),
      onSome: (address) => ({
        sqlite: Effect.succeed([]),
        files: Effect.succeed([]),
        sharing: Effect.succeed([]),
        // Loaded only for sites that use it.
        database: Effect.flatMap(
          Effect.promise(() => import("../postgres/Findings.js")),
          ({ examine }) => examine(address, settings)
        ),
        backups: Effect.succeed(
          warn(
            "backup.age",
            "PostgreSQL is not backed up by StarPunk: run this command regularly, and copy the folder `media` of the data directory after it",
            "pg_dump --format=custom --file=FILE DATABASE"
          )
        )
      })
    })

    const media = Option.match(settings.objectStore.address, {
      onNone: () => Files.mediaDirectory(settings),
      // Loaded only for sites that use it.
      onSome: (address) =>
        Effect.flatMap(
          Effect.promise(() => import("../s3/Findings.js")),
          ({ examine }) => examine(settings.objectStore, address)
        )
    })

    const examine: Doctor["Type"]["examine"] = Effect.fn("Doctor.examine")(function* (onProgress = () => {}) {
      const step = (step: string) => Effect.sync(() => onProgress({ step, done: 0, total: 0 }))
      yield* step("Checking the machine")
      const sqlite = yield* finder.sqlite
      const files = [...(yield* Files.dataDirectory(settings)), ...(yield* media), ...(yield* finder.files)]
      const sharing = yield* finder.sharing
      yield* step("Reading the whole database")
      const { findings, newest } = yield* finder.database
      yield* step("Checking the server")
      return [
        ...Runtime.settings(report),
        Runtime.node(process.versions.node),
        ...sqlite,
        yield* Files.clock(newest),
        ...files,
        ...findings,
        ...sharing,
        yield* server(settings),
        yield* finder.backups
      ]
    })

    return { examine }
  })
)
