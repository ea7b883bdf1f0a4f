import type { CheckResult, Health, HealthReport } from "../../services/HealthChecker.js"

/** Media type of draft-inadarei-api-health-check-06, which has expired but is the closest to a standard. */
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

/** The suffix of a detail's name is its unit. */
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

/** The status only, for everyone. */
export const brief = (report: HealthReport) => ({ status: status[report.status] })

/** The status with details: `checks` by `component:measurement`, as in section 4 of the draft. */
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
