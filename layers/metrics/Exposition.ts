import { Effect, Layer } from "effect"
import type { Metric } from "prom-client"
import type { AnyInstrument } from "../../src/metrics/Catalogue.js"
import { Exposition } from "../../src/metrics/Exposition.js"
import type { Series } from "../../src/metrics/Instrument.js"
import { prometheusLabel, prometheusName } from "../../src/metrics/PrometheusName.js"

/** A line, as the library's own metrics hand it to the registry. */
interface Value {
  readonly metricName?: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const labelsOf = ({ labels }: Series): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).map(([name, value]) => [prometheusLabel(name), value]))

const valuesOf = (name: string, series: Series): ReadonlyArray<Value> => {
  const labels = labelsOf(series)
  const { value } = series
  if (typeof value === "number") return [{ labels, value }]
  const bound = (upper: number) => (Number.isFinite(upper) ? String(upper) : "+Inf")
  return [
    ...value.buckets.map(([upper, count]) => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le: bound(upper) },
      value: count
    })),
    { metricName: `${name}_sum`, labels, value: value.sum },
    { metricName: `${name}_count`, labels, value: value.count }
  ]
}

/** What the library's registry asks of a metric. It may have taken `_total` from the name by the time that it asks. */
class Registered {
  readonly type: AnyInstrument["kind"]
  name: string

  constructor(private readonly instrument: AnyInstrument) {
    this.type = instrument.kind
    this.name = prometheusName(instrument)
  }

  get() {
    const { about, kind, series } = this.instrument
    const values = series.flatMap((one) => valuesOf(this.name, one))
    return { name: this.name, help: about.help, type: kind, values }
  }
}

/** Written by prom-client, which is loaded when somebody asks first: who has no Prometheus does not pay for it. */
export const layer: Layer.Layer<Exposition> = Layer.succeed(Exposition, {
  write: (instruments, format) =>
    Effect.promise(async () => {
      const { default: client } = await import("prom-client")
      const { Registry } = client
      const { OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE } = Registry
      const contentType = format === "openmetrics" ? OPENMETRICS_CONTENT_TYPE : PROMETHEUS_CONTENT_TYPE
      // Its types know no constructor with an argument, though its documentation does.
      const registry = Reflect.construct(Registry, [contentType]) as InstanceType<typeof Registry>
      for (const instrument of instruments) {
        // All that the registry calls of a metric is there; the type names the library's own four classes.
        registry.registerMetric(new Registered(instrument) as unknown as Metric)
      }
      return registry.metrics()
    })
})
