import type { CheckName, Health, HealthReport } from "../../src/services/HealthChecker.js"

/** The results a verdict rests on. */
export type Checks = HealthReport["checks"]

/**
 * What an unhealthy component makes of the whole:
 *
 * | component    | whole     | because                                                             |
 * |--------------|-----------|---------------------------------------------------------------------|
 * | `database`   | unhealthy | nothing can be read                                                 |
 * | `event_loop` | unhealthy | nothing is answered in time                                         |
 * | `writer`     | degraded  | reading goes on; a write is told why it cannot be done              |
 * | `filesystem` | degraded  | reading goes on while there is no room or no permission             |
 * | `media`      | degraded  | reading and writing text go on while no upload can be kept          |
 * | `search`     | degraded  | the fallback answers                                                |
 * | `pool`       | degraded  | being busy is no reason to send everybody away                      |
 * | `memory`     | degraded  | a threshold that was crossed harms nobody yet                       |
 * | `backup`     | degraded  | what is missing is a copy                                           |
 *
 * A degraded component makes the whole degraded. There is one process: taking it out of service for anything that leaves
 * the blog readable would turn a nuisance into an outage.
 */
const essential: ReadonlySet<CheckName> = new Set(["database", "event_loop"])

/** The verdict on the whole, by the table above. */
export const verdict = (checks: Checks): Health => {
  let worst: Health = "healthy"
  for (const [name, { status }] of entriesOf(checks)) {
    if (status === "unhealthy" && essential.has(name)) return "unhealthy"
    if (status !== "healthy") worst = "degraded"
  }
  return worst
}

/** The results with their names, in the order in which they are told. */
export const entriesOf = (checks: Checks) =>
  Object.entries(checks) as ReadonlyArray<[CheckName, NonNullable<Checks[CheckName]>]>
