import { HttpLayerRouter } from "@effect/platform"
import { Effect, Layer } from "effect"
import { HealthChecker } from "../../services/HealthChecker.js"
import { answering } from "./Answer.js"
import * as Live from "./Live.js"

/**
 * `/health/ready` (should requests be sent here?), `/health/startup` (is the start over?), and `/health`, the
 * original's address. That one answers as `/health/ready` does: whoever asks without saying what for, a load balancer
 * of the original's time or an uptime monitor, wants to know whether the site can be used.
 */
const others = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const { ready, startup } = yield* HealthChecker
    const answer = yield* answering
    yield* router.add("GET", "/health", answer(ready))
    yield* router.add("GET", "/health/ready", answer(ready))
    yield* router.add("GET", "/health/startup", answer(startup))
  })
)

/** All questions about health. Each only reads what the background checks have found. */
export const routes = Layer.merge(Live.routes, others)
