import { Context, Effect, Layer } from "effect"
import type { ConfigurationInvalid } from "../../src/errors/failure/Startup.js"
import { Settings, SettingsReport, type SettingsValues } from "../../src/settings/Config.js"
import { resolve } from "../../src/settings/Resolve.js"

/** Settings from a record of variables alone, as if they stood in the environment of a machine with two cores. */
export const layerFrom = (
  environment: Readonly<Record<string, string>>
): Layer.Layer<Settings | SettingsReport, ConfigurationInvalid> =>
  Layer.effectContext(
    resolve(
      { variables: [{ source: "environment", values: environment }], files: new Map(), problems: [] },
      { cores: 2 }
    ).pipe(Effect.map(({ report, values }) => Context.make(Settings, values).pipe(Context.add(SettingsReport, report))))
  )

/** Valid settings for a test: the defaults, on any free port, with some values of the test's own. */
export const layerTest = (overrides: Partial<SettingsValues> = {}): Layer.Layer<Settings | SettingsReport> =>
  layerFrom({ STARPUNK_PORT: "0", STARPUNK_SITE_URL: "http://localhost:8000" }).pipe(
    Layer.map((context) => Context.add(context, Settings, { ...Context.get(context, Settings), ...overrides })),
    Layer.orDie
  )
