import { Effect, Layer } from "effect"
import { HealthChecker } from "../../services/HealthChecker.js"
import { probe } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { answering } from "./Answer.js"
import * as Live from "./Live.js"

/**
 * `/health/ready` (should requests be sent here?), `/health/startup` (is the start over?), and `/health`, the
 * original's address. That one answers as `/health/ready` does: whoever asks without saying what for, a load balancer
 * of the original's time or an uptime monitor, wants to know whether the site can be used.
 */
const others = Routes.use((routes) =>
  Effect.gen(function* () {
    const { ready, startup } = yield* HealthChecker
    const answer = yield* answering
    yield* routes.add(probe, "GET", "/health", answer(ready))
    yield* routes.add(probe, "GET", "/health/ready", answer(ready))
    yield* routes.add(probe, "GET", "/health/startup", answer(startup))
  })
)

/** All questions about health. Each only reads what the background checks have found. */
export const routes = Layer.merge(Live.routes, others)
