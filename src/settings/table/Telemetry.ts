import { httpUrl } from "../Address.js"
import { optionalSetting, setting } from "../Setting.js"
import { headers, list, oneOf, text } from "../Syntax.js"

/** Where traces, logs and metrics go, besides the log and /metrics. The other names are OpenTelemetry's own. */
export const telemetry = {
  otlpEndpoint: optionalSetting({
    name: "STARPUNK_OTLP_ENDPOINT",
    aliases: ["OTEL_EXPORTER_OTLP_ENDPOINT"],
    group: "Telemetry",
    description:
      "The OpenTelemetry collector that is told of requests, log lines and measurements, by OTLP over HTTP with JSON; `/v1/traces`, `/v1/logs` and `/v1/metrics` are put behind it. Port 4318 speaks that, port 4317 (gRPC) does not",
    example: "http://127.0.0.1:4318",
    syntax: httpUrl,
    absent: "nobody is told anything",
    of: (values) => values.telemetry.endpoint
  }),
  otlpHeaders: optionalSetting({
    name: "STARPUNK_OTLP_HEADERS",
    aliases: ["OTEL_EXPORTER_OTLP_HEADERS"],
    group: "Telemetry",
    description: "Headers that the collector asks for, such as a key",
    example: "x-api-key=replace-me,x-tenant=notes",
    secret: true,
    syntax: headers,
    absent: "none",
    of: (values) => values.telemetry.headers
  }),
  otlpSignals: setting({
    name: "STARPUNK_OTLP_SIGNALS",
    group: "Telemetry",
    description: "What the collector is told. Leave `metrics` out where Prometheus reads /metrics",
    example: "traces,logs",
    syntax: list(oneOf("traces", "logs", "metrics")),
    default: ["traces", "logs", "metrics"],
    of: (values) => values.telemetry.signals
  }),
  otlpServiceName: setting({
    name: "STARPUNK_OTLP_SERVICE_NAME",
    aliases: ["OTEL_SERVICE_NAME"],
    group: "Telemetry",
    description: "What the collector calls this site",
    example: "my-notes",
    syntax: text(100),
    default: "starpunk",
    of: (values) => values.telemetry.serviceName
  })
}
