import { Config, Option } from "effect"
import type { SettingsValues } from "./Config.js"
import type { Setting } from "./Setting.js"
import { operation } from "./table/Operation.js"
import { server } from "./table/Server.js"
import { site } from "./table/Site.js"
import { storage } from "./table/Storage.js"
import { telemetry } from "./table/Telemetry.js"

const settings = { ...site, ...server, ...storage, ...operation, ...telemetry }

/** Every setting, in the order of the documentation. */
export const table: ReadonlyArray<Setting<unknown>> = Object.values(settings)

/** What the defaults take from the machine. */
export interface Machine {
  /** Processor cores that this process may use. */
  readonly cores: number
  /** The name of the database in a data directory where the settings give it none; `starpunk.db` when absent. */
  readonly databaseName?: (dataPath: string) => string
}

/** One reader more than a core has nothing to run on; more than four were measured to bring nothing. */
const readersFor = ({ cores }: Machine): number => Math.max(2, Math.min(4, cores))

const loopback: ReadonlyArray<string> = ["localhost", "127.0.0.1", "::1"]

const join = (directory: string, file: string): string =>
  directory.endsWith("/") ? `${directory}${file}` : `${directory}/${file}`

/** All settings at once: fails with everything that is wrong, never with the first of it only. */
export const settingsConfig = (machine: Machine): Config.Config<SettingsValues> =>
  Config.all({
    environment: settings.environment.config,
    siteUrl: settings.siteUrl.config,
    formerUrls: settings.formerUrls.config,
    siteName: settings.siteName.config,
    siteDescription: settings.siteDescription.config,
    siteAuthor: settings.siteAuthor.config,
    siteLanguage: settings.siteLanguage.config,
    siteTimeZone: settings.siteTimeZone.config,
    adminMe: settings.adminMe.config,
    indieauth: Config.all({ pkce: settings.indieauthPkce.config }),
    host: settings.host.config,
    port: settings.port.config,
    trustedProxies: settings.trustedProxies.config,
    drain: Config.all({ delay: settings.drainDelay.config, deadline: settings.drainDeadline.config }),
    rateLimitEnabled: settings.rateLimitEnabled.config,
    hstsSubdomains: settings.hstsSubdomains.config,
    pageCacheMb: settings.pageCacheMb.config,
    outboundAllow: settings.outboundAllow.config,
    devMode: settings.devMode.config,
    dataPath: settings.dataPath.config,
    databasePath: settings.databasePath.config,
    media: Config.all({ maxSizeMb: settings.mediaMaxSize.config }),
    database: Config.all({
      readers: Config.map(
        settings.readers.config,
        Option.getOrElse(() => readersFor(machine))
      ),
      acquireTimeout: settings.acquireTimeout.config,
      busyTimeout: settings.busyTimeout.config,
      synchronous: settings.synchronous.config,
      checkpoints: settings.checkpoints.config,
      sqliteBinding: settings.sqliteBinding.config
    }),
    backup: Config.all({
      directory: settings.backupDirectory.config,
      interval: settings.backupInterval.config,
      keep: settings.backupKeep.config
    }),
    search: Config.all({ enabled: settings.searchEnabled.config, engine: settings.searchEngine.config }),
    session: Config.all({ idleTimeout: settings.sessionTimeout.config, maxAge: settings.sessionMaxAge.config }),
    logLevel: settings.logLevel.config,
    logFormat: settings.logFormat.config,
    health: Config.all({
      detailed: settings.healthDetailed.config,
      token: settings.healthToken.config,
      memoryThresholdMb: settings.memoryThreshold.config
    }),
    telemetry: Config.all({
      endpoint: settings.otlpEndpoint.config,
      headers: settings.otlpHeaders.config,
      signals: settings.otlpSignals.config,
      serviceName: settings.otlpServiceName.config
    })
  }).pipe(
    Config.map((given) => {
      const production = given.environment === "production"
      return {
        ...given,
        siteUrl: Option.getOrElse(given.siteUrl, () => `http://localhost:${given.port}`),
        databasePath: Option.getOrElse(given.databasePath, () =>
          join(given.dataPath, machine.databaseName?.(given.dataPath) ?? "starpunk.db")
        ),
        outboundAllow: Option.getOrElse(given.outboundAllow, () => (production ? [] : loopback)),
        logFormat: given.logFormat === "auto" ? (production ? "json" : "pretty") : given.logFormat
      }
    })
  )
