import { Context, Duration, Effect, Layer, Option } from "effect"
import type { ConfigurationInvalid } from "../../src/errors/Startup.js"
import { Settings, SettingsReport, type SettingsValues } from "../../src/settings/Config.js"
import { resolve } from "../../src/settings/Resolve.js"
import { defaultValues } from "../../src/settings/Table.js"

const defaults = defaultValues({ cores: 1 })

/** Settings of a small production site at `https://me.example`. */
export const siteValues: SettingsValues = {
  ...defaults,
  environment: "production",
  port: 0,
  siteUrl: "https://me.example",
  siteName: Option.some("Notes"),
  siteAuthor: Option.some("Me"),
  media: { maxSizeMb: 20 },
  logLevel: "DEBUG",
  logFormat: "json",
  database: { ...defaults.database, readers: 1, busyTimeout: Duration.seconds(1) },
  telemetry: { ...defaults.telemetry, signals: [] },
  drain: { ...defaults.drain, deadline: Duration.seconds(1) },
  outboundAllow: []
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
