import type { About, Kind } from "./Instrument.js"

const unitSuffix = ({ unit }: Pick<About<string>, "unit">, kind: Kind): string => {
  if (unit === "s") return "_seconds"
  if (unit === "By") return "_bytes"
  return unit === "1" && kind === "gauge" ? "_ratio" : ""
}

/**
 * The Prometheus name of an instrument: underscores for dots, the unit as suffix, then `_total` for counters.
 * https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 */
export const prometheusName = ({ about, kind }: { readonly about: About<string>; readonly kind: Kind }): string =>
  `${prometheusLabel(about.name)}${unitSuffix(about, kind)}${kind === "counter" ? "_total" : ""}`

/** The Prometheus name of a label. */
export const prometheusLabel = (name: string): string => name.replaceAll(".", "_")
