import type { About, Kind } from "./Instrument.js"

const unitSuffix = ({ unit }: Pick<About<string>, "unit">, kind: Kind): string => {
  if (unit === "s") return "_seconds"
  if (unit === "By") return "_bytes"
  return unit === "1" && kind === "gauge" ? "_ratio" : ""
}

/**
 * An instrument's name for Prometheus: underscores for dots, the unit at its end, `_total` after that of a counter.
 * https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 */
export const prometheusName = ({ about, kind }: { readonly about: About<string>; readonly kind: Kind }): string =>
  `${prometheusLabel(about.name)}${unitSuffix(about, kind)}${kind === "counter" ? "_total" : ""}`

/** The name of a label for Prometheus. */
export const prometheusLabel = (name: string): string => name.replaceAll(".", "_")
