import type { IncomingMessage, ServerResponse } from "node:http"
import { Context, Effect, Layer } from "effect"
import { isNearby, networkOf } from "../../src/domain/Network.js"
import { Overloaded } from "../../src/errors/Availability.js"
import { countRequest } from "../../src/metrics/Http.js"
import { concurrencyLimit, waitingRequests } from "../../src/metrics/Overload.js"
import { Logger } from "../../src/services/Logger.js"
import { RouteKinds } from "../../src/services/RouteKinds.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { SiteSettings } from "../../src/services/SiteSettings.js"
import { TrustedProxies } from "../../src/services/TrustedProxies.js"
import { Settings } from "../../src/settings/Config.js"
import { accessLine, loggablePath } from "../../src/web/http/AccessLog.js"
import { preparedError } from "../../src/web/http/PreparedError.js"
import { isSessionCookieIn } from "../../src/web/http/SessionCookie.js"
import { AbandonableResponse } from "./AbandonableResponse.js"
import { ConcurrencyLimit } from "./ConcurrencyLimit.js"
import type { Handler } from "./Connections.js"
import { requestIdOf, senderOf } from "./Sender.js"
import { WaitingLine } from "./WaitingLine.js"

/**
 * How long a request waits for its turn, in milliseconds. Refused clients retry, so a delayed refusal limits how many
 * refusals a crowd can cause.
 */
const patience = 1_000

/**
 * The line is long if its first request has waited for this many milliseconds: then the newest request is next. A
 * quarter of the patience, so that requests in a long line are answered in time.
 */
const long = 250

/** Interval of the search for requests whose patience is over, in milliseconds. */
const lookEvery = 20

/** Maximum number of refusals per search, so that they do not block the event loop. */
const refusalsAtOnce = 100

/** Values of `Retry-After`, in seconds; clients get different ones. */
const returns = [2, 3, 4, 5, 6] as const

/** Passes requests to the handler, as many at once as the process can handle. */
export interface LoadShedderShape {
  /** Passes a request on, at once or when its turn comes; refuses it if that takes too long. */
  readonly pass: (request: IncomingMessage, response: ServerResponse, handle: Handler) => void
  /** Moves a waiting request before others, because other requests wait for its page. */
  readonly prefer: (request: unknown) => void
}

/** The load shedder of this server. By default, every request is passed on at once. */
export class LoadShedder extends Context.Reference<LoadShedder>()("starpunk/LoadShedder", {
  defaultValue: (): LoadShedderShape => ({
    pass: (request, response, handle) => handle(request, response),
    prefer: () => {}
  })
}) {}

/** A request that waits for its turn. */
interface Waiting {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly handle: Handler
  readonly since: number
}

/** Requests that share a limit. */
class Budget {
  readonly limit = new ConcurrencyLimit()
  readonly line = new WaitingLine<unknown>()
  readonly waiting = new Map<unknown, Waiting>()

  constructor(
    readonly name: "visitors" | "callers",
    private readonly now: () => number,
    private readonly networkOf: (request: IncomingMessage) => string | undefined
  ) {}

  pass(waiting: Waiting): void {
    if (this.limit.hasRoom && this.line.size === 0) {
      this.begin(waiting)
      return
    }
    const { request, response, since } = waiting
    this.waiting.set(request, waiting)
    this.line.add(request, since, this.networkOf(request))
    response.once("close", () => {
      this.line.remove(request)
      this.waiting.delete(request)
    })
  }

  /** Removes and returns a request whose patience is over. */
  expired(now: number): Waiting | undefined {
    return this.taken(this.line.earliest(now - patience))
  }

  private begin({ handle, request, response }: Waiting): void {
    const startedAt = this.now()
    let isRunning = true
    // A started response needs no more CPU time, even if the client reads slowly.
    const end = () => {
      if (!isRunning) return
      isRunning = false
      const now = this.now()
      this.limit.end(now - startedAt, now)
      setImmediate(() => this.advance())
    }
    this.limit.begin()
    if (response instanceof AbandonableResponse) response.onBegun(end)
    response.once("close", end)
    handle(request, response)
  }

  private advance(): void {
    while (this.limit.hasRoom) {
      const next = this.taken(this.line.next(this.now() - long))
      if (next === undefined) return
      this.begin(next)
    }
  }

  private taken(request: unknown): Waiting | undefined {
    if (request === undefined) return undefined
    const waiting = this.waiting.get(request)
    this.waiting.delete(request)
    return waiting
  }
}

/** Writes refusals that are rendered once. */
const refusals = Effect.gen(function* () {
  const settings = yield* Settings
  const { known } = yield* SiteSettings
  const proxies = yield* TrustedProxies
  const random = yield* SecureRandom
  const access = (yield* Logger).named("starpunk.http").unsafeInfos("http.access", {})
  const clock = yield* Effect.clock
  const prepared = returns.map((retryAfterSeconds) =>
    preparedError(settings, new Overloaded({ retryAfterSeconds }), known)
  )
  let turn = 0

  return ({ request, response, since }: Waiting): void => {
    const { headers, method, url = "" } = request
    const sender = senderOf(proxies, request)
    const id = requestIdOf(proxies, random, request, sender)
    const { body, code, rawHeaders, status } = prepared[turn++ % prepared.length]?.(headers.accept ?? "") ?? {}
    if (body === undefined || status === undefined) return
    const bytes = body(id)
    const finish = () => {
      const seconds = Number(clock.unsafeCurrentTimeNanos()) / 1e9 - since / 1e3
      countRequest({ method, status, seconds, code })
      const line = accessLine({
        method,
        route: undefined,
        path: loggablePath(url),
        status,
        durationNanos: BigInt(Math.round(seconds * 1e9)),
        bytesOut: method === "HEAD" ? 0 : bytes.length,
        client: sender.client,
        userAgent: headers["user-agent"],
        errorCode: code,
        aborted: !response.writableFinished
      })
      access(id, line)
    }
    response.writeHead(status, [...(rawHeaders ?? []), "content-length", String(bytes.length), "x-request-id", id])
    if (method === "HEAD") response.end()
    else response.end(bytes)
    // As in `CachedAnswers`.
    if (response.writableFinished && request.socket.writable) finish()
    else response.once("close", finish)
  }
})

/**
 * Keeps the process responsive under overload. Anonymous requests for pages share one limit of concurrency, and
 * requests with credentials share another, so that a crowd does not keep the owner out. Health checks and writes have
 * no limit here: the pool and the memory limits bound them. A request waits without a fiber; after a second it is
 * refused with a prepared response.
 */
const make = Effect.gen(function* () {
  const kinds = yield* RouteKinds
  const refuse = yield* refusals
  const clock = yield* Effect.clock
  const now = () => Number(clock.unsafeCurrentTimeNanos()) / 1e6
  const proxies = yield* TrustedProxies
  const network = (request: IncomingMessage) => {
    const { client } = senderOf(proxies, request)
    // A proxy that the settings do not name brings the requests of many.
    return isNearby(client) ? undefined : networkOf(client)
  }
  const visitors = new Budget("visitors", now, network)
  const callers = new Budget("callers", now, network)
  const budgets = [visitors, callers]

  const budgetOf = ({ headers, method, url = "" }: IncomingMessage): Budget | undefined => {
    if (method !== "GET" && method !== "HEAD") return undefined
    const kind = kinds.of(url)
    if (kind === "probe") return undefined
    if (headers.authorization !== undefined || isSessionCookieIn(headers.cookie)) return callers
    return kind === "other" ? callers : visitors
  }

  let isLooking = false
  const look = () => {
    isLooking = false
    const at = now()
    for (const budget of budgets) {
      for (let refused = 0; refused < refusalsAtOnce; refused++) {
        const waiting = budget.expired(at)
        if (waiting === undefined) break
        refuse(waiting)
      }
    }
    watch()
  }
  const watch = () => {
    for (const { limit, line, name } of budgets) {
      concurrencyLimit.set({ budget: name }, limit.current)
      waitingRequests.set({ budget: name }, line.size)
    }
    if (isLooking || budgets.every(({ line }) => line.size === 0)) return
    isLooking = true
    setTimeout(look, lookEvery).unref()
  }
  watch()

  return LoadShedder.of({
    pass: (request, response, handle) => {
      const budget = budgetOf(request)
      if (budget === undefined) handle(request, response)
      else {
        budget.pass({ request, response, handle, since: now() })
        if (budget.line.size > 0) watch()
      }
    },
    prefer: (request) => {
      for (const { line } of budgets) line.prefer(request)
    }
  })
})

/** The limits of this process. */
export const layer: Layer.Layer<never, never, Logger | SecureRandom | Settings | SiteSettings | TrustedProxies> =
  Layer.effect(LoadShedder, make)
