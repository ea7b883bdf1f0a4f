import { Effect, Layer } from "effect"
import { HealthChecker } from "../../services/HealthChecker.js"
import { probe } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { answering } from "./Answer.js"
import * as Live from "./Live.js"

/**
 * `/health/ready` (should requests be sent here?), `/health/startup` (has the start finished?), and `/health`, the
 * original's address, which responds as `/health/ready`, because load balancers and uptime monitors want to know
 * whether the site works.
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

/** All health routes. Each only reads the results of the background checks. */
export const routes = Layer.merge(Live.routes, others)
