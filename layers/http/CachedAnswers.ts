import type { IncomingMessage, ServerResponse } from "node:http"
import type { HttpMethod } from "@effect/platform/HttpMethod"
import { type Clock, Effect, Layer } from "effect"
import { memoized } from "../../src/domain/Memo.js"
import { requestCounter } from "../../src/metrics/Http.js"
import type { Attempts } from "../../src/services/Attempts.js"
import { ContentRevision } from "../../src/services/ContentRevision.js"
import { Lifecycle } from "../../src/services/Lifecycle.js"
import { Logger } from "../../src/services/Logger.js"
import { PageCache, type Question, type SharedAnswer } from "../../src/services/PageCache.js"
import { RouteKinds } from "../../src/services/RouteKinds.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { Tracing } from "../../src/services/Tracing.js"
import { TrustedProxies } from "../../src/services/TrustedProxies.js"
import { ViewCounter } from "../../src/services/ViewCounter.js"
import { Settings } from "../../src/settings/Config.js"
import { accessLine, loggablePath } from "../../src/web/http/AccessLog.js"
import { traceFrom } from "../../src/web/http/Client.js"
import { fromFormerAddress } from "../../src/web/http/FormerAddress.js"
import * as RateLimits from "../../src/web/http/RateLimits.js"
import { requestSpan } from "../../src/web/http/RequestSpan.js"
import { publicPage } from "../../src/web/http/RoutePolicy.js"
import { mayShare } from "../../src/web/http/SharedAnswers.js"
import type { EarlyAnswer } from "./Connections.js"
import { EarlyAnswers } from "./EarlyAnswers.js"
import { LoadShedder } from "./LoadShedder.js"
import { requestIdOf, senderOf } from "./Sender.js"

const questionOf = ({ headers, url = "" }: IncomingMessage): Question => ({ target: url, headers })

/**
 * Answers anonymous visitors from the page cache, in the `request` event and before any fiber exists. The response has
 * the bytes and headers that the pipeline made for an earlier visitor, and its own request id, access line, span,
 * metrics and rate limits. A request that is not in the cache goes to the pipeline; concurrent requests for the same
 * page wait for its result.
 */
const make = Effect.gen(function* () {
  const pages = yield* PageCache
  const kinds = yield* RouteKinds
  const views = yield* ViewCounter
  const shedder = yield* LoadShedder
  const revisions = yield* ContentRevision
  const settings = yield* Settings
  const proxies = yield* TrustedProxies
  const log = (yield* Logger).named("starpunk.http")
  const clock: Clock.Clock = yield* Effect.clock
  const limits = yield* RateLimits.make
  const spanOf = requestSpan(yield* Tracing)
  const movedFrom = fromFormerAddress(settings)
  const random = yield* SecureRandom
  const lifecycle = yield* Lifecycle
  // During the start, requests go to the pipeline and wait there, not for each other.
  let isReady = false
  const ready = Effect.sync(() => {
    isReady = true
  })
  yield* Effect.forkScoped(Effect.zipRight(lifecycle.reached("ready"), ready))

  const counters = memoized((key) => {
    const [method, status, route] = key.split(" ")
    return requestCounter({ method, status: Number(status), route })
  })

  const send = (request: IncomingMessage, response: ServerResponse, answer: SharedAnswer, startedAt: bigint) => {
    const { headers, method = "GET", url = "" } = request
    const sender = senderOf(proxies, request)
    const { client, peer } = sender
    // The pipeline sends the refusal to a client that is over its rate limit.
    if (!limits.unsafeAdmit(answer, client)) return false
    const id = requestIdOf(proxies, random, request, sender)
    const trace = traceFrom(proxies, peer, typeof headers.traceparent === "string" ? headers.traceparent : undefined)
    const asked = { method: method as HttpMethod, originalUrl: url }
    const span = spanOf(asked, startedAt, trace)
    const { body, route, status } = answer
    const isWhole = status === 200 && method === "GET"
    const count = counters(`${method} ${status} ${route}`)
    response.once("close", () => {
      const endedAt = clock.unsafeCurrentTimeNanos()
      const durationNanos = endedAt - startedAt
      span?.end({ request: asked, route, status, errorCode: undefined, id, client, endedAt })
      count(Number(durationNanos) / 1e9)
      log.unsafeInfo("http.access", {
        request_id: id,
        ...(span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId }),
        ...(span === undefined && trace !== undefined ? { trace_id: trace.traceId } : {}),
        ...accessLine({
          method,
          route,
          path: loggablePath(url),
          status,
          durationNanos,
          bytesOut: isWhole ? body.length : 0,
          client,
          userAgent: headers["user-agent"],
          errorCode: undefined,
          aborted: !response.writableFinished
        })
      })
    })
    response.writeHead(status, [...answer.rawHeaders, "x-request-id", id])
    if (answer.viewed !== undefined && method === "GET") views.count(answer.viewed, headers)
    if (isWhole) response.end(body)
    else response.end()
    return true
  }

  const answer: EarlyAnswer = (request, response, handle) => {
    const { headers, method } = request
    if (!isReady || !mayShare(method, headers) || request.socket.writableNeedDrain) return false
    const question = questionOf(request)
    if (kinds.of(question.target) !== "shared") return false
    const asked = { method, url: question.target, headers } as Parameters<typeof movedFrom>[0]
    if (movedFrom(asked, publicPage) !== undefined) return false
    const startedAt = clock.unsafeCurrentTimeNanos()

    const pass = () => handle(request, response)
    const attempt = () =>
      revisions.read((revision) => {
        if (response.closed || request.socket.destroyed) return
        if (revision === undefined) return pass()
        const found = pages.find(question, revision)
        if (found !== undefined) return send(request, response, found, startedAt) ? undefined : pass()
        const first = pages.begin(request, question, revision, (again) => (again ? attempt() : pass()))
        if (first !== undefined) return shedder.prefer(first)
        // The pipeline settles the request before the response closes, unless the client disconnects.
        response.once("close", () => pages.settle(request, "broken"))
        pass()
      })
    attempt()
    return true
  }
  return answer
})

/** Answers from the page cache of this process. */
export const layer: Layer.Layer<
  never,
  never,
  Attempts | ContentRevision | Lifecycle | Logger | SecureRandom | Settings | TrustedProxies
> = Layer.scoped(EarlyAnswers, make)
