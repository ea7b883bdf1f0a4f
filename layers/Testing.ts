import { createServer } from "node:http"
import { join } from "node:path"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Context, Effect, Layer, Option, type Scope } from "effect"
import type { DatabaseOpenFailed } from "../src/errors/Opening.js"
import { OutboundFailed } from "../src/errors/Outbound.js"
import { Lifecycle as LifecycleService, type Phase } from "../src/services/Lifecycle.js"
import type { Logger as LoggerService } from "../src/services/Logger.js"
import type { Renderer as RendererService } from "../src/services/Renderer.js"
import type { SafeHttp as SafeHttpService } from "../src/services/SafeHttp.js"
import type { SqlPool as SqlPoolService } from "../src/services/SqlPool.js"
import { Settings, type SettingsValues } from "../src/settings/Config.js"
import type { DatabaseAddress } from "../src/settings/DatabaseAddress.js"
import * as Backup from "./backup/Backup.js"
import * as BackupDirectory from "./backup/BackupDirectory.js"
import * as ContentCoding from "./http/ContentCoding.js"
import * as InFlight from "./http/InFlight.js"
import * as TrustedProxies from "./http/TrustedProxies.js"
import * as ViewCounter from "./http/ViewCounter.js"
import * as Attempts from "./limits/Attempts.js"
import * as Turns from "./limits/Turns.js"
import * as MediaStore from "./MediaStore.js"
import * as OwnerPhotos from "./media/OwnerPhotos.js"
import * as PreviewCards from "./media/PreviewCards.js"
import * as Activity from "./memory/Activity.js"
import * as Logger from "./memory/Logger.js"
import * as Machine from "./memory/Machine.js"
import * as PageParser from "./memory/PageParser.js"
import * as SafeHttp from "./memory/SafeHttp.js"
import { sequentially } from "./memory/SequentialBuild.js"
import { siteValues } from "./memory/Settings.js"
import * as Exposition from "./metrics/Exposition.js"
import * as MetricsHistory from "./metrics/MetricsHistory.js"
import * as BearerTokens from "./outbound/BearerTokens.js"
import * as OwnerProvider from "./outbound/OwnerProvider.js"
import * as ExportArchive from "./portability/ExportArchive.js"
import * as Import from "./portability/Import.js"
import * as ImportDesk from "./portability/ImportDesk.js"
import * as Lifecycle from "./process/Lifecycle.js"
import * as LoginSteps from "./process/LoginSteps.js"
import * as PasswordHash from "./process/PasswordHash.js"
import * as SecureRandom from "./process/SecureRandom.js"
import { SearchUpkeep } from "./sql/search/SearchUpkeep.js"
import * as AccessTokens from "./sql/stores/AccessTokens.js"
import * as Authorizations from "./sql/stores/Authorizations.js"
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
import * as SessionManager from "./sql/stores/SessionManager.js"
import * as SharedAttempts from "./sql/stores/SharedAttempts.js"
import * as SharedForms from "./sql/stores/SharedForms.js"
import * as SharedLoginSteps from "./sql/stores/SharedLoginSteps.js"
import * as SignIns from "./sql/stores/SignIns.js"
import * as SiteAddresses from "./sql/stores/SiteAddresses.js"
import * as SiteSettings from "./sql/stores/SiteSettings.js"
import * as UpdateChecks from "./sql/stores/UpdateChecks.js"
import * as Search from "./sqlite/search/SearchEngine.js"
import { databaseAt, temporaryDirectory } from "./TestDatabase.js"
import { besides } from "./TestInstances.js"

/** Options of a test's site. */
export interface SiteOptions {
  /** Settings that differ from `siteValues`. Data and database are always in a temporary directory. */
  readonly settings?: Partial<SettingsValues>
  /** Default `ready`. */
  readonly phase?: Phase
  /** Connections to the database. Default `thread`. */
  readonly pool?: "thread" | "worker"
  /**
   * `false` does not start the maintenance of search, for tests that advance the clock by days: it runs each minute.
   */
  readonly search?: boolean
  /** Responses of other servers. Without it, none responds. */
  readonly safeHttp?: Layer.Layer<SafeHttpService, never, Settings>
}

const nobody = SafeHttp.layerOf(({ url }) => new OutboundFailed({ host: new URL(url).host, reason: "connection" }))

/** Counts of attempts, steps of logins and saved forms: in memory over SQLite, and in the database where instances share one. */
const logins = {
  alone: { attempts: Attempts.layer, forms: Layer.empty, steps: LoginSteps.layer },
  shared: {
    attempts: SharedAttempts.layer.pipe(Layer.provide(Attempts.layer)),
    forms: SharedForms.layer,
    steps: SharedLoginSteps.layer
  }
}

const login = ({ attempts, forms, steps }: (typeof logins)["alone"] | (typeof logins)["shared"]) =>
  Layer.mergeAll(
    attempts,
    forms,
    Devices.layer,
    steps.pipe(Layer.provideMerge(Owner.layer), Layer.provide(PasswordHash.layerCost(PasswordHash.testCost))),
    Passkeys.layer,
    SignIns.layer,
    Turns.layer
  )

const Imports = ImportDesk.layer.pipe(
  Layer.provide(Import.layer),
  Layer.provide(
    Layer.mergeAll(PostTransfer.layer, MediaStore.layer, OldAddresses.layer, OwnerPhotos.layer, SiteSettings.layer)
  )
)

const Stores = Layer.mergeAll(
  Authorizations.layer,
  BearerTokens.layer.pipe(Layer.provideMerge(AccessTokens.layer), Layer.provideMerge(OwnerProvider.layer)),
  DraftLinks.layer,
  ExportArchive.layer,
  Imports,
  MediaStore.layer,
  MediaLibrary.layer,
  PostRevisions.layer,
  PostViews.layer,
  OldAddresses.layer,
  OwnerPhotos.layer,
  PreviewCards.layer,
  PostArchive.layer,
  Posts.layer,
  PostTransfer.layer,
  SessionManager.layer,
  SiteAddresses.layer,
  SiteSettings.layer,
  UpdateChecks.layer
)

type Pool = (
  options: typeof patience
) => Layer.Layer<SqlPoolService | RendererService, DatabaseOpenFailed, LoggerService>

/** Another engine for the sites of tests: connections to new databases with the current schema, and search. */
export interface OtherDatabase {
  /** A new database for each site, which lives as long as the scope. */
  readonly database: Effect.Effect<{ readonly address: DatabaseAddress; readonly pool: Pool }, never, Scope.Scope>
  readonly search: typeof Search.layer
  /** Number of instances of each site. Each connection comes to the next one. */
  readonly instances: number
}

let other: OtherDatabase | undefined

/** Puts the sites of all later tests of this process into another database. */
export const useDatabase = (database: OtherDatabase): void => {
  other = database
}

/** Long, because the machine of a test may be busy. */
const patience = { acquireTimeout: "30 seconds", writeTimeout: "30 seconds" } as const

/** Search, after it has chosen its engine. */
const startedSearch = (search: typeof Search.layer) =>
  Layer.effectDiscard(Effect.flatMap(SearchUpkeep, ({ start }) => start)).pipe(Layer.provideMerge(search))

const atPhase = (phase: Phase) =>
  Layer.tap(Lifecycle.layer, (context) => Context.get(context, LifecycleService).advance(phase))

/** What the instances of a site share in a test. Their logs are one, and so is the activity log, which is in the database on a server. */
const foundation = (settings: SettingsValues) =>
  Layer.mergeAll(Activity.layer, Logger.layerCapture, SecureRandom.layer, Layer.succeed(Settings, settings))

/**
 * The services that the site's routes need, of one instance: the stores of production over the database, cheap
 * passphrase hashes, captured logs (`CapturedLogs`), and no other servers. Activity stays in memory, because the stored
 * one runs each hour, which slows down tests that advance the clock by years. Routes of health and metrics also need a
 * `HealthChecker`: see `layers/memory/HealthChecker`.
 */
const services = (pool: ReturnType<typeof databaseAt> | ReturnType<Pool>, options: SiteOptions) => {
  const search = other?.search ?? Search.layer
  return Layer.merge(Stores, login(other === undefined ? logins.alone : logins.shared)).pipe(
    Layer.provideMerge(options.search === false ? search : startedSearch(search)),
    Layer.provideMerge(
      Layer.mergeAll(
        pool,
        options.safeHttp ?? nobody,
        PageParser.layer,
        atPhase(options.phase ?? "ready"),
        InFlight.layer,
        TrustedProxies.layer,
        ViewCounter.layer,
        ContentCoding.layer,
        Exposition.layer,
        Machine.layer,
        MetricsHistory.layer,
        BackupDirectory.layer.pipe(Layer.provide(Backup.layer))
      )
    )
  )
}

/** A new place of a site: its settings, and connections to its database. */
const place = (options: SiteOptions) =>
  Effect.gen(function* () {
    const dataPath = yield* temporaryDirectory
    const databasePath = join(dataPath, "starpunk.db")
    const settings: SettingsValues = { ...siteValues, ...options.settings, dataPath, databasePath }
    if (other === undefined) {
      return { settings, pool: databaseAt(databasePath, options.pool ?? "thread", patience) }
    }
    const { address, pool } = yield* other.database
    const database = { ...settings.database, address: Option.some(address) }
    return { settings: { ...settings, database }, pool: pool(patience) }
  })

/** A server on a free port of loopback for the result of `Pipeline.serve`, with all its services. */
export const site = <A, E, R>(serving: Layer.Layer<A, E, R>, options: SiteOptions = {}) =>
  Layer.unwrapScoped(
    Effect.map(place(options), ({ pool, settings }) => {
      const instance = serving.pipe(
        Layer.provideMerge(NodeHttpServer.layer(createServer, { port: 0, host: "127.0.0.1" })),
        Layer.provideMerge(services(pool, options))
      )
      const instances = other?.instances ?? 1
      return instances === 1
        ? sequentially(instance.pipe(Layer.provideMerge(foundation(settings))))
        : besides(sequentially(instance), instances - 1).pipe(Layer.provideMerge(foundation(settings)))
    })
  )
