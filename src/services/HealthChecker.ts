import { Context, type Effect } from "effect"

/** `degraded` still serves; `unhealthy` does not. */
export type Health = "healthy" | "degraded" | "unhealthy"

/** What one component said. */
export interface CheckResult {
  /** The seed's field: false only when the component is `unhealthy`. */
  readonly healthy: boolean
  readonly status: Health
  /** Epoch milliseconds at which it was looked at. */
  readonly checkedAt: number
  /** A code of the catalogue or a short reason such as `timeout`; never a path or a driver's text. */
  readonly reason?: string
  /** What was observed, in snake_case with units in the name: `free_bytes`, `usage_mb`, `pool_size` … */
  readonly details: Readonly<Record<string, string | number | boolean>>
}

/** The names the seed promised, then ours. */
export type CheckName =
  | "database"
  | "writer"
  | "search"
  | "filesystem"
  | "media"
  | "memory"
  | "pool"
  | "backup"
  | "event_loop"

/** A verdict and what it rests on. */
export interface HealthReport {
  readonly status: Health
  /** Epoch milliseconds at which the verdict was reached. */
  readonly timestamp: number
  /** Seconds since the process started. */
  readonly uptime: number
  readonly version: string
  /** Why without looking at components: `starting` or `draining`. */
  readonly reason?: "starting" | "draining"
  readonly checks: Readonly<Partial<Record<CheckName, CheckResult>>>
}

/** Checks run in the background, each with its own deadline; these effects only read the last results. */
export class HealthChecker extends Context.Tag("starpunk/HealthChecker")<
  HealthChecker,
  {
    /** Is the process itself alive? Never looks at the database, the disk or another host. */
    readonly live: Effect.Effect<HealthReport>
    /** Should requests be sent here? Unhealthy while starting and draining. */
    readonly ready: Effect.Effect<HealthReport>
    /** Has the start finished? Stays healthy afterwards. */
    readonly startup: Effect.Effect<HealthReport>
  }
>() {}
