import { Context, type Duration, type Effect, type Option } from "effect"
import type { ServiceManagerUnreachable } from "../errors/failure/Supervision.js"

/** What a service manager is told, all of it in one message. */
export interface Notice {
  readonly state?: "ready" | "stopping"
  /** A sign of life. */
  readonly alive?: boolean
  /** One line for whoever looks at the service. */
  readonly status?: string
  /** How much longer the start or the stop that is under way may take, from now on. */
  readonly extend?: Duration.Duration
}

/** A service manager that waits for word from this process. */
export interface WaitingManager {
  /** Hands the notice over; it has arrived once this ends. Ends within ten seconds and is not interrupted. */
  readonly notify: (notice: Notice) => Effect.Effect<void, ServiceManagerUnreachable>
  /** Without a sign of life for so long, the manager starts the service anew; it does not watch where there is none. */
  readonly watchdog: Option.Option<Duration.Duration>
}

/** Whoever started this process and keeps it running (systemd); none where nobody waits for word. */
export class ServiceManager extends Context.Tag("starpunk/ServiceManager")<
  ServiceManager,
  Option.Option<WaitingManager>
>() {}
