import { Headers, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import type { DatabaseFailure } from "../../errors/Database.js"
import type { SessionManager } from "../../services/SessionManager.js"
import type { Site } from "../theme/Site.js"
import type { Exchange } from "./Exchange.js"
import { publicPage, type RoutePolicy } from "./RoutePolicy.js"
import { anySession, hasSessionToken } from "./SessionCookie.js"

const conditionalHeaders = ["if-none-match", "if-modified-since"]

/** Returns whether a route's responses are pages for visitors, which have links for the owner. */
const isPage = ({ cache, caller, headers }: RoutePolicy): boolean =>
  caller === "anyone" && headers === publicPage.headers && cache === publicPage.cache

/**
 * Returns whether a request may be the owner's for a public page. Its conditional headers do not count: the browser may
 * have the page that visitors see, from before the login.
 */
const mayBeOwners = ({ policy, request }: Exchange): boolean => isPage(policy) && hasSessionToken(request)

/** The site for a request: with `isForOwner` on public pages for an active session. Without sessions to read, it is a visitor's. */
export const siteForViewer = (
  sessions: SessionManager["Type"],
  site: Effect.Effect<Site, DatabaseFailure>,
  exchange: Exchange
): Effect.Effect<Site, DatabaseFailure> =>
  mayBeOwners(exchange)
    ? Effect.gen(function* () {
        const session = Option.flatten(yield* Effect.option(anySession(sessions)))
        if (Option.isNone(session)) return yield* site
        exchange.isForOwner = true
        return { ...(yield* site), isForOwner: true }
      }).pipe(Effect.provideService(HttpServerRequest.HttpServerRequest, exchange.request))
    : site

/** The request for the handler. */
export const requestForViewer = (exchange: Exchange): HttpServerRequest.HttpServerRequest => {
  const { request } = exchange
  const isConditional = conditionalHeaders.some((name) => request.headers[name] !== undefined)
  return isConditional && mayBeOwners(exchange)
    ? request.modify({ headers: Headers.remove(request.headers, conditionalHeaders) })
    : request
}

/** A page for the owner is stored nowhere. */
export const responseForViewer = (
  { isForOwner }: Exchange,
  response: HttpServerResponse.HttpServerResponse
): HttpServerResponse.HttpServerResponse =>
  isForOwner ? HttpServerResponse.setHeader(response, "cache-control", "no-store") : response
