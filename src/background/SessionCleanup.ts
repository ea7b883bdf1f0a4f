import { Effect, Layer } from "effect"
import type { Logger } from "../services/Logger.js"
import type { SecureRandom } from "../services/SecureRandom.js"
import { SessionManager } from "../services/SessionManager.js"
import { atIntervals } from "./Interval.js"

/** Removes expired sessions at intervals while the server runs. */
export const layer: Layer.Layer<never, never, SessionManager | Logger | SecureRandom> = Layer.scopedDiscard(
  Effect.flatMap(SessionManager, ({ cleanup }) =>
    atIntervals(
      {
        name: "session_cleanup",
        logger: "starpunk.sessions",
        failed: "Expired sessions not removed",
        interval: "10 minutes",
        atOnce: false
      },
      cleanup
    )
  )
)
