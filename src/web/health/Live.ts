import { HttpLayerRouter } from "@effect/platform"
import { Effect } from "effect"
import { HealthChecker } from "../../services/HealthChecker.js"
import { answering } from "./Answer.js"

/**
 * `/health/live`: should the process be restarted? Rests on the event loop alone: a dead database must not get the
 * process killed, since the next one would find it just as dead.
 */
export const routes = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const { live } = yield* HealthChecker
    const answer = yield* answering
    yield* router.add("GET", "/health/live", answer(live))
  })
)
