import { Context, Duration, Effect, Layer, Ref } from "effect"
import type { Failure } from "../../src/errors/Failure.js"
import { type CheckName, HealthChecker } from "../../src/services/HealthChecker.js"
import type { Lifecycle } from "../../src/services/Lifecycle.js"
import type { Logger } from "../../src/services/Logger.js"
import type { SecureRandom } from "../../src/services/SecureRandom.js"
import { type Check, healthy, type Observation } from "../health/Check.js"
import * as HealthMonitor from "../health/HealthMonitor.js"

/** Scripted results of the health checks in tests. */
export class HealthScript extends Context.Tag("starpunk/HealthScript")<
  HealthScript,
  {
    /** Sets the result of the component's next checks. */
    readonly set: (name: CheckName, look: Effect.Effect<Observation, Failure>) => Effect.Effect<void>
    /** Number of checks of the component so far. */
    readonly looks: (name: CheckName) => Effect.Effect<number>
  }
>() {}

const components: ReadonlyArray<CheckName> = ["database", "search", "filesystem", "memory", "writer", "pool"]

/**
 * Health checker with the real schedule and verdicts whose checks return the results of `HealthScript`, initially
 * `healthy`.
 */
export const layer: Layer.Layer<HealthChecker | HealthScript, never, Lifecycle | Logger | SecureRandom> =
  Layer.scopedContext(
    Effect.gen(function* () {
      const script = yield* Ref.make(new Map<CheckName, Effect.Effect<Observation, Failure>>())
      const counts = yield* Ref.make(new Map<CheckName, number>())
      const scripted = (name: CheckName): Check => ({
        name,
        look: Effect.gen(function* () {
          yield* Ref.update(counts, (counts) => new Map(counts).set(name, (counts.get(name) ?? 0) + 1))
          return yield* (yield* Ref.get(script)).get(name) ?? Effect.succeed(healthy())
        })
      })
      const checker = yield* HealthMonitor.make({
        version: "0.0.0-test",
        uptime: Duration.zero,
        process: [scripted("event_loop")],
        components: components.map(scripted)
      })
      return Context.make(HealthChecker, checker).pipe(
        Context.add(HealthScript, {
          set: (name, look) => Ref.update(script, (script) => new Map(script).set(name, look)),
          looks: (name) => Effect.map(Ref.get(counts), (counts) => counts.get(name) ?? 0)
        })
      )
    })
  )
