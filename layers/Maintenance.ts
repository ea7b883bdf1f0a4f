import { Duration, Effect, Layer } from "effect"
import type { ConfigurationInvalid } from "../src/errors/failure/Startup.js"
import { Settings, type SettingsReport } from "../src/settings/Config.js"
import * as Backup from "./backup/Backup.js"
import * as NewSite from "./backup/NewSite.js"
import * as Restore from "./backup/Restore.js"
import * as DataDirectory from "./DataDirectory.js"
import * as Doctor from "./doctor/Doctor.js"
import * as Logger from "./Logger.js"
import * as MediaFiles from "./media/MediaFiles.js"
import * as Export from "./portability/Export.js"
import * as Import from "./portability/Import.js"
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
import * as DatabaseUpkeep from "./sqlite/file/DatabaseUpkeep.js"
import * as SqlPool from "./sqlite/pool/SqlPool.js"
import { migrate } from "./sqlite/schema/Migrator.js"
import * as Search from "./sqlite/search/SearchEngine.js"

const standardError = 2

/** A command's standard output is its answer, so what is worth a warning goes to standard error. */
const Log = Logger.layerPretty({ level: "WARNING", fd: standardError })

/**
 * How long a command waits for the write lock at least. Requests are refused sooner, for somebody waits for their answer;
 * a command that gave up beside a server with a queue of writes would have to be begun anew.
 */
const patience = Duration.seconds(10)

/** The settings of this process, as a command takes them. */
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

const Database = Layer.effectDiscard(migrate).pipe(
  Layer.provideMerge(SqlPool.layerInThread),
  Layer.provide(DataDirectory.layer)
)

/**
 * What a short command stands on: the same services over the same database, in-thread, since there is nobody else to
 * keep waiting. Makes the database where it is missing, and may run beside a server.
 */
export const layer = Layer.mergeAll(
  Posts.layer,
  SiteAddresses.layer,
  AccessTokens.layer,
  Owner.layer.pipe(Layer.provide(PasswordHash.layer)),
  SessionManager.layer
).pipe(
  Layer.provideMerge(Search.layer),
  Layer.provide(Renderer.layer),
  Layer.provideMerge(Database),
  Layer.provideMerge(Layer.mergeAll(Log, SecureRandom.layer, Layer.succeed(BatchPause, besideServer))),
  Layer.provideMerge(CommandSettings)
)

/** What `starpunk backup` stands on: opens the database by itself, for reading only, and makes none. */
export const backup = Backup.layerAlone.pipe(Layer.provide(Layer.merge(CommandSettings, Log)))

/** What `starpunk restore` stands on: nothing that would open the database before it is taken. */
export const restore = Restore.layer.pipe(Layer.provide(Layer.mergeAll(CommandSettings, SecureRandom.layer, Log)))

/** What `starpunk export` stands on: a copy of the database, which it makes for itself. */
export const exporting = Export.layer.pipe(
  Layer.provide(Log),
  Layer.provide(Layer.merge(CommandSettings, SecureRandom.layer))
)

/** The same database on worker threads, for work that reads on while it writes. */
const DatabaseOnWorkers = Layer.effectDiscard(migrate).pipe(
  Layer.provideMerge(SqlPool.layer),
  Layer.provide(DataDirectory.layer)
)

/** What `starpunk import` stands on: posts, media and search as the server has them. */
export const importing = Import.layer.pipe(
  Layer.provide(Layer.mergeAll(PostTransfer.layer, MediaFiles.layer, OldAddresses.layer)),
  Layer.provide(Search.layer),
  Layer.provide(Renderer.layer),
  Layer.provide(DatabaseOnWorkers),
  Layer.provide(Layer.mergeAll(Log, SecureRandom.layer)),
  Layer.provide(CommandSettings)
)

/** What `starpunk db` stands on: the file that is there, whatever state it is in. */
export const upkeep = DatabaseUpkeep.layer.pipe(Layer.provide(CommandSettings))

/** What `starpunk db new` does, and what it stands on. */
export const newSite = Effect.provide(NewSite.make, Layer.merge(CommandSettings, Log))

/** What `starpunk doctor` stands on: the settings, and nothing that must be well for it to start. */
export const doctor = Doctor.layer.pipe(Layer.provide(CommandSettings))
