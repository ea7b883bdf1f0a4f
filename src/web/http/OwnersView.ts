import { Headers, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import type { DatabaseFailure } from "../../errors/Database.js"
import type { SessionManager } from "../../services/SessionManager.js"
import { CurrentSite, type Site } from "../theme/Site.js"
import type { Exchange } from "./Exchange.js"
import { RequestContext } from "./RequestContext.js"
import { publicPage, type RoutePolicy } from "./RoutePolicy.js"
import { anySession, hasSessionToken } from "./SessionCookie.js"

const conditionalHeaders = ["if-none-match", "if-modified-since"]

/** Returns whether a route's responses are pages for visitors, which have links for the owner. */
const isPage = ({ cache, caller, headers }: RoutePolicy): boolean =>
  caller === "anyone" && headers === publicPage.headers && cache === publicPage.cache

/**
 * Looks for the owner's session in a request for a public page. Without an active session, the request counts as a
 * visitor's.
 */
const lookForOwner = (sessions: SessionManager["Type"], exchange: Exchange): Effect.Effect<void> =>
  Effect.map(Effect.option(anySession(sessions)), (found) => {
    exchange.isForOwner = Option.isSome(Option.flatten(found))
  }).pipe(Effect.provideService(HttpServerRequest.HttpServerRequest, exchange.request))

/**
 * The owner's request for a public page, without its conditional headers: the browser may have cached the page for
 * visitors before the login.
 */
const unconditional = ({ request }: Exchange): HttpServerRequest.HttpServerRequest =>
  request.modify({ headers: Headers.remove(request.headers, conditionalHeaders) })

/** Runs a handler with the site for the owner, with the number of `drafts`, or for visitors. */
export const forViewer =
  (
    sessions: SessionManager["Type"],
    current: Effect.Effect<Site, DatabaseFailure, RequestContext>,
    drafts: Effect.Effect<number, DatabaseFailure>
  ) =>
  <A, E, R>(exchange: Exchange, handler: Effect.Effect<A, E, R>) => {
    const site = Effect.provideService(current, RequestContext, exchange.context)
    const forVisitor = Effect.provideService(handler, CurrentSite, site)
    if (!isPage(exchange.policy) || !hasSessionToken(exchange.request)) return forVisitor
    const forOwner = Effect.suspend(() =>
      handler.pipe(
        Effect.provideService(
          CurrentSite,
          Effect.zipWith(site, drafts, (about, count) => ({ ...about, isForOwner: true, drafts: count }))
        ),
        Effect.provideService(HttpServerRequest.HttpServerRequest, unconditional(exchange))
      )
    )
    return Effect.flatMap(lookForOwner(sessions, exchange), () => (exchange.isForOwner ? forOwner : forVisitor))
  }

/** Adds `no-store` to a response for the owner. */
export const responseForViewer = (
  { isForOwner }: Exchange,
  response: HttpServerResponse.HttpServerResponse
): HttpServerResponse.HttpServerResponse =>
  isForOwner ? HttpServerResponse.setHeader(response, "cache-control", "no-store") : response
