import type { HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import type { Attempts } from "../../services/Attempts.js"
import type { TrustedProxies } from "../../services/TrustedProxies.js"
import { Settings } from "../../settings/Config.js"
import { presented } from "../http/HealthToken.js"

/** Whether a request is shown the detail behind a verdict. Asks neither the database nor anybody's session. */
export type MaySeeDetail = (request: HttpServerRequest.HttpServerRequest) => Effect.Effect<boolean>

/**
 * Everybody sees the detail where the settings say so; elsewhere, whoever sends the health token as a bearer token. A network
 * that guessed too often is not shown it, and not refused: a probe always gets its verdict.
 */
export const maySeeDetail: Effect.Effect<MaySeeDetail, never, Settings | Attempts | TrustedProxies> = Effect.gen(
  function* () {
    const { health } = yield* Settings
    if (health.detailed) return () => Effect.succeed(true)
    const token = yield* presented
    return (request: HttpServerRequest.HttpServerRequest) =>
      Effect.match(token(request), { onSuccess: (presented) => presented === "right", onFailure: () => false })
  }
)
