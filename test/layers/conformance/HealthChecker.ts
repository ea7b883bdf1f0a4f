import { describe, expect, it } from "@effect/vitest"
import { Effect, type Layer, TestClock } from "effect"
import { HealthChecker, type HealthReport } from "../../../src/services/HealthChecker.js"
import { Lifecycle } from "../../../src/services/Lifecycle.js"
import { eventually } from "../../fixtures/Eventually.js"

const seedsChecks = ["database", "search", "filesystem", "memory"] as const

/** Contract of HealthChecker, with healthy components. */
export const conforms = <E>(name: string, implementation: Layer.Layer<HealthChecker | Lifecycle, E>) =>
  describe(`HealthChecker: ${name}`, () => {
    const test = (title: string, body: Effect.Effect<unknown, never, HealthChecker | Lifecycle>) =>
      it.effect(title, () => Effect.provide(body, implementation))

    const ready = Effect.flatMap(HealthChecker, (health) => health.ready)
    const live = Effect.flatMap(HealthChecker, (health) => health.live)
    const startup = Effect.flatMap(HealthChecker, (health) => health.startup)
    const advance = (phase: "ready" | "draining") => Effect.flatMap(Lifecycle, (lifecycle) => lifecycle.advance(phase))
    const isHealthy = (report: HealthReport) => report.status === "healthy"

    test(
      "is alive, but neither started nor ready, until the start is over",
      Effect.gen(function* () {
        expect((yield* live).status).toBe("healthy")
        expect(yield* startup).toMatchObject({ status: "unhealthy", reason: "starting" })
        expect(yield* ready).toMatchObject({ status: "unhealthy", reason: "starting" })
      })
    )

    test(
      "is ready as soon as every check has run once, without waiting for an interval",
      Effect.gen(function* () {
        yield* advance("ready")
        expect((yield* startup).status).toBe("healthy")
        const report = yield* eventually(ready, isHealthy)
        expect(report.reason).toBeUndefined()
        for (const check of seedsChecks) {
          expect(report.checks[check]).toMatchObject({ healthy: true, status: "healthy", checkedAt: 0 })
        }
      })
    )

    test(
      "liveness depends on the event loop only",
      Effect.gen(function* () {
        yield* advance("ready")
        yield* eventually(ready, isHealthy)
        expect(Object.keys((yield* live).checks)).toEqual(["event_loop"])
      })
    )

    test(
      "during the drain it is alive and started, but not ready, and reports its checks",
      Effect.gen(function* () {
        yield* advance("ready")
        yield* eventually(ready, isHealthy)
        yield* advance("draining")
        const report = yield* ready
        expect(report).toMatchObject({ status: "unhealthy", reason: "draining" })
        expect(report.checks.database?.status).toBe("healthy")
        expect((yield* live).status).toBe("healthy")
        expect((yield* startup).status).toBe("healthy")
      })
    )

    test(
      "a report has its time, and the uptime grows with the clock",
      Effect.gen(function* () {
        const before = yield* live
        yield* TestClock.adjust("90 seconds")
        const after = yield* live
        expect(after.timestamp - before.timestamp).toBe(90_000)
        expect(after.uptime - before.uptime).toBeCloseTo(90, 6)
        expect(after.version).toMatch(/^\d+\.\d+\.\d+/)
      })
    )
  })
