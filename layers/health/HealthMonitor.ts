import { Cause, Clock, Duration, Effect, Fiber, Option, Schedule, type Scope } from "effect"
import type { Failure } from "../../src/errors/Failure.js"
import * as Metrics from "../../src/metrics/Site.js"
import { annotateJob } from "../../src/services/Correlation.js"
import type { CheckName, CheckResult, HealthChecker, HealthReport } from "../../src/services/HealthChecker.js"
import { Lifecycle } from "../../src/services/Lifecycle.js"
import { Logger } from "../../src/services/Logger.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { type Check, type Observation, unhealthy } from "./Check.js"
import { verdict } from "./Verdict.js"

/** The observation for a failed check: the failure's code, or a general one for defects. The cause itself is logged. */
const explain = (cause: Cause.Cause<Failure>): Observation =>
  unhealthy(
    Option.match(Cause.failureOption(cause), {
      onNone: () => "internal.unforeseen",
      onSome: (failure) => failure.info.code
    })
  )

/** Options of a monitor. */
export interface MonitorOptions {
  readonly version: string
  /** Uptime of the process when the monitor is made. */
  readonly uptime: Duration.Duration
  /** Checks of the process itself: run from the beginning. Liveness depends only on them. */
  readonly process: ReadonlyArray<Check>
  /** Checks of the resources that the process uses: first run when the start has finished. */
  readonly components: ReadonlyArray<Check>
}

/**
 * A HealthChecker over any checks. Each check has its own fiber, which runs it at once and then at every interval,
 * never twice at a time. A run that exceeds its deadline is reported as `timeout`, and the next one waits until it has
 * really ended. Health requests read the last results. A change is logged once.
 */
export const make = (
  options: MonitorOptions
): Effect.Effect<HealthChecker["Type"], never, Lifecycle | Logger | SecureRandom | Scope.Scope> =>
  Effect.gen(function* () {
    const lifecycle = yield* Lifecycle
    const log = (yield* Logger).named("starpunk.health")
    const random = yield* SecureRandom
    const madeAt = yield* Clock.currentTimeNanos
    const results = new Map<CheckName, CheckResult>()

    const record = (name: CheckName, observation: Observation, error?: unknown) =>
      Effect.gen(function* () {
        const before = results.get(name)
        const { reason, status } = observation
        const checkedAt = yield* Clock.currentTimeMillis
        results.set(name, { healthy: status !== "unhealthy", ...observation, checkedAt })
        if ((before?.status ?? "healthy") === status && before?.reason === reason) return
        const fields = {
          check: name,
          status,
          reason,
          ...observation.details,
          ...(error === undefined ? {} : { error })
        }
        const line = {
          healthy: log.info("Health check recovered", fields),
          degraded: log.warning("Health check degraded", fields),
          unhealthy: log.warning("Health check failed", fields)
        }[status]
        yield* line.pipe(annotateJob("health"), Effect.provideService(SecureRandom, random))
      })

    const lookOnce = (check: Check) =>
      Effect.gen(function* () {
        Metrics.healthLooks.add({ check: check.name })
        // A daemon, because a check may hang in a call that cannot be interrupted, and must not delay the shutdown.
        const look = yield* Effect.forkDaemon(
          Effect.matchCauseEffect(check.look, {
            onSuccess: (observation) => Effect.succeed({ observation, error: undefined }),
            onFailure: (cause) => Effect.succeed({ observation: explain(cause), error: cause })
          })
        )
        const outcome = yield* Fiber.join(look).pipe(
          Effect.timeoutOption(check.deadline ?? "1 second"),
          Effect.onInterrupt(() => Fiber.interruptFork(look))
        )
        if (Option.isSome(outcome)) return yield* record(check.name, outcome.value.observation, outcome.value.error)
        yield* record(check.name, yield* check.late ?? Effect.succeed(unhealthy("timeout")))
        yield* Fiber.interrupt(look)
      })

    const watch = (check: Check) => {
      const { interval = "5 seconds", name, whileUnhealthy } = check
      const look = lookOnce(check)
      if (whileUnhealthy === undefined) return Effect.repeat(look, Schedule.fixed(interval))
      const pause = Effect.suspend(() =>
        Effect.sleep(results.get(name)?.status === "unhealthy" ? whileUnhealthy : interval)
      )
      return Effect.forever(Effect.zipRight(look, pause))
    }

    for (const check of options.process) yield* Effect.forkScoped(watch(check))
    for (const check of options.components) {
      yield* Effect.forkScoped(Effect.zipRight(lifecycle.reached("ready"), watch(check)))
    }

    const resultsOf = (checks: ReadonlyArray<Check>): HealthReport["checks"] =>
      Object.fromEntries(
        checks.flatMap(({ name }) => {
          const result = results.get(name)
          return result === undefined ? [] : [[name, result]]
        })
      )

    const report = (checks: HealthReport["checks"], reason?: "starting" | "draining") =>
      Effect.gen(function* () {
        const sinceMade = (yield* Clock.currentTimeNanos) - madeAt
        return {
          status: reason === undefined ? verdict(checks) : "unhealthy",
          timestamp: yield* Clock.currentTimeMillis,
          uptime: Duration.toSeconds(Duration.sum(options.uptime, Duration.nanos(sinceMade))),
          version: options.version,
          ...(reason === undefined ? {} : { reason }),
          checks
        } satisfies HealthReport
      })

    const all = [...options.components, ...options.process]

    return {
      live: Effect.suspend(() => report(resultsOf(options.process))),
      ready: Effect.flatMap(lifecycle.phase, (phase) => {
        if (phase !== "ready") return report(resultsOf(all), phase)
        // A component that was not checked yet may be unhealthy.
        const unseen = options.components.some(({ name }) => !results.has(name))
        return report(resultsOf(all), unseen ? "starting" : undefined)
      }),
      startup: Effect.flatMap(lifecycle.phase, (phase) => report({}, phase === "starting" ? phase : undefined))
    }
  })
