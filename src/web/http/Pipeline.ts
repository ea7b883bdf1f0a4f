import { HttpLayerRouter, HttpMiddleware, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { type Cause, Clock, Effect, FiberRef, HashMap, Layer, Scope } from "effect"
import { RequestId } from "../../domain/RequestId.js"
import type { TraceParent } from "../../domain/TraceParent.js"
import { MethodNotAllowed } from "../../errors/Address.js"
import type { Failure } from "../../errors/Failure.js"
import { activeRequests, methodLabel } from "../../metrics/Http.js"
import type { Activity } from "../../services/Activity.js"
import type { Attempts } from "../../services/Attempts.js"
import { ContentCoding } from "../../services/ContentCoding.js"
import { InFlight } from "../../services/InFlight.js"
import type { Lifecycle } from "../../services/Lifecycle.js"
import { Logger } from "../../services/Logger.js"
import { PageCache } from "../../services/PageCache.js"
import { RouteKinds } from "../../services/RouteKinds.js"
import { SecureRandom } from "../../services/SecureRandom.js"
import { SessionManager } from "../../services/SessionManager.js"
import type { SiteSettings } from "../../services/SiteSettings.js"
import { PatientReads } from "../../services/SqlPool.js"
import { Tracing } from "../../services/Tracing.js"
import { TrustedProxies } from "../../services/TrustedProxies.js"
import { Settings } from "../../settings/Config.js"
import type { Site } from "../theme/Site.js"
import * as Admission from "./Admission.js"
import type { Answered } from "./AnsweredRoutes.js"
import { clientAddress, offeredId, offeredTrace } from "./Client.js"
import { compressed } from "./Compression.js"
import { errorResponse, lastResort } from "./ErrorResponse.js"
import { Exchange } from "./Exchange.js"
import { failureOf, isClientAbort } from "./Failures.js"
import { fromFormerAddress } from "./FormerAddress.js"
import * as Holding from "./Holding.js"
import { forViewer, responseForViewer } from "./OwnersView.js"
import { cacheable, finished } from "./PolicyHeaders.js"
import * as RateLimits from "./RateLimits.js"
import { RequestContext } from "./RequestContext.js"
import * as RequestRecords from "./RequestRecords.js"
import { type RequestSpan, requestSpan } from "./RequestSpan.js"
import { RouteTable, routerConfig } from "./Routes.js"
import { securityHeaders } from "./SecurityHeaders.js"
import { isShared, sharedAnswer } from "./SharedAnswers.js"
import { siteOfRequest } from "./SiteOfRequest.js"
import { StrippedHeader } from "./StrippedHeader.js"

/** Replaces the error page of a failure if possible: keeps a form that was sent after the session ended. */
export type AnswerFailure<R = never> = Effect.Effect<
  (
    failure: Failure,
    site: Site
  ) => Effect.Effect<
    HttpServerResponse.HttpServerResponse | undefined,
    never,
    HttpServerRequest.HttpServerRequest | RequestContext
  >,
  never,
  R
>

/** Services of the pipeline. */
export type Needs =
  | Activity
  | Attempts
  | ContentCoding
  | InFlight
  | Lifecycle
  | Logger
  | SecureRandom
  | SessionManager
  | Settings
  | SiteSettings
  | TrustedProxies

/**
 * Serves routes. Every request gets:
 *
 * - an id, from a trusted hop or new; on every log line, in the response as `X-Request-ID`, and in every error;
 * - the checks of its route's policy before the handler runs (`Admission`): rate limits per address, a valid request
 *   target, a finished start, and the origin of requests that could change something in the owner's name;
 * - responses for failures and defects; server errors are logged as ERROR with their cause, client errors only by their
 *   code on the access line;
 * - the headers of the policy (security, caching, CORS), which a handler's own headers override, and `Connection:
 *   close` while draining and after a malformed request target;
 * - one `http.access` line (INFO, with any status) when the response is sent or the client has disconnected, and a
 *   count in the metrics;
 * - if the policy says so, an entry in the activity log (`Activity`), with notes of handlers from `RequestContext`.
 *
 * A feature is a layer of routes whose handlers may fail with any `Failure`:
 *
 * ```ts
 * export const routes = Routes.use((routes) =>
 *   Effect.gen(function* () {
 *     const posts = yield* Posts
 *     yield* routes.add(publicPage, "GET", "/notes/:slug", Effect.gen(function* () {
 *       const { slug } = yield* HttpLayerRouter.params
 *       const post = yield* find(posts, slug)
 *       return post === undefined ? yield* new PageNotFound() : yield* conditional(page(post))
 *     }))
 *   })
 * )
 * ```
 */
export const serve = <A, E, R, RA = never>(
  routes: Layer.Layer<A, E, R> & Answered<R>,
  answerFailure: AnswerFailure<RA> = Effect.succeed(() => Effect.succeed(undefined))
) =>
  Layer.suspend(() => {
    const table = new RouteTable()
    return HttpLayerRouter.serve(Layer.merge(routes.pipe(Layer.provide(table.layer)), pipeline(table, answerFailure)), {
      routerConfig,
      disableLogger: true,
      disableListenLog: true
    }).pipe(
      Layer.tap(() => Effect.flatMap(Logger, (logger) => logRoutes(logger, table))),
      // The platform's tracer trusts any `b3` and `traceparent` header; and without an exporter, spans would cost a
      // quarter of a small request.
      HttpMiddleware.withTracerDisabledWhen(() => true)
    )
  })

/** Logs all routes at DEBUG. */
const logRoutes = (logger: Logger["Type"], table: RouteTable) =>
  Effect.forEach(
    table.routes,
    ({ method, policy, template }) =>
      logger.named("starpunk.http").debug("Route", { method, route: template, ...policy }),
    { discard: true }
  )

const pipeline = <R>(
  table: RouteTable,
  answerFailure: AnswerFailure<R>
): Layer.Layer<never, never, Needs | HttpLayerRouter.HttpRouter | R> =>
  HttpLayerRouter.use((router) => Effect.flatMap(make(table, answerFailure), router.addGlobalMiddleware))

const make = <R>(table: RouteTable, answerFailure: AnswerFailure<R>) =>
  Effect.gen(function* () {
    const settings = yield* Settings
    const proxies = yield* TrustedProxies
    const newId = Effect.map((yield* SecureRandom).hex(16), (hex) => RequestId.make(hex))
    const log = (yield* Logger).named("starpunk.http")
    const siteForRequest = yield* siteOfRequest
    const viewed = forViewer(yield* SessionManager, siteForRequest.current, siteForRequest.drafts)
    const encoded = compressed(yield* ContentCoding)
    const answerOtherwise = yield* answerFailure
    const inFlight = yield* InFlight
    const headersFor = securityHeaders(settings)
    const stripped = new StrippedHeader()
    const records = yield* RequestRecords.make(stripped)
    const limits = yield* RateLimits.make
    const admission = yield* Admission.make(limits)
    const spanOf = requestSpan(yield* Tracing)
    const formerAddress = fromFormerAddress(settings)
    const pages = yield* PageCache
    const kinds = yield* RouteKinds
    kinds.learn((target) => {
      const route = table.routeOf("GET", target)
      if (route === undefined) return "none"
      return route.policy.caller === "probe" ? "probe" : isShared(route) ? "shared" : "other"
    })

    /**
     * Determines the failure of a cause; the router does not distinguish a wrong method from a wrong address, nor a
     * route why there is no token.
     */
    const diagnose = (
      cause: Cause.Cause<unknown>,
      request: HttpServerRequest.HttpServerRequest,
      now: number
    ): Failure => {
      const failure = failureOf(cause)
      if (failure._tag === "TokenMissing") {
        return stripped.suspect(request, clientAddress(proxies, request), now) ?? failure
      }
      if (failure._tag !== "PageNotFound" || table.templateOf(request.method, request.url) !== undefined) return failure
      const allowed = table.allowedAt(request.url)
      return allowed.length === 0 ? failure : new MethodNotAllowed({ allowed })
    }

    /** Responds to a failure. Server errors are logged. */
    const answer = (exchange: Exchange) => (cause: Cause.Cause<unknown>) =>
      Effect.gen(function* () {
        if (isClientAbort(cause)) return HttpServerResponse.empty({ status: 499 })
        const diagnosed = diagnose(cause, exchange.request, yield* Clock.currentTimeMillis)
        const failure = yield* limits.afterFailure(diagnosed, clientAddress(proxies, exchange.request))
        const { code, fault, operator, retryable } = failure.info
        exchange.failure = failure
        exchange.errorCode = code
        if (fault === "system" && failure._tag !== "SiteStarting") {
          const details = operator?.details
          // Temporary failures may occur a thousand times a second, and need no stack.
          yield* retryable
            ? log.warning("Request refused", { error_code: code, details })
            : log.error("Request failed", { error: cause, error_code: code, details })
        }
        // The error page must not use the database, which may be what failed.
        const site = siteForRequest.known()
        const other = yield* Effect.provideService(answerOtherwise(failure, site), RequestContext, exchange.context)
        return other ?? errorResponse(site)(failure, exchange.request, exchange.id, exchange.policy)
      })

    /** Returns the response if there is memory for it while it is sent; otherwise a short error. */
    const fitting = (exchange: Exchange, response: HttpServerResponse.HttpServerResponse) => {
      const bytes = exchange.request.method === "HEAD" ? 0 : Holding.heldBy(response.body)
      return Effect.as(exchange.claim.grow(bytes), response).pipe(Effect.catchAllCause(answer(exchange)))
    }

    return (app: App): App =>
      Effect.gen(function* () {
        const request = yield* HttpServerRequest.HttpServerRequest
        const startedAt = yield* Clock.currentTimeNanos
        const id = offeredId(proxies, request) ?? (yield* newId)
        const trace = offeredTrace(proxies, request)
        const span = spanOf(request, startedAt, trace)
        const claim = inFlight.claim(request, clientAddress(proxies, request))
        if (request.method !== "GET") Holding.open(request, claim)
        const exchange = new Exchange(table, limits, {
          request,
          id,
          startedAt,
          span,
          claim,
          revision: pages.revisionOf(request.source)
        })
        // The fiber belongs to the request, so the id stays set until the access line. Annotations of the process (its
        // own id, its job) are dropped.
        yield* FiberRef.set(
          FiberRef.currentLogAnnotations,
          HashMap.fromIterable<string, unknown>([["request_id", id], ...traceAnnotations(span, trace)])
        )
        activeRequests.add({ "http.request.method": methodLabel(request.method) }, 1)
        // `Effect.addFinalizer` compares all fiber refs, which costs more than the rest of the pipeline.
        yield* Scope.addFinalizerExit(yield* Effect.scope, records.ended(exchange))
        const { context, policy } = exchange
        // Whatever else is under way, a health check is answered in the next turn of the event loop.
        if (policy.caller === "probe") yield* FiberRef.set(FiberRef.currentSchedulingPriority, probePriority)
        else yield* Effect.yieldNow()
        const phase = yield* admission.phase(request, policy)
        exchange.isListed = policy.activity && phase !== "starting" && request.method !== "OPTIONS"
        const moved = formerAddress(request, policy)
        const isWriting = request.method === "POST" && policy.caller !== "anyone"
        const patient = isWriting ? Effect.provideService(app, PatientReads, true) : app
        const handled = viewed(exchange, Effect.provideService(patient, RequestContext, context))
        const answered = moved === undefined ? (span?.around(handled) ?? handled) : Effect.succeed(moved)
        const sent = yield* Effect.zipRight(admission.admit(request, policy, phase), answered).pipe(
          Effect.catchAllCause(answer(exchange)),
          Effect.map((response) => responseForViewer(exchange, response)),
          Effect.flatMap((response) => encoded(cacheable(response, policy), request)),
          Effect.flatMap((response) => fitting(exchange, response)),
          Effect.catchAllCause((cause) => Effect.as(log.error("Error page failed", { error: cause }), lastResort(id)))
        )
        const isLast = phase === "draining" || exchange.failure?._tag === "AddressMalformed"
        exchange.response = finished(sent, { policy, security: headersFor(policy), id, isLast })
        pages.settle(request.source, sharedAnswer(request, exchange.response, exchange.route, exchange.viewed))
        records.viewed(exchange)
        return exchange.response
      })
  })

/** Type of routes in the platform's global middleware. */
type App = Effect.Effect<
  HttpServerResponse.HttpServerResponse,
  HttpLayerRouter.unhandled,
  HttpLayerRouter.GlobalProvided
>

/** Log annotations for the trace of a request, if it has one. */
const traceAnnotations = (
  span: RequestSpan | undefined,
  trace: TraceParent | undefined
): ReadonlyArray<readonly [string, string]> => {
  if (span !== undefined)
    return [
      ["trace_id", span.traceId],
      ["span_id", span.spanId]
    ]
  return trace === undefined ? [] : [["trace_id", trace.traceId]]
}

/** Before all other fibers (`TurnScheduler`), whose priority is 0. */
const probePriority = -1
