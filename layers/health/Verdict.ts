import type { CheckName, Health, HealthReport } from "../../src/services/HealthChecker.js"

/** Results of the checks. */
export type Checks = HealthReport["checks"]

/**
 * Effect of an unhealthy component on the overall status:
 *
 * | component    | overall   | because                                           |
 * |--------------|-----------|---------------------------------------------------|
 * | `database`   | unhealthy | nothing can be read                               |
 * | `event_loop` | unhealthy | nothing is answered in time                       |
 * | `writer`     | degraded  | reading works; a failing write reports its reason |
 * | `filesystem` | degraded  | reading works without free space or permission    |
 * | `media`      | degraded  | reading and writing text work; uploads do not     |
 * | `search`     | degraded  | the fallback answers                              |
 * | `pool`       | degraded  | a busy server should still answer                 |
 * | `memory`     | degraded  | crossing a threshold does no harm yet             |
 * | `backup`     | degraded  | only a copy is missing                            |
 * | `instances`  | degraded  | each of them works                                |
 *
 * A degraded component makes the overall status degraded. Most sites have one process, and what degrades one of
 * several degrades all, so taking it out of service while the blog is readable would cause an outage.
 */
const essential: ReadonlySet<CheckName> = new Set(["database", "event_loop"])

/** The overall status, by the table above. */
export const verdict = (checks: Checks): Health => {
  let worst: Health = "healthy"
  for (const [name, { status }] of entriesOf(checks)) {
    if (status === "unhealthy" && essential.has(name)) return "unhealthy"
    if (status !== "healthy") worst = "degraded"
  }
  return worst
}

/** The results with their names, in the order of the report. */
const entriesOf = (checks: Checks) =>
  Object.entries(checks) as ReadonlyArray<[CheckName, NonNullable<Checks[CheckName]>]>
