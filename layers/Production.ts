import { Layer } from "effect"
import * as Backup from "./backup/Backup.js"
import * as BackupDirectory from "./backup/BackupDirectory.js"
import * as BearerTokens from "./memory/BearerTokens.js"
import * as DataDirectory from "./node/DataDirectory.js"
import * as HealthChecker from "./node/HealthChecker.js"
import * as HttpServer from "./node/HttpServer.js"
import * as Lifecycle from "./node/Lifecycle.js"
import * as Logger from "./node/Logger.js"
import * as SecureRandom from "./node/SecureRandom.js"
import * as Settings from "./node/Settings.js"
import * as TrustedProxies from "./node/TrustedProxies.js"
import * as UncaughtErrors from "./node/UncaughtErrors.js"
import * as AccessTokens from "./sql/AccessTokens.js"
import * as Posts from "./sql/Posts.js"
import * as SessionManager from "./sql/SessionManager.js"
import * as FileUpkeep from "./sqlite/FileUpkeep.js"
import * as Search from "./sqlite/SearchEngine.js"
import * as SqlPool from "./sqlite/SqlPool.js"
import * as Start from "./sqlite/Start.js"

/** What there must be before anything else can even fail properly: settings, the log, and this process's life. */
export const foundation = UncaughtErrors.layer.pipe(
  Layer.provideMerge(Logger.layer),
  Layer.provideMerge(Layer.mergeAll(SecureRandom.layer, Lifecycle.layer)),
  Layer.provideMerge(Settings.layer)
)

const Database = FileUpkeep.layer.pipe(Layer.provideMerge(SqlPool.layer), Layer.provide(DataDirectory.layer))

const Services = Layer.mergeAll(
  Posts.layer,
  BearerTokens.layer.pipe(Layer.provideMerge(AccessTokens.layer)),
  SessionManager.layer,
  TrustedProxies.layer
).pipe(Layer.provideMerge(Search.layer), Layer.provideMerge(Database))

/** Everything the routes stand on: SQLite on worker threads, and whatever watches it. */
export const services = HealthChecker.layer.pipe(
  Layer.provideMerge(BackupDirectory.layer.pipe(Layer.provide(Backup.layer))),
  Layer.provideMerge(Services)
)

/** The listening socket, closed and everybody answered before any of the services ends. */
export const http = HttpServer.layer

/** What happens between listening and serving. */
export const start = Start.layer
