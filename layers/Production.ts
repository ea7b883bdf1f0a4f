import { Layer } from "effect"
import * as Supervision from "../src/background/Supervision.js"
import * as Backup from "./backup/Backup.js"
import * as BackupDirectory from "./backup/BackupDirectory.js"
import * as BearerTokens from "./indieauth/BearerTokens.js"
import * as OwnerProvider from "./indieauth/OwnerProvider.js"
import * as Attempts from "./memory/Attempts.js"
import * as MetricsHistory from "./memory/MetricsHistory.js"
import * as Turns from "./memory/Turns.js"
import * as ContentCoding from "./node/ContentCoding.js"
import * as DataDirectory from "./node/DataDirectory.js"
import * as HealthChecker from "./node/HealthChecker.js"
import * as HttpServer from "./node/HttpServer.js"
import * as InFlight from "./node/InFlight.js"
import * as Lifecycle from "./node/Lifecycle.js"
import * as Logger from "./node/Logger.js"
import * as LoginSteps from "./node/LoginSteps.js"
import * as Machine from "./node/Machine.js"
import * as MediaFiles from "./node/MediaFiles.js"
import * as PasswordHash from "./node/PasswordHash.js"
import * as Renderer from "./node/Renderer.js"
import * as SafeHttp from "./node/SafeHttp.js"
import * as SecureRandom from "./node/SecureRandom.js"
import * as ServiceManager from "./node/ServiceManager.js"
import * as Settings from "./node/Settings.js"
import * as TrustedProxies from "./node/TrustedProxies.js"
import * as UncaughtErrors from "./node/UncaughtErrors.js"
import * as Exposition from "./prometheus/Exposition.js"
import * as AccessTokens from "./sql/AccessTokens.js"
import * as Activity from "./sql/Activity.js"
import * as Authorizations from "./sql/Authorizations.js"
import * as Devices from "./sql/Devices.js"
import * as OldAddresses from "./sql/OldAddresses.js"
import * as Owner from "./sql/Owner.js"
import * as Passkeys from "./sql/Passkeys.js"
import * as Posts from "./sql/Posts.js"
import * as RenderingRenewal from "./sql/RenderingRenewal.js"
import * as SessionManager from "./sql/SessionManager.js"
import * as SignIns from "./sql/SignIns.js"
import * as SiteAddresses from "./sql/SiteAddresses.js"
import * as FileUpkeep from "./sqlite/FileUpkeep.js"
import * as Search from "./sqlite/SearchEngine.js"
import * as SqlPool from "./sqlite/SqlPool.js"
import * as Start from "./sqlite/Start.js"
import * as CollectorWatch from "./telemetry/CollectorWatch.js"
import * as Telemetry from "./telemetry/Telemetry.js"

/** What there must be before anything else can even fail properly: settings, the log, and this process's life. */
export const foundation = Layer.merge(UncaughtErrors.layer, CollectorWatch.layer).pipe(
  Layer.provideMerge(Logger.layerExported),
  Layer.provideMerge(Layer.mergeAll(SecureRandom.layer, Lifecycle.layer, Telemetry.layer)),
  Layer.provideMerge(Settings.layer)
)

const Database = FileUpkeep.layer.pipe(Layer.provideMerge(SqlPool.layer), Layer.provide(DataDirectory.layer))

/** How the owner logs in, here or at a provider of the owner's own. */
const Login = Layer.mergeAll(
  Attempts.layer,
  Devices.layer,
  LoginSteps.layer.pipe(Layer.provideMerge(Owner.layer), Layer.provide(PasswordHash.layer)),
  Passkeys.layer,
  SignIns.layer,
  Turns.layer
)

const Outbound = OwnerProvider.layer.pipe(Layer.provideMerge(SafeHttp.layer))

const Services = Layer.mergeAll(
  Activity.layer,
  Posts.layer,
  RenderingRenewal.layer,
  Authorizations.layer,
  BearerTokens.layer.pipe(Layer.provideMerge(AccessTokens.layer)),
  ContentCoding.layer,
  Login,
  Exposition.layer,
  InFlight.layer,
  Machine.layer,
  MetricsHistory.layer,
  MediaFiles.layer,
  OldAddresses.layer,
  SessionManager.layer,
  SiteAddresses.layer,
  TrustedProxies.layer
).pipe(
  Layer.provideMerge(Outbound),
  Layer.provideMerge(Search.layer),
  Layer.provideMerge(Renderer.layer),
  Layer.provideMerge(Database)
)

/** Everything the routes stand on: SQLite on worker threads, and whatever watches it. */
export const services = Supervision.layer.pipe(
  Layer.provide(ServiceManager.layer),
  Layer.provideMerge(HealthChecker.layer),
  Layer.provideMerge(BackupDirectory.layer.pipe(Layer.provide(Backup.layer))),
  Layer.provideMerge(Services)
)

/** The listening socket, closed and everybody answered before any of the services ends. */
export const http = HttpServer.layer

/** What happens between listening and serving. */
export const start = Start.layer
