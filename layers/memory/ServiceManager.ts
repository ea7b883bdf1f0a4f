import { Context, type Duration, Effect, Layer, Option, Ref } from "effect"
import { ServiceManagerUnreachable } from "../../src/errors/Supervision.js"
import { type Notice, ServiceManager } from "../../src/services/ServiceManager.js"

/** Notices sent to the service manager in a test. */
export class Notices extends Context.Tag("starpunk/Notices")<
  Notices,
  {
    readonly sent: Effect.Effect<ReadonlyArray<Notice>>
    /** Makes the manager reachable or unreachable. */
    readonly reachable: (can: boolean) => Effect.Effect<void>
  }
>() {}

/** Records the notices that it receives. */
export const layer = (watchdog: Option.Option<Duration.Duration>): Layer.Layer<ServiceManager | Notices> =>
  Layer.effectContext(
    Effect.gen(function* () {
      const sent = yield* Ref.make<ReadonlyArray<Notice>>([])
      const reachable = yield* Ref.make(true)
      const notify = Effect.fn("ServiceManager.notify")(function* (notice: Notice) {
        if (!(yield* Ref.get(reachable))) return yield* new ServiceManagerUnreachable({ reason: "refused", detail: "" })
        yield* Ref.update(sent, (before) => [...before, notice])
      })
      return Context.make(ServiceManager, Option.some({ notify, watchdog })).pipe(
        Context.add(Notices, { sent: Ref.get(sent), reachable: (can) => Ref.set(reachable, can) })
      )
    })
  )
