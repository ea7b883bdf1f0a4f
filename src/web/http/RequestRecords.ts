import { Cause, Clock, Effect, Exit, FiberRef } from "effect"
import type { Failure } from "../../errors/Failure.js"
import { activeRequests, countRequest, methodLabel } from "../../metrics/Http.js"
import { Activity } from "../../services/Activity.js"
import { Logger } from "../../services/Logger.js"
import { PageCache } from "../../services/PageCache.js"
import { TrustedProxies } from "../../services/TrustedProxies.js"
import { ViewCounter } from "../../services/ViewCounter.js"
import { accessFields } from "./AccessLog.js"
import * as ActivityNote from "./ActivityNote.js"
import { clientAddress } from "./Client.js"
import type { Exchange } from "./Exchange.js"
import type { StrippedHeader } from "./StrippedHeader.js"

/** What a site keeps of its requests: access lines, metrics, spans, views of posts and the owner's activity log. */
export interface RequestRecords {
  /** Records a request whose response is sent, or whose client has disconnected. */
  readonly ended: (exchange: Exchange) => (exit: Exit.Exit<unknown, unknown>) => Effect.Effect<void>
  /** Counts the view of a post's page, if a visitor gets it: also one that the browser has already. */
  readonly viewed: (exchange: Exchange) => void
}

/** The records of this site. `stripped` learns which requests came without the header that a proxy removes. */
export const make = (
  stripped: StrippedHeader
): Effect.Effect<RequestRecords, never, Activity | Logger | TrustedProxies> =>
  Effect.gen(function* () {
    const proxies = yield* TrustedProxies
    const log = (yield* Logger).named("starpunk.http")
    const activity = yield* Activity
    const pages = yield* PageCache
    const views = yield* ViewCounter

    /** Adds a request to the activity log, and updates the detection of stripped headers. */
    const list = (exchange: Exchange, address: string) =>
      Effect.gen(function* () {
        const { failure, governing, id: requestId, note, request } = exchange
        const at = yield* Clock.currentTimeMillis
        const status = exchange.response?.status ?? 499
        const template = governing?.template ?? ""
        const issued = template === tokenEndpoint && request.method === "POST" && status === 200
        stripped.observe(request, address, issued, at)
        yield* activity.record(
          ActivityNote.eventOf({ at, requestId, template, request, status, failure, note, address })
        )
      })

    return {
      ended: (exchange) => (exit) =>
        Effect.gen(function* () {
          const { claim, errorCode, request, response, startedAt } = exchange
          claim.release()
          if (response === undefined) pages.settle(request.source, "broken")
          const aborted = !Cause.isEmpty(yield* FiberRef.get(FiberRef.interruptedCause))
          if (Exit.isFailure(exit) && !aborted) yield* log.error("Response aborted", { error: exit.cause })
          const endedAt = yield* Clock.currentTimeNanos
          const durationNanos = endedAt - startedAt
          const route = exchange.route?.template
          const client = clientAddress(proxies, request)
          activeRequests.add({ "http.request.method": methodLabel(request.method) }, -1)
          const status = response?.status ?? 499
          exchange.span?.end({ request, route, status, errorCode, id: exchange.id, client, endedAt })
          countRequest({
            method: request.method,
            route,
            status,
            seconds: Number(durationNanos) / 1e9,
            code: errorCode,
            isProbe: exchange.policy.caller === "probe"
          })
          yield* log.info(
            "http.access",
            accessFields({ request, response, route, errorCode, client, durationNanos, aborted })
          )
          if (exchange.isListed && !isFlood(exchange.failure)) yield* list(exchange, client)
        }),
      viewed: ({ isForOwner, request, response, viewed }) => {
        if (viewed === undefined || isForOwner || request.method !== "GET") return
        if (response?.status === 200 || response?.status === 304) views.count(viewed, request.headers)
      }
    }
  })

/** Returns whether a failure is an exceeded rate limit, which is not worth an entry after the requests before it. */
const isFlood = (failure: Failure | undefined): boolean => failure?._tag === "RateLimited" && failure.limit !== "writes"

/** Path of the token endpoint. */
const tokenEndpoint = "/indieauth/token"
