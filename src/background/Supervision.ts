import { Duration, Effect, Layer, Option, Ref, Schedule } from "effect"
import { annotateJob } from "../services/Correlation.js"
import { HealthChecker, type HealthReport } from "../services/HealthChecker.js"
import { Lifecycle } from "../services/Lifecycle.js"
import { Logger } from "../services/Logger.js"
import { SecureRandom } from "../services/SecureRandom.js"
import { type Notice, ServiceManager } from "../services/ServiceManager.js"
import { Settings } from "../settings/Config.js"

/**
 * Interval at which a long start asks the service manager for more time, and the time that it asks for. A migration has
 * no fixed duration.
 */
const longStart = { every: Duration.seconds(10), extend: Duration.seconds(30) }

/** Time for services to end after the drain, because a running backup is completed. */
const closing = Duration.seconds(60)

/**
 * Interval of the poll for the first results of all health checks, and how long it delays the "ready" notification at
 * most. The manager may query readiness right after the notification.
 */
const firstLook = { every: Duration.millis(50), atMost: Duration.seconds(5) }

/** Interval of updates of the status line if the manager has no watchdog. */
const statusEvery = Duration.seconds(30)

const troubled = ({ checks }: HealthReport): string =>
  Object.entries(checks)
    .flatMap(([name, check]) => (check.status === "healthy" ? [] : [name]))
    .join(", ")

/** Formats the health report as one line. */
const sentenceOf = (report: HealthReport, siteUrl: string): string => {
  switch (report.status) {
    case "healthy":
      return `Serving ${siteUrl}`
    case "degraded":
      return `Serving ${siteUrl}, degraded: ${troubled(report)}`
    case "unhealthy":
      return `Not ready: ${report.reason ?? troubled(report)}`
  }
}

/**
 * Notifies the service manager: ready once the site answers, keep-alives twice in every watchdog interval while
 * liveness is healthy, stopping when the drain begins. A blocked event loop sends no keep-alive. Built before the
 * server listens, so it outlives the drain.
 */
export const layer: Layer.Layer<
  never,
  never,
  ServiceManager | HealthChecker | Lifecycle | Logger | SecureRandom | Settings
> = Layer.scopedDiscard(
  Effect.gen(function* () {
    const manager = yield* ServiceManager
    if (Option.isNone(manager)) return
    const { notify, watchdog } = manager.value
    const lifecycle = yield* Lifecycle
    const health = yield* HealthChecker
    const { drain, siteUrl } = yield* Settings
    const log = (yield* Logger).named("starpunk.supervision")
    const random = yield* SecureRandom
    const reachable = yield* Ref.make(true)
    const lastStatus = yield* Ref.make("")
    const oneAtATime = yield* Effect.makeSemaphore(1)

    const send = (notice: Notice) =>
      notify(notice).pipe(
        Effect.zipRight(Ref.getAndSet(reachable, true)),
        Effect.flatMap((before) => (before ? Effect.void : log.info("The service manager is notified again"))),
        Effect.catchAll((error) =>
          Effect.flatMap(Ref.getAndSet(reachable, false), (before) =>
            before ? log.warning("The service manager could not be notified", { error }) : Effect.void
          )
        ),
        annotateJob("supervision"),
        Effect.provideService(SecureRandom, random)
      )

    const whileReady = (notice: Effect.Effect<Notice>) =>
      Effect.whenEffect(
        Effect.flatMap(notice, send),
        Effect.map(lifecycle.phase, (phase) => phase === "ready")
      ).pipe(oneAtATime.withPermits(1))

    const starting = send({ extend: longStart.extend, status: "Starting: migrating the database" }).pipe(
      Effect.delay(longStart.every),
      Effect.forever
    )

    const look = Effect.gen(function* () {
      const status = sentenceOf(yield* health.ready, siteUrl)
      const changed = (yield* Ref.getAndSet(lastStatus, status)) !== status
      const alive = Option.isSome(watchdog) && (yield* health.live).status !== "unhealthy"
      if (alive || changed)
        yield* whileReady(Effect.succeed({ ...(alive ? { alive } : {}), ...(changed ? { status } : {}) }))
    })

    const serving = Effect.gen(function* () {
      yield* Effect.raceFirst(lifecycle.reached("ready"), starting)
      yield* health.ready.pipe(
        Effect.repeat({ until: ({ reason }) => reason !== "starting", schedule: Schedule.spaced(firstLook.every) }),
        Effect.timeoutOption(firstLook.atMost)
      )
      const status = sentenceOf(yield* health.ready, siteUrl)
      yield* Ref.set(lastStatus, status)
      yield* whileReady(Effect.succeed({ state: "ready", status }))
      const every = Option.match(watchdog, {
        onNone: () => statusEvery,
        onSome: (interval) => Duration.times(interval, 0.5)
      })
      yield* Effect.schedule(look, Schedule.spaced(every))
    })

    const stopping = yield* Effect.cached(
      oneAtATime.withPermits(1)(
        send({
          state: "stopping",
          extend: Duration.sum(Duration.sum(drain.delay, drain.deadline), closing),
          status: "Stopping: finishing running requests"
        })
      )
    )

    yield* Effect.forkScoped(serving)
    yield* Effect.forkScoped(Effect.zipRight(lifecycle.reached("draining"), stopping))
    yield* Effect.addFinalizer(() => stopping)
  })
)
