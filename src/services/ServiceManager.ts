import { Context, type Duration, type Effect, type Option } from "effect"
import type { ServiceManagerUnreachable } from "../errors/Supervision.js"

/** One notification to the service manager. */
export interface Notice {
  readonly state?: "ready" | "stopping"
  /** A keep-alive for the watchdog. */
  readonly alive?: boolean
  /** One line for people who look at the service. */
  readonly status?: string
  /** Extends the timeout of the current start or stop, counted from now. */
  readonly extend?: Duration.Duration
}

/** A service manager that expects notifications from this process. */
export interface WaitingManager {
  /** Sends the notice and waits until it is delivered. Ends within ten seconds and cannot be interrupted. */
  readonly notify: (notice: Notice) => Effect.Effect<void, ServiceManagerUnreachable>
  /** The manager restarts the service after this time without a keep-alive; none if it does not watch. */
  readonly watchdog: Option.Option<Duration.Duration>
}

/** The service manager (systemd) that started this process; none if it expects no notifications. */
export class ServiceManager extends Context.Tag("starpunk/ServiceManager")<
  ServiceManager,
  Option.Option<WaitingManager>
>() {}
