import type { Duration, Effect } from "effect"
import type { Failure } from "../../src/errors/Failure.js"
import type { CheckName, CheckResult } from "../../src/services/HealthChecker.js"

/** What one look at a component found. */
export type Observation = Pick<CheckResult, "status" | "reason" | "details">

/** One component of the service and how to look at it. */
export interface Check {
  readonly name: CheckName
  /** From the start of one look to the start of the next; 5 seconds when absent. */
  readonly interval?: Duration.DurationInput
  /** What a look may take; 1 second when absent. */
  readonly deadline?: Duration.DurationInput
  /** Looks once. A failure is told by its code in the catalogue, and makes the component unhealthy. */
  readonly look: Effect.Effect<Observation, Failure>
  /** What is known when the deadline has passed; unhealthy with the reason `timeout` when absent. Reads memory only. */
  readonly late?: Effect.Effect<Observation>
}

/** The component does what it should. */
export const healthy = (details: Observation["details"] = {}): Observation => ({ status: "healthy", details })

/** The component does less than it should, for this reason. */
export const degraded = (reason: string, details: Observation["details"] = {}): Observation => ({
  status: "degraded",
  reason,
  details
})

/** The component does not do what it is for, for this reason. */
export const unhealthy = (reason: string, details: Observation["details"] = {}): Observation => ({
  status: "unhealthy",
  reason,
  details
})
