import { Effect, Layer } from "effect"
import type { Metric } from "prom-client"
import type { AnyInstrument } from "../../src/metrics/Catalogue.js"
import { Exposition } from "../../src/metrics/Exposition.js"
import type { Series } from "../../src/metrics/Instrument.js"
import { prometheusLabel, prometheusName } from "../../src/metrics/PrometheusName.js"

/** A value in the form of the library's own metrics. */
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

/** What the library's registry requires of a metric. It may have removed `_total` from the name. */
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

/** Uses prom-client, which is loaded on the first scrape. */
export const layer: Layer.Layer<Exposition> = Layer.succeed(Exposition, {
  write: (instruments, format) =>
    Effect.promise(async () => {
      const { default: client } = await import("prom-client")
      const { Registry } = client
      const { OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE } = Registry
      const contentType = format === "openmetrics" ? OPENMETRICS_CONTENT_TYPE : PROMETHEUS_CONTENT_TYPE
      // The library's types lack this documented constructor argument.
      const registry = Reflect.construct(Registry, [contentType]) as InstanceType<typeof Registry>
      for (const instrument of instruments) {
        // It has everything that the registry calls; the type allows only the library's own four classes.
        registry.registerMetric(new Registered(instrument) as unknown as Metric)
      }
      return registry.metrics()
    })
})
