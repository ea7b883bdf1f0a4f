import type { HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import type { Attempts } from "../../services/Attempts.js"
import type { TrustedProxies } from "../../services/TrustedProxies.js"
import { Settings } from "../../settings/Config.js"
import { presented } from "../http/HealthToken.js"

/** Returns whether a request gets the details of a report. Uses neither the database nor sessions. */
export type MaySeeDetail = (request: HttpServerRequest.HttpServerRequest) => Effect.Effect<boolean>

/**
 * Shows details to everyone if the settings say so, and otherwise to clients with the health token as bearer token. A
 * network with too many wrong tokens gets no details, but is not refused: a probe always gets the status.
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
