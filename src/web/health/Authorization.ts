import type { HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import { Settings } from "../../Config.js"
import { presented } from "../http/HealthToken.js"

/** Whether a request is shown the detail behind a verdict. Asks neither the database nor anybody's session. */
export type MaySeeDetail = (request: HttpServerRequest.HttpServerRequest) => Effect.Effect<boolean>

/** Everybody sees the detail where the settings say so; elsewhere, whoever sends the health token as a bearer token. */
export const maySeeDetail: Effect.Effect<MaySeeDetail, never, Settings> = Effect.gen(function* () {
  const { health } = yield* Settings
  if (health.detailed) return () => Effect.succeed(true)
  const token = yield* presented
  return (request: HttpServerRequest.HttpServerRequest) =>
    Effect.map(token(request), (presented) => presented === "right")
})
