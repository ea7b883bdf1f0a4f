import { HttpClient } from "@effect/platform"
import { Context, Duration, Effect, Layer, Option, Queue, Redacted } from "effect"
import { telemetryFailures } from "../../src/metrics/Site.js"
import { Tracing } from "../../src/services/Tracing.js"
import { Settings, type SettingsValues } from "../../src/settings/Config.js"
import { version } from "../../src/version.js"
import type { LogRecord } from "../log/LogRecord.js"
import * as Collector from "./Collector.js"

/** Connects the log with the collector. */
export class Telemetry extends Context.Tag("starpunk/layers/Telemetry")<
  Telemetry,
  {
    /** Receives every record; none if logs are not exported. Never waits, never throws. */
    readonly line: Option.Option<(record: LogRecord) => void>
    /** Waits until the collector starts or stops accepting a signal. */
    readonly changed: Effect.Effect<Collector.Delivery>
  }
>() {}

/** Maximum number of spans, lines and snapshots per batch, and the intervals of batches. */
const maxBatchSize = 512
const every = { traces: "5 seconds", logs: "2 seconds", metrics: "10 seconds" } as const
/** A hanging collector must not delay the end of the process. */
const shutdownTimeout = Duration.seconds(1)

const headersOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(",").map((field) => {
      const at = field.indexOf("=")
      return [field.slice(0, at).trim().toLowerCase(), decodeURIComponent(field.slice(at + 1).trim())]
    })
  )

/** Reports changes only: an unavailable collector is one line, not one for every batch. */
const watchDeliveries = Effect.gen(function* () {
  const changes = yield* Queue.sliding<Collector.Delivery>(16)
  const failing = new Set<string>()
  return {
    changed: Queue.take(changes),
    onDelivery: (delivery: Collector.Delivery) => {
      const { signal, trouble } = delivery
      if (trouble !== undefined) telemetryFailures.add({ signal })
      if (failing.has(signal) === (trouble !== undefined)) return
      if (trouble === undefined) failing.delete(signal)
      else failing.add(signal)
      changes.unsafeOffer(delivery)
    }
  }
})

const exporting = (telemetry: SettingsValues["telemetry"], endpoint: string, instance: string) =>
  Effect.gen(function* () {
    // Loaded only if there is a collector.
    const { ExportedLine, OtlpLogger, OtlpMetrics, OtlpSerialization, OtlpTracer, Payload } = yield* Effect.promise(
      () => import("./Otlp.js")
    )
    const { changed, onDelivery } = yield* watchDeliveries
    const client = yield* Collector.make(onDelivery)
    const options = (signal: keyof typeof every) => ({
      url: `${endpoint}/v1/${signal}`,
      headers: Option.match(telemetry.headers, {
        onNone: () => undefined,
        onSome: (headers) => headersOf(Redacted.value(headers))
      }),
      resource: {
        serviceName: telemetry.serviceName,
        serviceVersion: version,
        attributes: { "service.instance.id": instance }
      },
      exportInterval: every[signal],
      maxBatchSize,
      shutdownTimeout
    })
    const wanted = (signal: keyof typeof every) => telemetry.signals.includes(signal)
    for (const signal of telemetry.signals) telemetryFailures.add({ signal }, 0)

    const { payload } = Payload
    return yield* Effect.gen(function* () {
      const tracer = wanted("traces") ? Option.some(yield* OtlpTracer.make(options("traces"))) : Option.none()
      const line = wanted("logs")
        ? Option.some(ExportedLine.exportLine(yield* OtlpLogger.make(options("logs"))))
        : Option.none()
      if (wanted("metrics")) yield* OtlpMetrics.make(options("metrics"))
      return Context.make(Tracing, tracer).pipe(Context.add(Telemetry, { line, changed }))
    }).pipe(
      Effect.provideService(HttpClient.HttpClient, client),
      Effect.provideService(OtlpSerialization.OtlpSerialization, { traces: payload, metrics: payload, logs: payload })
    )
  })

const nobody = Context.make(Tracing, Option.none()).pipe(
  Context.add(Telemetry, { line: Option.none(), changed: Effect.never })
)

/**
 * Exports traces, log lines and metrics by OTLP to the collector that the settings name, if there is one. No request
 * waits for the collector. Batches that it does not accept are dropped and counted.
 */
export const layer: Layer.Layer<Telemetry, never, Settings> = Layer.scopedContext(
  Effect.gen(function* () {
    const { instance, siteUrl, telemetry } = yield* Settings
    // Instances of a site have the same address.
    const id = Option.getOrElse(instance, () => new URL(siteUrl).host)
    return Option.isNone(telemetry.endpoint) ? nobody : yield* exporting(telemetry, telemetry.endpoint.value, id)
  })
)
