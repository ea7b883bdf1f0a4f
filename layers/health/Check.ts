import type { Duration, Effect } from "effect"
import type { Failure } from "../../src/errors/Failure.js"
import type { CheckName, CheckResult } from "../../src/services/HealthChecker.js"

/** Result of one run of a check. */
export type Observation = Pick<CheckResult, "status" | "reason" | "details">

/** A health check of one component. */
export interface Check {
  readonly name: CheckName
  /** Interval between the starts of two runs; 5 seconds when absent. */
  readonly interval?: Duration.DurationInput
  /** Pause after a run that was unhealthy; the interval when absent. */
  readonly whileUnhealthy?: Duration.DurationInput
  /** Maximum duration of a run; 1 second when absent. */
  readonly deadline?: Duration.DurationInput
  /** Runs the check once. A failure makes the component unhealthy, with its code of the error catalogue as reason. */
  readonly look: Effect.Effect<Observation, Failure>
  /** Result after the deadline; unhealthy with the reason `timeout` when absent. Reads memory only. */
  readonly late?: Effect.Effect<Observation>
}

/** The component works. */
export const healthy = (details: Observation["details"] = {}): Observation => ({ status: "healthy", details })

/** The component works with restrictions, for this reason. */
export const degraded = (reason: string, details: Observation["details"] = {}): Observation => ({
  status: "degraded",
  reason,
  details
})

/** The component does not work, for this reason. */
export const unhealthy = (reason: string, details: Observation["details"] = {}): Observation => ({
  status: "unhealthy",
  reason,
  details
})
