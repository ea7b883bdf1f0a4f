import { Duration, Effect, Layer, Schedule } from "effect"
import { annotateJob } from "../services/Correlation.js"
import { Logger } from "../services/Logger.js"
import type { SecureRandom } from "../services/SecureRandom.js"
import { SessionManager } from "../services/SessionManager.js"

/** Interval of the cleanup; jittered, so that instances on one database do not run at the same time. */
const interval = Duration.minutes(10)

/** Removes expired sessions at intervals while the server runs. A failing run is logged; the next one catches up. */
export const layer: Layer.Layer<never, never, SessionManager | Logger | SecureRandom> = Layer.scopedDiscard(
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const log = (yield* Logger).named("starpunk.sessions")
    const round = sessions.cleanup.pipe(
      Effect.catchAll((error) => log.warning("Expired sessions not removed", { error })),
      annotateJob("session_cleanup")
    )
    yield* Effect.forkScoped(Effect.schedule(round, Schedule.jittered(Schedule.spaced(interval))))
  })
)
