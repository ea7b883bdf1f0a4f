import { Effect } from "effect"
import { HealthChecker } from "../../services/HealthChecker.js"
import { probe } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { answering } from "./Answer.js"

/**
 * `/health/live`: should the process be restarted? Rests on the event loop alone: a dead database must not get the
 * process killed, since the next one would find it just as dead.
 */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const { live } = yield* HealthChecker
    const answer = yield* answering
    yield* routes.add(probe, "GET", "/health/live", answer(live))
  })
)
