import { Context, type Effect } from "effect"

/** `degraded` still serves; `unhealthy` does not. */
export type Health = "healthy" | "degraded" | "unhealthy"

/** Result of the check of one component. */
export interface CheckResult {
  /** False only if the component is `unhealthy`. */
  readonly healthy: boolean
  readonly status: Health
  /** Time of the check in epoch milliseconds. */
  readonly checkedAt: number
  /** A code of the error catalogue or a short reason such as `timeout`; never a path or a driver's message. */
  readonly reason?: string
  /** Observed values, named in snake_case with units: `free_bytes`, `usage_mb`, `pool_size` … */
  readonly details: Readonly<Record<string, string | number | boolean>>
}

/** Names of the checks, as health responses use them. */
export type CheckName =
  | "database"
  | "writer"
  | "search"
  | "filesystem"
  | "media"
  | "memory"
  | "pool"
  | "backup"
  | "instances"
  | "event_loop"

/** The overall status and the checks that it results from. */
export interface HealthReport {
  readonly status: Health
  /** Time of the report in epoch milliseconds. */
  readonly timestamp: number
  /** Seconds since the process started. */
  readonly uptime: number
  readonly version: string
  /** Reason for a status that does not depend on the checks: `starting` or `draining`. */
  readonly reason?: "starting" | "draining"
  readonly checks: Readonly<Partial<Record<CheckName, CheckResult>>>
}

/**
 * Results of health checks. Checks run in the background, each with its own deadline; these effects only read the last
 * results.
 */
export class HealthChecker extends Context.Tag("starpunk/HealthChecker")<
  HealthChecker,
  {
    /** Whether the process itself is alive. Never depends on the database, the disk or another host. */
    readonly live: Effect.Effect<HealthReport>
    /** Whether requests should be sent here. Unhealthy while starting and draining. */
    readonly ready: Effect.Effect<HealthReport>
    /** Whether the start has finished. Stays healthy afterwards. */
    readonly startup: Effect.Effect<HealthReport>
  }
>() {}
