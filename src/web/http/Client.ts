import type { HttpServerRequest } from "@effect/platform"
import { Option, Schema } from "effect"
import { RequestId } from "../../domain/RequestId.js"
import { parseTraceParent, type TraceParent } from "../../domain/TraceParent.js"
import type { TrustedProxies } from "../../services/TrustedProxies.js"

const isRequestId = Schema.is(RequestId)

/** The address of whoever asks, seen through our own proxies; empty where the connection has none. */
export const clientAddress = (proxies: TrustedProxies["Type"], request: HttpServerRequest.HttpServerRequest): string =>
  proxies.clientAddress(peer(request), request.headers["x-forwarded-for"])

/** The id that a trusted hop gave the request in `X-Request-ID`, when it is well-formed. */
export const offeredId = (
  proxies: TrustedProxies["Type"],
  request: HttpServerRequest.HttpServerRequest
): RequestId | undefined => {
  const offered = request.headers["x-request-id"]
  return isRequestId(offered) && proxies.isTrusted(peer(request)) ? offered : undefined
}

/** The trace that a trusted hop put the request into (`traceparent`), when it is well-formed. */
export const offeredTrace = (
  proxies: TrustedProxies["Type"],
  request: HttpServerRequest.HttpServerRequest
): TraceParent | undefined => {
  const offered = request.headers.traceparent
  return offered !== undefined && proxies.isTrusted(peer(request)) ? parseTraceParent(offered) : undefined
}

/** The address at the other end of the connection; empty where it has none. */
export const peer = (request: HttpServerRequest.HttpServerRequest): string =>
  Option.getOrElse(request.remoteAddress, () => "")
