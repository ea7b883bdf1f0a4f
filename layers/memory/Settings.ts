import { Context, Duration, Effect, Layer, Option } from "effect"
import type { ConfigurationInvalid } from "../../src/errors/failure/Startup.js"
import { Settings, SettingsReport, type SettingsValues } from "../../src/settings/Config.js"
import { resolve } from "../../src/settings/Resolve.js"

/** Settings of a small production site at `https://me.example`. */
export const siteValues: SettingsValues = {
  environment: "production",
  host: "127.0.0.1",
  port: 0,
  formerUrls: [],
  siteUrl: "https://me.example",
  siteName: "Notes",
  siteDescription: "",
  siteAuthor: "Me",
  siteLanguage: "en",
  siteTimeZone: "UTC",
  dataPath: "data",
  databasePath: "data/starpunk.db",
  media: { maxSizeMb: 20 },
  logLevel: "DEBUG",
  logFormat: "json",
  database: {
    readers: 1,
    acquireTimeout: Duration.seconds(2),
    busyTimeout: Duration.seconds(1),
    synchronous: "full",
    checkpoints: "own",
    sqliteBinding: Option.none()
  },
  backup: { directory: Option.none(), interval: Duration.days(1), keep: 7 },
  search: { enabled: true, engine: "auto" },
  session: { idleTimeout: Duration.days(30), maxAge: Duration.days(90) },
  health: { detailed: false, token: Option.none(), memoryThresholdMb: 512 },
  telemetry: { endpoint: Option.none(), headers: Option.none(), signals: [], serviceName: "starpunk" },
  trustedProxies: [],
  drain: { delay: Duration.zero, deadline: Duration.seconds(1) },
  rateLimitEnabled: true,
  hstsSubdomains: false,
  pageCacheMb: 16,
  outboundAllow: [],
  adminMe: Option.none(),
  indieauth: { pkce: "ask" },
  devMode: false
}

/** Settings from these variables only, on a machine with two cores. */
export const layerFrom = (
  environment: Readonly<Record<string, string>>
): Layer.Layer<Settings | SettingsReport, ConfigurationInvalid> =>
  Layer.effectContext(
    resolve(
      { variables: [{ source: "environment", values: environment }], files: new Map(), problems: [] },
      { cores: 2 }
    ).pipe(Effect.map(({ report, values }) => Context.make(Settings, values).pipe(Context.add(SettingsReport, report))))
  )

/** Valid settings for tests: the defaults with a free port and `overrides`. */
export const layerTest = (overrides: Partial<SettingsValues> = {}): Layer.Layer<Settings | SettingsReport> =>
  layerFrom({ STARPUNK_PORT: "0", STARPUNK_SITE_URL: "http://localhost:8000" }).pipe(
    Layer.map((context) => Context.add(context, Settings, { ...Context.get(context, Settings), ...overrides })),
    Layer.orDie
  )
