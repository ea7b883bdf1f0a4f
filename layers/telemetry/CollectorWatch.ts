import { Effect, Layer, Option } from "effect"
import { annotateJob } from "../../src/services/Correlation.js"
import { Logger } from "../../src/services/Logger.js"
import type { SecureRandom } from "../../src/services/SecureRandom.js"
import { Settings } from "../../src/settings/Config.js"
import type { Delivery } from "./Collector.js"
import { Telemetry } from "./Telemetry.js"

const suggestions: Readonly<Record<NonNullable<Delivery["trouble"]>, string>> = {
  busy: "The collector is too slow: check its load, or remove signals from STARPUNK_OTLP_SIGNALS",
  timeout:
    "The collector does not respond: check that it runs, and that STARPUNK_OTLP_ENDPOINT has its HTTP port (4318, not 4317)",
  refused:
    "The collector rejects the data: check the status, STARPUNK_OTLP_HEADERS, and that it accepts OTLP/HTTP with JSON",
  unreachable: "Connection refused: check STARPUNK_OTLP_ENDPOINT, and that the collector runs"
}

/** Logs once when the collector stops accepting a signal, and once when it accepts it again. */
export const layer: Layer.Layer<never, never, Telemetry | Logger | Settings | SecureRandom> = Layer.scopedDiscard(
  Effect.gen(function* () {
    const { changed } = yield* Telemetry
    const { telemetry } = yield* Settings
    if (Option.isNone(telemetry.endpoint)) return
    const log = (yield* Logger).named("starpunk.telemetry")
    const endpoint = telemetry.endpoint.value
    const logChange = Effect.flatMap(changed, ({ signal, status, trouble }) =>
      trouble === undefined
        ? log.info("Telemetry is delivered again", { signal, endpoint })
        : log.warning("Telemetry is not delivered; requests are not affected", {
            signal,
            endpoint,
            reason: trouble,
            status,
            suggestion: suggestions[trouble]
          })
    )
    yield* Effect.forkScoped(Effect.forever(annotateJob("telemetry")(logChange)))
  })
)
