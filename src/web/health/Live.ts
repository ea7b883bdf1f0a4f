import { Effect } from "effect"
import { HealthChecker } from "../../services/HealthChecker.js"
import { probe } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { answering } from "./Answer.js"

/**
 * `/health/live`: whether the process should be restarted. Depends only on the event loop, because a restart does not
 * fix a broken database.
 */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const { live } = yield* HealthChecker
    const answer = yield* answering
    yield* routes.add(probe, "GET", "/health/live", answer(live))
  })
)
