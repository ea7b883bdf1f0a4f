import type { IncomingMessage, ServerResponse } from "node:http"
import { type Clock, Effect, Layer } from "effect"
import { requestCounter } from "../../src/metrics/Http.js"
import type { Attempts } from "../../src/services/Attempts.js"
import { ContentRevision } from "../../src/services/ContentRevision.js"
import { Lifecycle } from "../../src/services/Lifecycle.js"
import { type Fields, Logger } from "../../src/services/Logger.js"
import { PageCache, type Question, type SharedAnswer } from "../../src/services/PageCache.js"
import { RouteKinds } from "../../src/services/RouteKinds.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { Tracing } from "../../src/services/Tracing.js"
import { TrustedProxies } from "../../src/services/TrustedProxies.js"
import { ViewCounter } from "../../src/services/ViewCounter.js"
import { Settings } from "../../src/settings/Config.js"
import { accessBeginning, accessEnd, loggablePath } from "../../src/web/http/AccessLog.js"
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

/** What each response with the same answer to the same method has in common. */
interface Common {
  /** Counts a response by its seconds. */
  readonly count: (seconds: number) => void
  /** Writes the access line of a response. */
  readonly log: (requestId: string, fields: Fields) => void
  /** The headers as Node takes them. The last one is the request id, which each response replaces. */
  readonly headers: Array<string>
}

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
  const hasMoved = settings.formerUrls.length > 0
  const random = yield* SecureRandom
  const lifecycle = yield* Lifecycle
  // During the start, requests go to the pipeline and wait there, not for each other.
  let isReady = false
  const ready = Effect.sync(() => {
    isReady = true
  })
  yield* Effect.forkScoped(Effect.zipRight(lifecycle.reached("ready"), ready))

  // An answer belongs to one target.
  const commons = { GET: new WeakMap<SharedAnswer, Common>(), HEAD: new WeakMap<SharedAnswer, Common>() }
  const commonOf = (answer: SharedAnswer, method: "GET" | "HEAD", url: string): Common => {
    const known = commons[method].get(answer)
    if (known !== undefined) return known
    const { rawHeaders, route, status } = answer
    const common = {
      count: requestCounter({ method, status, route }),
      log: log.unsafeInfos("http.access", accessBeginning({ method, route, path: loggablePath(url), status })),
      headers: [...rawHeaders, "x-request-id", ""]
    }
    commons[method].set(answer, common)
    return common
  }

  const send = (request: IncomingMessage, response: ServerResponse, answer: SharedAnswer, startedAt: bigint) => {
    const { headers, url = "" } = request
    const method = request.method === "HEAD" ? "HEAD" : "GET"
    const sender = senderOf(proxies, request)
    const { client, peer } = sender
    // The pipeline sends the refusal to a client that is over its rate limit.
    if (!limits.unsafeAdmit(answer, client)) return false
    const id = requestIdOf(proxies, random, request, sender)
    const trace = traceFrom(proxies, peer, typeof headers.traceparent === "string" ? headers.traceparent : undefined)
    const asked = { method, originalUrl: url } as const
    const span = spanOf(asked, startedAt, trace)
    const { body, route, status } = answer
    const isWhole = status === 200 && method === "GET"
    const common = commonOf(answer, method, url)
    const finish = () => {
      const endedAt = clock.unsafeCurrentTimeNanos()
      const durationNanos = endedAt - startedAt
      span?.end({ request: asked, route, status, errorCode: undefined, id, client, endedAt })
      common.count(Number(durationNanos) / 1e9)
      const end = accessEnd({
        durationNanos,
        bytesOut: isWhole ? body.length : 0,
        client,
        userAgent: headers["user-agent"],
        errorCode: undefined,
        aborted: !response.writableFinished
      })
      if (span !== undefined) common.log(id, { ...end, trace_id: span.traceId, span_id: span.spanId })
      else common.log(id, trace === undefined ? end : { ...end, trace_id: trace.traceId })
    }
    common.headers[common.headers.length - 1] = id
    response.writeHead(status, common.headers)
    if (answer.viewed !== undefined && method === "GET") views.count(answer.viewed, headers)
    if (isWhole) response.end(body)
    else response.end()
    // Usually the system has taken all bytes by now. A listener for each response would keep the objects of most requests
    // through the young generation's collections, which doubled the CPU time of a response on a busy machine.
    if (response.writableFinished && request.socket.writable) finish()
    else response.on("close", finish)
    return true
  }

  const answer: EarlyAnswer = (request, response, handle) => {
    const { headers, method } = request
    if (!isReady || !mayShare(method, headers) || request.socket.writableNeedDrain) return false
    const question = questionOf(request)
    if (kinds.of(question.target) !== "shared") return false
    if (hasMoved) {
      const asked = { method, url: question.target, headers } as Parameters<typeof movedFrom>[0]
      if (movedFrom(asked, publicPage) !== undefined) return false
    }
    const startedAt = clock.unsafeCurrentTimeNanos()
    const revision = revisions.current()
    const found = revision === undefined ? undefined : pages.find(question, revision)
    if (found !== undefined) {
      if (!send(request, response, found, startedAt)) handle(request, response)
      return true
    }

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
