import { Deferred, Effect, Layer } from "effect"
import { Lifecycle, type Phase } from "../../src/services/Lifecycle.js"

const order: ReadonlyArray<Phase> = ["starting", "ready", "draining"]

/** The lifecycle of this process, from `starting` on. */
export const layer: Layer.Layer<Lifecycle> = Layer.effect(
  Lifecycle,
  Effect.gen(function* () {
    const gates = {
      starting: yield* Deferred.make<void>(),
      ready: yield* Deferred.make<void>(),
      draining: yield* Deferred.make<void>()
    }
    let current: Phase = "starting"
    yield* Deferred.succeed(gates.starting, undefined)

    return {
      phase: Effect.sync(() => current),
      reached: (phase) => Deferred.await(gates[phase]),
      advance: (phase) =>
        Effect.suspend(() => {
          const from = order.indexOf(current)
          const to = order.indexOf(phase)
          if (to > from) current = phase
          return Effect.forEach(order.slice(from + 1, to + 1), (passed) => Deferred.succeed(gates[passed], undefined), {
            discard: true
          })
        })
    }
  })
)
