import { Duration, Effect, Layer, Option } from "effect"
import { DatabaseOnServer } from "../src/errors/Maintenance.js"
import type { ConfigurationInvalid } from "../src/errors/Startup.js"
import type { OnProgress } from "../src/services/Backup.js"
import type { DatabaseUpkeep as DatabaseUpkeepService } from "../src/services/DatabaseUpkeep.js"
import { Settings, type SettingsReport } from "../src/settings/Config.js"
import * as Backup from "./backup/Backup.js"
import * as NewSite from "./backup/NewSite.js"
import * as Restore from "./backup/Restore.js"
import * as Database from "./Database.js"
import * as Doctor from "./doctor/Doctor.js"
import * as Logger from "./Logger.js"
import * as MediaStore from "./MediaStore.js"
import * as OwnerPhotos from "./media/OwnerPhotos.js"
import * as SafeHttp from "./outbound/SafeHttp.js"
import * as DatabaseMove from "./portability/DatabaseMove.js"
import * as Export from "./portability/Export.js"
import * as Import from "./portability/Import.js"
import * as MediaMove from "./portability/MediaMove.js"
import * as PasswordHash from "./process/PasswordHash.js"
import * as SecureRandom from "./process/SecureRandom.js"
import * as NodeSettings from "./process/Settings.js"
import * as Renderer from "./rendering/Renderer.js"
import { BatchPause, besideServer } from "./sql/rows/Batches.js"
import * as AccessTokens from "./sql/stores/AccessTokens.js"
import * as OldAddresses from "./sql/stores/OldAddresses.js"
import * as Owner from "./sql/stores/Owner.js"
import * as Posts from "./sql/stores/Posts.js"
import * as PostTransfer from "./sql/stores/PostTransfer.js"
import * as SessionManager from "./sql/stores/SessionManager.js"
import * as SiteAddresses from "./sql/stores/SiteAddresses.js"
import * as SiteSettings from "./sql/stores/SiteSettings.js"
import * as DatabaseUpkeep from "./sqlite/file/DatabaseUpkeep.js"

const standardError = 2

/** A command's standard output is its result, so warnings go to standard error. */
const Log = Logger.layerPretty({ level: "WARNING", fd: standardError })

/**
 * Minimum time that a command waits for the write lock. Requests fail sooner, because clients wait for their answer; a
 * command would have to be repeated by hand.
 */
const patience = Duration.seconds(10)

/** The settings of the process with the command's longer patience. */
const CommandSettings: Layer.Layer<Settings | SettingsReport, ConfigurationInvalid> = Layer.provideMerge(
  Layer.effect(
    Settings,
    Effect.map(Settings, (settings) => ({
      ...settings,
      database: { ...settings.database, busyTimeout: Duration.max(settings.database.busyTimeout, patience) }
    }))
  ),
  NodeSettings.layer
)

/** Refuses a command that works on a database file if the database is on a server. */
const forFiles = <A, E, R>(
  command: DatabaseOnServer["command"],
  layer: Layer.Layer<A, E, R>
): Layer.Layer<A, E | DatabaseOnServer, R | Settings> =>
  Layer.unwrapEffect(
    Effect.filterOrFail(
      Settings,
      ({ database }) => Option.isNone(database.address),
      () => new DatabaseOnServer({ command })
    ).pipe(Effect.as(layer))
  )

/**
 * Services of a short command: the same as the server's over the same database, in-thread, because no other request
 * waits. Creates a missing database, and may run beside a server.
 */
export const layer = Layer.mergeAll(
  Posts.layer,
  SiteAddresses.layer,
  AccessTokens.layer,
  Owner.layer.pipe(Layer.provide(PasswordHash.layer)),
  SessionManager.layer
).pipe(
  Layer.provideMerge(Database.search),
  Layer.provide(Renderer.layer.pipe(Layer.provide(SiteSettings.layer))),
  Layer.provideMerge(Database.poolInThread),
  Layer.provideMerge(Layer.mergeAll(Log, SecureRandom.layer, Layer.succeed(BatchPause, besideServer))),
  Layer.provideMerge(CommandSettings)
)

/** Services of `starpunk backup`: opens the database itself, for reading only, and never creates one. */
export const backup = forFiles("backup", Backup.layerAlone).pipe(Layer.provide(Layer.merge(CommandSettings, Log)))

/** Services of `starpunk restore`: nothing that would open the database before it is locked. */
export const restore = forFiles("restore", Restore.layer).pipe(
  Layer.provide(Layer.mergeAll(CommandSettings, SecureRandom.layer, Log))
)

/** Services of `starpunk export`, which works on its own copy of the database. */
export const exporting = forFiles("export", Export.layer).pipe(
  Layer.provide(Log),
  Layer.provide(Layer.merge(CommandSettings, SecureRandom.layer))
)

/** Services of `starpunk import`: posts, media and search as in the server. */
export const importing = Import.layer.pipe(
  Layer.provide(
    Layer.mergeAll(
      PostTransfer.layer,
      MediaStore.layer,
      OldAddresses.layer,
      SafeHttp.layer,
      SiteSettings.layer,
      OwnerPhotos.layer
    )
  ),
  Layer.provide(Database.search),
  Layer.provide(Renderer.layer.pipe(Layer.provide(SiteSettings.layer))),
  Layer.provide(Database.poolOnWorkers),
  Layer.provide(Layer.mergeAll(Log, SecureRandom.layer)),
  Layer.provide(CommandSettings)
)

/** Services of `starpunk db`: the existing file in any state. */
export const upkeep = (
  command: "db check" | "db optimize"
): Layer.Layer<DatabaseUpkeepService, DatabaseOnServer | ConfigurationInvalid> =>
  forFiles(command, DatabaseUpkeep.layer).pipe(Layer.provide(CommandSettings))

/** Runs `starpunk db new` with its services. */
export const newSite = Effect.provide(
  NewSite.make,
  forFiles("db new", Layer.empty).pipe(Layer.provideMerge(Layer.merge(CommandSettings, Log)))
)

/** Settings of the browser, for `starpunk config show`, which opens a database in any state. */
export const siteChoices = Database.siteChoices(Log)

/** Runs `starpunk db move` with its services. */
export const moveDatabase = (given: string, onProgress: OnProgress) =>
  Effect.gen(function* () {
    const target = yield* DatabaseMove.parseTarget(given)
    yield* DatabaseMove.mustDiffer(target)
    const settings = yield* Settings
    const pools = Layer.merge(Database.poolInThread, DatabaseMove.asTarget(Database.target(target, settings)))
    const tables = yield* Effect.provide(DatabaseMove.move(onProgress), Layer.provide(pools, Log))
    return { to: DatabaseMove.showTarget(target), tables }
  }).pipe(Effect.provide(CommandSettings))

/** Runs `starpunk media move` with its services. */
export const moveMedia = (given: string, onProgress: OnProgress) =>
  MediaMove.moveMedia(given, onProgress).pipe(
    Effect.provide(Layer.provide(Database.poolInThread, Log)),
    Effect.provide(CommandSettings)
  )

/** Services of `starpunk doctor`: the settings, and nothing that could fail at the start. */
export const doctor = Doctor.layer.pipe(Layer.provide(CommandSettings))
