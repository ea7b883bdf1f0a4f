import type { CheckResult, Health, HealthReport } from "../../services/HealthChecker.js"

/** The media type of draft-inadarei-api-health-check-06, expired but the nearest to a standard there is. */
export const mediaType = "application/health+json"

const status: Readonly<Record<Health, "pass" | "warn" | "fail">> = {
  healthy: "pass",
  degraded: "warn",
  unhealthy: "fail"
}

const componentType: Readonly<Record<string, "datastore" | "component" | "system">> = {
  database: "datastore",
  writer: "datastore",
  pool: "datastore",
  search: "component",
  filesystem: "system",
  media: "system",
  memory: "system",
  event_loop: "system"
}

/** The end of a detail's name says its unit. */
const units: ReadonlyArray<readonly [suffix: string, unit: string]> = [
  ["_ms", "ms"],
  ["_mb", "MB"],
  ["_bytes", "bytes"]
]

const measurement = (component: string, result: CheckResult) => ({
  componentType: componentType[component] ?? "component",
  status: status[result.status],
  time: new Date(result.checkedAt).toISOString(),
  ...(result.reason === undefined ? {} : { output: result.reason })
})

const measurementsOf = (component: string, result: CheckResult) => {
  const details = Object.entries(result.details)
  const common = measurement(component, result)
  if (details.length === 0) return [[component, [common]] as const]
  return details.map(([name, observedValue]) => {
    const observedUnit = units.find(([suffix]) => name.endsWith(suffix))?.[1]
    const observed = { observedValue, ...(observedUnit === undefined ? {} : { observedUnit }) }
    return [`${component}:${name}`, [{ ...common, ...observed }]] as const
  })
}

/** The verdict alone, for everybody. */
export const brief = (report: HealthReport) => ({ status: status[report.status] })

/** The verdict and what it rests on: `checks` by `component:measurement`, as the draft's section 4 has them. */
export const detailed = (report: HealthReport) => ({
  ...brief(report),
  version: report.version.split(".", 1)[0],
  releaseId: report.version,
  ...(report.reason === undefined ? {} : { output: report.reason }),
  checks: {
    uptime: [
      {
        componentType: "system",
        status: "pass",
        observedValue: report.uptime,
        observedUnit: "s",
        time: new Date(report.timestamp).toISOString()
      }
    ],
    ...Object.fromEntries(
      Object.entries(report.checks).flatMap(([component, result]) => measurementsOf(component, result))
    )
  }
})
