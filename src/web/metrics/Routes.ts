import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import Negotiator from "negotiator"
import { MetricsNotShown } from "../../errors/Access.js"
import type { RateLimited } from "../../errors/Availability.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import { instruments } from "../../metrics/Catalogue.js"
import { Exposition, type ExpositionFormat } from "../../metrics/Exposition.js"
import * as Refresh from "../../metrics/Refresh.js"
import { SessionManager } from "../../services/SessionManager.js"
import * as HealthToken from "../http/HealthToken.js"
import { probe } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { anySession, hasSessionToken } from "../http/SessionCookie.js"

/** Formats by media type in `Accept`; the first is the default. */
const formats: ReadonlyArray<readonly [mediaType: string, format: ExpositionFormat]> = [
  ["text/plain;version=0.0.4", "prometheus"],
  ["application/openmetrics-text;version=1.0.0", "openmetrics"]
]

/** A program that accepts plain `text/plain` or anything gets the Prometheus format. */
const negotiated = (accept: string | undefined) => {
  const wanted = new Negotiator({ headers: { accept } }).mediaType([...formats.map(([type]) => type), "text/plain"])
  return formats.find(([type]) => type === wanted) ?? (formats[0] as (typeof formats)[number])
}

/**
 * `GET /metrics`: all metrics, for Prometheus and compatible scrapers. Requires the health token or the owner's
 * session. Reads memory only, so it is cheap, and works with a broken database or a full disk.
 */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const exposition = yield* Exposition
    const refresh = yield* Refresh.fromMemory
    const sessions = yield* SessionManager
    const token = yield* HealthToken.presented

    /** Without a cookie the database is not queried. */
    const isOwner = (request: HttpServerRequest.HttpServerRequest) =>
      hasSessionToken(request) ? Effect.map(anySession(sessions), Option.isSome) : Effect.succeed(false)

    const mayRead = (
      request: HttpServerRequest.HttpServerRequest
    ): Effect.Effect<void, MetricsNotShown | RateLimited | DatabaseFailure, HttpServerRequest.HttpServerRequest> =>
      Effect.gen(function* () {
        const presented = yield* token(request)
        if (presented === "right" || (yield* isOwner(request))) return
        return yield* new MetricsNotShown({ reason: presented })
      })

    yield* routes.add(
      probe,
      "GET",
      "/metrics",
      Effect.gen(function* () {
        const request = yield* HttpServerRequest.HttpServerRequest
        yield* mayRead(request)
        yield* refresh
        const [mediaType, format] = negotiated(request.headers.accept)
        return HttpServerResponse.text(yield* exposition.write(instruments, format), {
          contentType: `${mediaType.replace(";", "; ")}; charset=utf-8`,
          headers: { vary: "accept, authorization, cookie" }
        })
      })
    )
  })
)
