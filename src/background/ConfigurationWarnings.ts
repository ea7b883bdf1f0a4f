import { Effect, Layer } from "effect"
import { Logger } from "../services/Logger.js"
import { SettingsReport } from "../settings/Config.js"

/** Logs warnings about valid but unusual settings, once at the start. */
export const layer: Layer.Layer<never, never, SettingsReport | Logger> = Layer.effectDiscard(
  Effect.gen(function* () {
    const { warnings } = yield* SettingsReport
    const log = (yield* Logger).named("starpunk.config")
    yield* Effect.forEach(warnings, ({ message, name, source, suggestion }) =>
      log.warning("Configuration warning", { setting: name, source, reason: message, suggestion })
    )
  })
)
