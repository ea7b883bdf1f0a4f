import { expect, it } from "@effect/vitest"
import { Cause, Deferred, Duration, Effect, Layer, TestClock } from "effect"
import { degraded, healthy, unhealthy } from "../../../layers/health/Check.js"
import * as HealthMonitor from "../../../layers/health/HealthMonitor.js"
import { HealthScript, layer as layerScripted } from "../../../layers/memory/HealthChecker.js"
import { CapturedLogs, layerCapture } from "../../../layers/memory/Logger.js"
import * as SecureRandom from "../../../layers/memory/SecureRandom.js"
import * as Lifecycle from "../../../layers/process/Lifecycle.js"
import { DatabaseCorrupt, DatabaseLocked } from "../../../src/errors/Database.js"
import { type CheckName, HealthChecker } from "../../../src/services/HealthChecker.js"
import { Lifecycle as LifecycleTag } from "../../../src/services/Lifecycle.js"

const monitored = layerScripted.pipe(
  Layer.provideMerge(Layer.mergeAll(Lifecycle.layer, SecureRandom.layer, layerCapture))
)

/** A started site whose checks have all run once. */
const test = (
  title: string,
  body: Effect.Effect<unknown, never, HealthChecker | HealthScript | LifecycleTag | CapturedLogs>
) =>
  it.effect(title, () =>
    Effect.flatMap(LifecycleTag, (lifecycle) => lifecycle.advance("ready")).pipe(
      Effect.zipRight(TestClock.adjust(0)),
      Effect.zipRight(body),
      Effect.provide(monitored)
    )
  )

const ready = Effect.flatMap(HealthChecker, (health) => health.ready)
const nextLook = TestClock.adjust("5 seconds")

const verdicts: ReadonlyArray<[CheckName, whenUnhealthy: "unhealthy" | "degraded"]> = [
  ["database", "unhealthy"],
  ["event_loop", "unhealthy"],
  ["writer", "degraded"],
  ["filesystem", "degraded"],
  ["search", "degraded"],
  ["pool", "degraded"],
  ["memory", "degraded"]
]

for (const [name, whole] of verdicts) {
  test(
    `an unhealthy ${name} makes the whole ${whole}, a degraded one degraded, and both pass`,
    Effect.gen(function* () {
      const script = yield* HealthScript
      yield* script.set(name, Effect.succeed(unhealthy("broken", { free_bytes: 1 })))
      yield* nextLook
      const broken = yield* ready
      expect(broken.status).toBe(whole)
      expect(broken.checks[name]).toMatchObject({ healthy: false, status: "unhealthy", reason: "broken" })
      yield* script.set(name, Effect.succeed(degraded("tired")))
      yield* nextLook
      expect((yield* ready).status).toBe("degraded")
      expect((yield* ready).checks[name]).toMatchObject({ healthy: true, status: "degraded", reason: "tired" })
      yield* script.set(name, Effect.succeed(healthy()))
      yield* nextLook
      expect((yield* ready).status).toBe("healthy")
    })
  )
}

test(
  "a failure is reported by its code only; its text is logged",
  Effect.gen(function* () {
    const script = yield* HealthScript
    yield* script.set("writer", new DatabaseLocked({ waitedMillis: 1000 }))
    yield* script.set("database", Effect.die(new Error("at /home/someone/secret.db")))
    yield* nextLook
    const { checks } = yield* ready
    expect(checks.writer?.reason).toBe("database.locked")
    expect(checks.database?.reason).toBe("internal.unforeseen")
    const events = yield* Effect.flatMap(CapturedLogs, ({ events }) => events)
    const failed = events.filter(({ message }) => message === "Health check failed")
    expect(failed.find(({ fields }) => fields.check === "writer")).toMatchObject({
      level: "WARNING",
      fields: { status: "unhealthy", reason: "database.locked", job: "health" }
    })
    const error = failed.find(({ fields }) => fields.check === "database")?.fields.error
    expect(Cause.isCause(error) && Cause.pretty(error)).toContain("secret.db")
  })
)

test(
  "a change is logged once, and so is its end",
  Effect.gen(function* () {
    const script = yield* HealthScript
    yield* script.set("database", new DatabaseCorrupt({ driverCode: "SQLITE_CORRUPT" }))
    yield* TestClock.adjust("1 minute")
    yield* script.set("database", Effect.succeed(healthy()))
    yield* TestClock.adjust("1 minute")
    const events = yield* Effect.flatMap(CapturedLogs, ({ events }) => events)
    expect(events.map(({ level, message }) => [level, message])).toEqual([
      ["WARNING", "Health check failed"],
      ["INFO", "Health check recovered"]
    ])
  })
)

test(
  "runs a check once per interval, however many callers ask",
  Effect.gen(function* () {
    const { looks } = yield* HealthScript
    yield* Effect.replicateEffect(ready, 1000)
    expect(yield* looks("database")).toBe(1)
    yield* TestClock.adjust("4999 millis")
    expect(yield* looks("database")).toBe(1)
    yield* TestClock.adjust("1 millis")
    expect(yield* looks("database")).toBe(2)
    yield* TestClock.adjust("1 minute")
    expect(yield* looks("database")).toBe(14)
  })
)

test(
  "reports a hanging check as a timeout at its deadline, while others run",
  Effect.gen(function* () {
    const script = yield* HealthScript
    yield* script.set("database", Effect.never)
    yield* TestClock.adjust("5 seconds")
    expect((yield* ready).status).toBe("healthy")
    yield* TestClock.adjust("999 millis")
    expect((yield* ready).status).toBe("healthy")
    yield* TestClock.adjust("1 millis")
    expect(yield* ready).toMatchObject({
      status: "unhealthy",
      checks: { database: { healthy: false, reason: "timeout", checkedAt: 6000 } }
    })
    yield* script.set("database", Effect.succeed(healthy()))
    yield* TestClock.adjust("5 seconds")
    expect((yield* ready).status).toBe("healthy")
  })
)

test(
  "an uninterruptible check never runs twice at once, and ends before the next",
  Effect.gen(function* () {
    const script = yield* HealthScript
    const gate = yield* Deferred.make<void>()
    yield* script.set("filesystem", Effect.uninterruptible(Effect.as(Deferred.await(gate), healthy())))
    yield* TestClock.adjust("1 minute")
    expect(yield* script.looks("filesystem")).toBe(2)
    expect((yield* ready).checks.filesystem?.reason).toBe("timeout")
    expect(yield* script.looks("database")).toBe(13)
    yield* script.set("filesystem", Effect.succeed(healthy()))
    yield* Deferred.succeed(gate, undefined)
    yield* TestClock.adjust("5 seconds")
    expect((yield* ready).status).toBe("healthy")
  })
)

it.effect("a check that hangs for good does not delay the shutdown", () =>
  Effect.gen(function* () {
    yield* Effect.gen(function* () {
      const script = yield* HealthScript
      yield* script.set("event_loop", Effect.uninterruptible(Effect.never))
      yield* TestClock.adjust("10 seconds")
      expect((yield* ready).checks.event_loop?.reason).toBe("timeout")
    }).pipe(Effect.provide(monitored))
  })
)

it.effect("before the start is complete, only the process itself is checked", () =>
  Effect.gen(function* () {
    const { looks } = yield* HealthScript
    yield* TestClock.adjust("1 minute")
    expect(yield* looks("database")).toBe(0)
    expect(yield* looks("event_loop")).toBe(13)
  }).pipe(Effect.provide(monitored))
)

it.scoped("a check can be repeated sooner while it is unhealthy, so that its recovery is noticed sooner", () =>
  Effect.gen(function* () {
    let state = unhealthy("database.unavailable")
    let looks = 0
    const { ready } = yield* HealthMonitor.make({
      version: "0.0.0-test",
      uptime: Duration.zero,
      process: [],
      components: [
        {
          name: "database",
          whileUnhealthy: "1 second",
          look: Effect.sync(() => {
            looks++
            return state
          })
        }
      ]
    })
    yield* Effect.flatMap(LifecycleTag, (lifecycle) => lifecycle.advance("ready"))
    yield* TestClock.adjust("3 seconds")
    expect(looks).toBe(4)
    state = healthy()
    yield* TestClock.adjust("1 second")
    expect((yield* ready).status).toBe("healthy")
    yield* TestClock.adjust("10 seconds")
    expect(looks).toBe(7)
  }).pipe(Effect.provide(Layer.mergeAll(Lifecycle.layer, SecureRandom.layer, layerCapture)))
)
