import { Effect, Layer, Option } from "effect"
import { annotateJob } from "../../src/services/Correlation.js"
import { Logger } from "../../src/services/Logger.js"
import type { SecureRandom } from "../../src/services/SecureRandom.js"
import { Settings } from "../../src/settings/Config.js"
import type { Delivery } from "./Collector.js"
import { Telemetry } from "./Telemetry.js"

const suggestions: Readonly<Record<NonNullable<Delivery["trouble"]>, string>> = {
  busy: "The collector is too slow for this site: look at its load, or take signals out of STARPUNK_OTLP_SIGNALS",
  timeout:
    "The collector does not answer: look whether it runs, and whether STARPUNK_OTLP_ENDPOINT names its port for HTTP (4318, not 4317)",
  refused:
    "The collector answers, and does not take it: look at the status, at STARPUNK_OTLP_HEADERS, and whether it takes OTLP over HTTP with JSON",
  unreachable: "Nobody listens there: look at STARPUNK_OTLP_ENDPOINT, and whether the collector runs"
}

/** Logs once when the collector stops accepting a signal, and once when it accepts it again. */
export const layer: Layer.Layer<never, never, Telemetry | Logger | Settings | SecureRandom> = Layer.scopedDiscard(
  Effect.gen(function* () {
    const { changed } = yield* Telemetry
    const { telemetry } = yield* Settings
    if (Option.isNone(telemetry.endpoint)) return
    const log = (yield* Logger).named("starpunk.telemetry")
    const endpoint = telemetry.endpoint.value
    const tell = Effect.flatMap(changed, ({ signal, status, trouble }) =>
      trouble === undefined
        ? log.info("Telemetry is delivered again", { signal, endpoint })
        : log.warning("Telemetry is not delivered; requests go on without it", {
            signal,
            endpoint,
            reason: trouble,
            status,
            suggestion: suggestions[trouble]
          })
    )
    yield* Effect.forkScoped(Effect.forever(annotateJob("telemetry")(tell)))
  })
)
