import { HttpLayerRouter, HttpMiddleware, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Cause, Clock, Effect, Exit, FiberRef, HashMap, Layer, Scope } from "effect"
import { RequestId } from "../../domain/RequestId.js"
import type { TraceParent } from "../../domain/TraceParent.js"
import { errorInfo } from "../../errors/Catalogue.js"
import type { Failure } from "../../errors/Failure.js"
import { MethodNotAllowed } from "../../errors/failure/Http.js"
import { activeRequests, countRequest, methodLabel } from "../../metrics/Http.js"
import { Activity } from "../../services/Activity.js"
import type { Attempts } from "../../services/Attempts.js"
import { ContentCoding } from "../../services/ContentCoding.js"
import { InFlight } from "../../services/InFlight.js"
import type { Lifecycle } from "../../services/Lifecycle.js"
import { Logger } from "../../services/Logger.js"
import { SecureRandom } from "../../services/SecureRandom.js"
import { Tracing } from "../../services/Tracing.js"
import { TrustedProxies } from "../../services/TrustedProxies.js"
import { Settings } from "../../settings/Config.js"
import { makeSite, type Site } from "../theme/Site.js"
import { accessFields } from "./AccessLog.js"
import * as ActivityNote from "./ActivityNote.js"
import * as Admission from "./Admission.js"
import { clientAddress, offeredId, offeredTrace } from "./Client.js"
import { compressed } from "./Compression.js"
import { errorResponse, lastResort } from "./ErrorResponse.js"
import { Exchange } from "./Exchange.js"
import { type Answerable, failureOf, isClientAbort } from "./Failures.js"
import { fromFormerAddress } from "./FormerAddress.js"
import * as Holding from "./Holding.js"
import { cacheable, finished } from "./PolicyHeaders.js"
import * as RateLimits from "./RateLimits.js"
import { RequestContext } from "./RequestContext.js"
import { type RequestSpan, requestSpan } from "./RequestSpan.js"
import { RouteTable, routerConfig } from "./Routes.js"
import { securityHeaders } from "./SecurityHeaders.js"
import { StrippedHeader } from "./StrippedHeader.js"

/**
 * Answers a failure in another way than with its error page, where it can: a form that was sent after the session ended is
 * kept for its sender.
 */
export type AnswerFailure<R = never> = (
  site: Site
) => Effect.Effect<
  (
    failure: Failure
  ) => Effect.Effect<
    HttpServerResponse.HttpServerResponse | undefined,
    never,
    HttpServerRequest.HttpServerRequest | RequestContext
  >,
  never,
  R
>

/** What the pipeline stands on. */
export type Needs =
  | Activity
  | Attempts
  | ContentCoding
  | InFlight
  | Lifecycle
  | Logger
  | SecureRandom
  | Settings
  | TrustedProxies

/** A type that no layer is: makes a route that fails with something nobody answers a mistake of compilation. */
interface NotAnswerable<E> {
  readonly "a route fails with something that has no entry in the catalogue": E
}

/** Layers of routes whose failures are all answered. */
type Answered<R> = [Exclude<HttpLayerRouter.Request.Only<"Error", R>, Answerable>] extends [never]
  ? unknown
  : NotAnswerable<Exclude<HttpLayerRouter.Request.Only<"Error", R>, Answerable>>

/**
 * Serves routes, with all that every request passes:
 *
 * - an id, taken from a trusted hop or made; on every log line, on the response as `X-Request-ID`, and in every error;
 * - what its route's policy asks for before the handler runs (`Admission`): limits on how often one address may ask, a
 *   well-formed address, a site that has started, and a page of the site behind whatever could change something in the
 *   owner's name;
 * - failures and defects turned into responses; those that are ours to mend get an ERROR line with their cause, those
 *   of whoever asked only their code on the access line;
 * - the headers of the policy (security, caching, CORS), which a handler's own override, and `Connection: close` while
 *   draining and after an address that is malformed, whose sender is no client of this server;
 * - one `http.access` line (INFO, whatever the status) when the response has been sent, or the client has gone, and the
 *   request counted with it;
 * - where the policy says so, an entry in the activity log (`Activity`), with what handlers note in `RequestContext`.
 *
 * A feature is a layer of routes whose handlers fail with any `Failure`, and do nothing else about it:
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
  answerFailure: AnswerFailure<RA> = () => Effect.succeed(() => Effect.succeed(undefined))
) => {
  const table = new RouteTable()
  return HttpLayerRouter.serve(Layer.merge(routes.pipe(Layer.provide(table.layer)), pipeline(table, answerFailure)), {
    routerConfig,
    disableLogger: true,
    disableListenLog: true
  }).pipe(
    Layer.tap(() => Effect.flatMap(Logger, (logger) => logRoutes(logger, table))),
    // It believes any `b3` and anybody's `traceparent`; and where nobody takes spans, making them costs a quarter of a small request.
    HttpMiddleware.withTracerDisabledWhen(() => true)
  )
}

/** What the process answers at all, for whoever runs it at DEBUG. */
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
    const site = makeSite(settings)
    const respond = errorResponse(site)
    const encoded = compressed(yield* ContentCoding)
    const answerOtherwise = yield* answerFailure(site)
    const inFlight = yield* InFlight
    const headersFor = securityHeaders(settings)
    const activity = yield* Activity
    const stripped = new StrippedHeader()
    const limits = yield* RateLimits.make
    const admission = yield* Admission.make(limits)
    const spanOf = requestSpan(yield* Tracing)
    const formerAddress = fromFormerAddress(settings)

    /** The failure behind a cause; the router cannot tell a wrong method from a wrong address, nor a route why there is no token. */
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

    /** The answer to whatever went wrong. What is ours to mend is told to the log. */
    const answer = (exchange: Exchange) => (cause: Cause.Cause<unknown>) =>
      Effect.gen(function* () {
        if (isClientAbort(cause)) return HttpServerResponse.empty({ status: 499 })
        const diagnosed = diagnose(cause, exchange.request, yield* Clock.currentTimeMillis)
        const failure = yield* limits.afterFailure(diagnosed, clientAddress(proxies, exchange.request))
        const { code, fault, operator, retryable } = errorInfo(failure)
        exchange.failure = failure
        exchange.errorCode = code
        if (fault === "system" && failure._tag !== "SiteStarting") {
          const details = operator?.details
          // What passes by itself may come a thousand times a second, and says all there is in its details.
          yield* retryable
            ? log.warning("Request refused", { error_code: code, details })
            : log.error("Request failed", { error: cause, error_code: code, details })
        }
        const other = yield* Effect.provideService(answerOtherwise(failure), RequestContext, exchange.context)
        return other ?? respond(failure, exchange.request, exchange.id, exchange.policy.errors)
      })

    /** The answer, if there is room in memory for it while it is sent; a short one that says so otherwise. */
    const fitting = (exchange: Exchange, response: HttpServerResponse.HttpServerResponse) => {
      const bytes = exchange.request.method === "HEAD" ? 0 : Holding.heldBy(response.body)
      return Effect.as(exchange.claim.grow(bytes), response).pipe(Effect.catchAllCause(answer(exchange)))
    }

    const writeAccess = (exchange: Exchange) => (exit: Exit.Exit<unknown, unknown>) =>
      Effect.gen(function* () {
        const { claim, errorCode, request, response, startedAt } = exchange
        claim.release()
        const aborted = !Cause.isEmpty(yield* FiberRef.get(FiberRef.interruptedCause))
        if (Exit.isFailure(exit) && !aborted) yield* log.error("Response broken off", { error: exit.cause })
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
      })

    /** Lists a request in the activity log, and learns from it about the way that requests take. */
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

    return (app: App): App =>
      Effect.gen(function* () {
        const request = yield* HttpServerRequest.HttpServerRequest
        const startedAt = yield* Clock.currentTimeNanos
        const id = offeredId(proxies, request) ?? (yield* newId)
        const trace = offeredTrace(proxies, request)
        const span = spanOf(request, startedAt, trace)
        const claim = inFlight.claim(request, clientAddress(proxies, request))
        if (request.method !== "GET") Holding.open(request, claim)
        const exchange = new Exchange(table, limits, { request, id, startedAt, span, claim })
        // The fiber is this request's own, so the id is set without being taken back: it reaches the access line too. What
        // the process wrote there before (its own id, its job) is none of the request's.
        yield* FiberRef.set(
          FiberRef.currentLogAnnotations,
          HashMap.fromIterable<string, unknown>([["request_id", id], ...traceAnnotations(span, trace)])
        )
        activeRequests.add({ "http.request.method": methodLabel(request.method) }, 1)
        // Not `Effect.addFinalizer`: it compares all fiber refs, which costs more than the rest of the pipeline.
        yield* Scope.addFinalizerExit(yield* Effect.scope, writeAccess(exchange))
        const { context, policy } = exchange
        const phase = yield* admission.phase(request, policy)
        exchange.isListed = policy.activity && phase !== "starting" && request.method !== "OPTIONS"
        const moved = formerAddress(request, policy)
        const handled = Effect.provideService(app, RequestContext, context)
        const answered = moved === undefined ? (span?.around(handled) ?? handled) : Effect.succeed(moved)
        const sent = yield* Effect.zipRight(admission.admit(request, policy, phase), answered).pipe(
          Effect.catchAllCause(answer(exchange)),
          Effect.flatMap((response) => encoded(cacheable(response, policy), request)),
          Effect.flatMap((response) => fitting(exchange, response)),
          Effect.catchAllCause((cause) => Effect.as(log.error("Error page failed", { error: cause }), lastResort(id)))
        )
        const isLast = phase === "draining" || exchange.failure?._tag === "AddressMalformed"
        exchange.response = finished(sent, { policy, security: headersFor(policy), id, isLast })
        return exchange.response
      })
  })

/** Routes as the platform hands them to a global middleware, and as it takes them back. */
type App = Effect.Effect<
  HttpServerResponse.HttpServerResponse,
  HttpLayerRouter.unhandled,
  HttpLayerRouter.GlobalProvided
>

/** What lines say of the trace that a request belongs to, if it belongs to one. */
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

/** What comes of an address that has asked too often says nothing that the requests before it did not say. */
const isFlood = (failure: Failure | undefined): boolean => failure?._tag === "RateLimited" && failure.limit !== "writes"

/** Where clients get their tokens. */
const tokenEndpoint = "/indieauth/token"
