import { Layer } from "effect"
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
import * as Search from "./sqlite/SearchEngine.js"
import * as SqlPool from "./sqlite/SqlPool.js"

const Process = UncaughtErrors.layer.pipe(
  Layer.provideMerge(Logger.layer),
  Layer.provideMerge(Layer.mergeAll(SecureRandom.layer, Lifecycle.layer)),
  Layer.provideMerge(Settings.layer)
)

const Database = SqlPool.layer.pipe(Layer.provide(DataDirectory.layer))

const Services = Layer.mergeAll(Posts.layer, AccessTokens.layer, SessionManager.layer, TrustedProxies.layer).pipe(
  Layer.provideMerge(Search.layer),
  Layer.provideMerge(Database)
)

/** Everything the server stands on: SQLite on worker threads, the log on standard output, settings of the process. */
export const services = HealthChecker.layer.pipe(Layer.provideMerge(Services), Layer.provideMerge(Process))

/** The listening socket. Below the services, so that it is closed, and everybody answered, before any of them ends. */
export const http = HttpServer.layer
