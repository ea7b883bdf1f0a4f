import { Layer } from "effect"
import * as Supervision from "../src/background/Supervision.js"
import * as Backup from "./backup/Backup.js"
import * as BackupDirectory from "./backup/BackupDirectory.js"
import * as Database from "./Database.js"
import * as HealthChecker from "./health/HealthChecker.js"
import * as CachedAnswers from "./http/CachedAnswers.js"
import * as ContentCoding from "./http/ContentCoding.js"
import * as HttpServer from "./http/HttpServer.js"
import * as InFlight from "./http/InFlight.js"
import * as LoadShedder from "./http/LoadShedder.js"
import * as PageCache from "./http/PageCache.js"
import * as RouteKinds from "./http/RouteKinds.js"
import * as TrustedProxies from "./http/TrustedProxies.js"
import * as ViewCounter from "./http/ViewCounter.js"
import * as Logger from "./Logger.js"
import * as Turns from "./limits/Turns.js"
import * as MediaStore from "./MediaStore.js"
import * as OwnerPhotos from "./media/OwnerPhotos.js"
import * as PreviewCards from "./media/PreviewCards.js"
import * as Exposition from "./metrics/Exposition.js"
import * as MetricsHistory from "./metrics/MetricsHistory.js"
import * as BearerTokens from "./outbound/BearerTokens.js"
import * as OwnerProvider from "./outbound/OwnerProvider.js"
import * as PageParser from "./outbound/PageParser.js"
import * as PageReader from "./outbound/PageReader.js"
import * as SafeHttp from "./outbound/SafeHttp.js"
import * as ExportArchive from "./portability/ExportArchive.js"
import * as Import from "./portability/Import.js"
import * as ImportDesk from "./portability/ImportDesk.js"
import * as Lifecycle from "./process/Lifecycle.js"
import * as Machine from "./process/Machine.js"
import * as PasswordHash from "./process/PasswordHash.js"
import * as SecureRandom from "./process/SecureRandom.js"
import * as ServiceManager from "./process/ServiceManager.js"
import * as Settings from "./process/Settings.js"
import * as UncaughtErrors from "./process/UncaughtErrors.js"
import * as Renderer from "./rendering/Renderer.js"
import * as Start from "./Start.js"
import * as AccessTokens from "./sql/stores/AccessTokens.js"
import * as Activity from "./sql/stores/Activity.js"
import * as Authorizations from "./sql/stores/Authorizations.js"
import * as CitedPages from "./sql/stores/CitedPages.js"
import * as Devices from "./sql/stores/Devices.js"
import * as DraftLinks from "./sql/stores/DraftLinks.js"
import * as MediaLibrary from "./sql/stores/MediaLibrary.js"
import * as OldAddresses from "./sql/stores/OldAddresses.js"
import * as Owner from "./sql/stores/Owner.js"
import * as Passkeys from "./sql/stores/Passkeys.js"
import * as PostArchive from "./sql/stores/PostArchive.js"
import * as PostRevisions from "./sql/stores/PostRevisions.js"
import * as Posts from "./sql/stores/Posts.js"
import * as PostTransfer from "./sql/stores/PostTransfer.js"
import * as PostViews from "./sql/stores/PostViews.js"
import * as RenderingRenewal from "./sql/stores/RenderingRenewal.js"
import * as SessionManager from "./sql/stores/SessionManager.js"
import * as SignIns from "./sql/stores/SignIns.js"
import * as SiteAddresses from "./sql/stores/SiteAddresses.js"
import * as SiteSettings from "./sql/stores/SiteSettings.js"
import * as UpdateChecks from "./sql/stores/UpdateChecks.js"
import * as CollectorWatch from "./telemetry/CollectorWatch.js"
import * as Telemetry from "./telemetry/Telemetry.js"

/** Services that report the failures of all others: settings, log, and lifecycle of the process. */
export const foundation = Layer.merge(UncaughtErrors.layer, CollectorWatch.layer).pipe(
  Layer.provideMerge(Logger.layerExported),
  Layer.provideMerge(Layer.mergeAll(SecureRandom.layer, Lifecycle.layer, Telemetry.layer)),
  Layer.provideMerge(Settings.layer)
)

/** The owner's login, here or at the owner's provider. */
const Login = Layer.mergeAll(
  Database.attempts,
  Devices.layer,
  Database.loginSteps.pipe(Layer.provideMerge(Owner.layer), Layer.provide(PasswordHash.layer)),
  Passkeys.layer,
  SignIns.layer,
  Turns.layer
)

const Outbound = Layer.merge(OwnerProvider.layer, PageReader.layer).pipe(
  Layer.provideMerge(Layer.merge(SafeHttp.layer, PageParser.layer))
)

/** Imports of uploaded files, by the same stores as all other changes. */
const Imports = ImportDesk.layer.pipe(
  Layer.provide(Import.layer),
  Layer.provide(
    Layer.mergeAll(PostTransfer.layer, MediaStore.layer, OldAddresses.layer, OwnerPhotos.layer, SiteSettings.layer)
  )
)

const Services = Layer.mergeAll(
  Activity.layer,
  PostArchive.layer,
  Posts.layer,
  RenderingRenewal.layer.pipe(Layer.provide(SiteSettings.layer)),
  Authorizations.layer,
  CitedPages.layer,
  BearerTokens.layer.pipe(Layer.provideMerge(AccessTokens.layer)),
  ContentCoding.layer,
  DraftLinks.layer,
  ExportArchive.layer,
  Login,
  Exposition.layer,
  Imports,
  InFlight.layer,
  Machine.layer,
  MetricsHistory.layer,
  MediaStore.layer,
  MediaLibrary.layer,
  PostRevisions.layer,
  PostViews.layer,
  OldAddresses.layer,
  OwnerPhotos.layer,
  PreviewCards.layer,
  SessionManager.layer,
  SiteAddresses.layer,
  SiteSettings.layer,
  UpdateChecks.layer,
  TrustedProxies.layer
).pipe(
  Layer.provideMerge(Outbound),
  Layer.provideMerge(Database.search),
  Layer.provideMerge(Renderer.layer.pipe(Layer.provide(SiteSettings.layer))),
  Layer.provide(Database.version),
  Layer.provideMerge(Layer.merge(Database.instances, Database.forms)),
  Layer.provideMerge(Database.pool)
)

/** Pages that are rendered once and sent to every visitor until the content changes. */
const Pages = CachedAnswers.layer.pipe(
  Layer.provideMerge(LoadShedder.layer),
  Layer.provideMerge(Layer.mergeAll(PageCache.layer, RouteKinds.layer, ViewCounter.layer)),
  Layer.provide(Database.revision)
)

/** All services of the routes, the database and its monitoring. */
export const services = Supervision.layer.pipe(
  Layer.provide(ServiceManager.layer),
  Layer.provideMerge(HealthChecker.layer),
  Layer.provideMerge(BackupDirectory.layer.pipe(Layer.provide(Backup.layer))),
  Layer.provideMerge(Pages),
  Layer.provideMerge(Services)
)

/** The HTTP server. It closes the socket and answers all requests before any service ends. */
export const http = HttpServer.layer

/** The start, between listening and serving. */
export const start = Start.layer
