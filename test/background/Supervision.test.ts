import { expect, it } from "@effect/vitest"
import { Context, Duration, Effect, Exit, Layer, Option, Ref, Scope, TestClock } from "effect"
import { CapturedLogs, layerCapture } from "../../layers/memory/Logger.js"
import * as SecureRandom from "../../layers/memory/SecureRandom.js"
import * as ServiceManager from "../../layers/memory/ServiceManager.js"
import { layerTest } from "../../layers/memory/Settings.js"
import * as NodeLifecycle from "../../layers/process/Lifecycle.js"
import * as Supervision from "../../src/background/Supervision.js"
import { type Health, HealthChecker, type HealthReport } from "../../src/services/HealthChecker.js"
import { Lifecycle } from "../../src/services/Lifecycle.js"

const serving = "Serving https://me.example"

/** A report with one component in the state of the whole. */
const report = (status: Health, name: "event_loop" | "search" = "search"): HealthReport => ({
  status,
  timestamp: 0,
  uptime: 0,
  version: "0.0.0-test",
  checks: { [name]: { healthy: status !== "unhealthy", status, checkedAt: 0, details: {} } }
})

/** A supervised process; `stop` ends it like a signal: first the drain, then the services. */
const supervised = (watchdog: Option.Option<Duration.Duration>) =>
  Effect.gen(function* () {
    const scope = yield* Effect.acquireRelease(Scope.make(), (scope) => Scope.close(scope, Exit.void))
    const live = yield* Ref.make(report("healthy"))
    const ready = yield* Ref.make(report("healthy"))
    const context = yield* Layer.buildWithScope(
      Supervision.layer.pipe(
        Layer.provideMerge(
          Layer.mergeAll(
            Layer.succeed(HealthChecker, { live: Ref.get(live), ready: Ref.get(ready), startup: Ref.get(ready) }),
            ServiceManager.layer(watchdog),
            NodeLifecycle.layer,
            layerCapture,
            SecureRandom.layer,
            layerTest({
              siteUrl: "https://me.example",
              drain: { delay: Duration.seconds(5), deadline: Duration.seconds(10) }
            })
          )
        )
      ),
      scope
    )
    const { advance } = Context.get(context, Lifecycle)
    return {
      ...Context.get(context, ServiceManager.Notices),
      live,
      ready,
      logged: Effect.map(Context.get(context, CapturedLogs).events, (events) =>
        events.filter(({ fields }) => fields.job === "supervision")
      ),
      advance,
      stop: Effect.zipRight(advance("draining"), Scope.close(scope, Exit.void))
    }
  })

const watched = supervised(Option.some(Duration.seconds(30)))

const stopping = {
  state: "stopping",
  extend: Duration.seconds(75),
  status: "Stopping: finishing running requests"
}

it.scoped("reports READY when the site is ready, not before", () =>
  Effect.gen(function* () {
    const { advance, sent } = yield* watched
    yield* TestClock.adjust("9 seconds")
    expect(yield* sent).toEqual([])
    yield* advance("ready")
    yield* TestClock.adjust("1 second")
    expect(yield* sent).toEqual([{ state: "ready", status: serving }])
  })
)

it.scoped("delays READY until every health check has run, up to a limit", () =>
  Effect.gen(function* () {
    const { advance, ready, sent } = yield* watched
    yield* Ref.set(ready, { ...report("unhealthy"), reason: "starting" })
    yield* advance("ready")
    yield* TestClock.adjust("4 seconds")
    expect(yield* sent).toEqual([])
    yield* TestClock.adjust("2 seconds")
    expect(yield* sent).toEqual([{ state: "ready", status: "Not ready: starting" }])
  })
)

it.scoped("extends the start timeout for as long as a slow start takes", () =>
  Effect.gen(function* () {
    const { advance, sent } = yield* watched
    yield* TestClock.adjust("300 seconds")
    const asked = yield* sent
    expect(asked).toHaveLength(30)
    for (const { extend } of asked) expect(extend).toEqual(Duration.seconds(30))
    yield* advance("ready")
    yield* TestClock.adjust("10 seconds")
    expect(yield* sent).toHaveLength(31)
  })
)

it.scoped("sends a watchdog ping twice per interval while liveness passes", () =>
  Effect.gen(function* () {
    const { advance, live, ready, sent } = yield* watched
    yield* advance("ready")
    yield* TestClock.adjust("60 seconds")
    expect((yield* sent).filter(({ alive }) => alive === true)).toHaveLength(4)
    yield* Ref.set(live, report("unhealthy", "event_loop"))
    yield* Ref.set(ready, report("unhealthy", "event_loop"))
    yield* TestClock.adjust("60 seconds")
    const since = (yield* sent).slice(5)
    expect(since).toEqual([{ status: "Not ready: event_loop" }])
  })
)

it.scoped("sends no pings without a watchdog; the status follows the health verdict", () =>
  Effect.gen(function* () {
    const { advance, ready, sent } = yield* supervised(Option.none())
    yield* advance("ready")
    yield* TestClock.adjust("5 minutes")
    yield* Ref.set(ready, report("degraded"))
    yield* TestClock.adjust("5 minutes")
    yield* Ref.set(ready, report("healthy"))
    yield* TestClock.adjust("5 minutes")
    expect(yield* sent).toEqual([
      { state: "ready", status: serving },
      { status: `${serving}, degraded: search` },
      { status: serving }
    ])
  })
)

it.scoped("reports STOPPING once, when the drain begins, with its timeout, and nothing afterwards", () =>
  Effect.gen(function* () {
    const { advance, sent } = yield* watched
    yield* advance("ready")
    yield* TestClock.adjust("1 second")
    yield* advance("draining")
    yield* TestClock.adjust("5 minutes")
    expect(yield* sent).toEqual([{ state: "ready", status: serving }, stopping])
  })
)

it.scoped("reports STOPPING for an immediate stop, and no READY for a start that was stopped", () =>
  Effect.gen(function* () {
    const { stop, sent } = yield* watched
    yield* stop
    yield* TestClock.adjust("5 minutes")
    expect(yield* sent).toEqual([stopping])
  })
)

it.scoped("logs one warning while the manager is unreachable, and one line when it is reachable again", () =>
  Effect.gen(function* () {
    const { advance, logged, reachable, sent } = yield* watched
    yield* reachable(false)
    yield* advance("ready")
    yield* TestClock.adjust("10 minutes")
    expect(yield* logged).toMatchObject([
      { level: "WARNING", fields: { error: { _tag: "ServiceManagerUnreachable" } } }
    ])
    yield* reachable(true)
    yield* TestClock.adjust("10 minutes")
    expect((yield* logged).map(({ level }) => level)).toEqual(["WARNING", "INFO"])
    expect((yield* sent).length).toBeGreaterThan(30)
  })
)
