import { httpUrl } from "../Address.js"
import { optionalSetting, setting } from "../Setting.js"
import { headers, list, oneOf, text } from "../Syntax.js"

/** Settings of the export of traces, logs and metrics. The aliases are OpenTelemetry's names. */
export const telemetry = {
  telemetry: {
    endpoint: optionalSetting({
      name: "STARPUNK_OTLP_ENDPOINT",
      aliases: ["OTEL_EXPORTER_OTLP_ENDPOINT"],
      group: "Telemetry",
      description:
        "Base URL of an OTLP/HTTP (JSON) collector for traces, logs and metrics. StarPunk appends `/v1/traces`, `/v1/logs` and `/v1/metrics`. Use port 4318, not the gRPC port 4317",
      example: "http://127.0.0.1:4318",
      syntax: httpUrl,
      absent: "unset: export disabled"
    }),
    headers: optionalSetting({
      name: "STARPUNK_OTLP_HEADERS",
      aliases: ["OTEL_EXPORTER_OTLP_HEADERS"],
      group: "Telemetry",
      description: "Headers for the collector, such as an API key",
      example: "x-api-key=replace-me,x-tenant=notes",
      secret: true,
      syntax: headers,
      absent: "none"
    }),
    signals: setting({
      name: "STARPUNK_OTLP_SIGNALS",
      group: "Telemetry",
      description: "Signals to export. Leave out `metrics` if Prometheus scrapes /metrics",
      example: "traces,logs",
      syntax: list(oneOf("traces", "logs", "metrics")),
      default: ["traces", "logs", "metrics"]
    }),
    serviceName: setting({
      name: "STARPUNK_OTLP_SERVICE_NAME",
      aliases: ["OTEL_SERVICE_NAME"],
      group: "Telemetry",
      description: "Name of this site in the collector",
      example: "my-notes",
      syntax: text(100),
      default: "starpunk"
    })
  }
}
