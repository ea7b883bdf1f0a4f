import type { HttpServerRequest } from "@effect/platform"
import { Option, Schema } from "effect"
import { RequestId } from "../../domain/RequestId.js"
import { parseTraceParent, type TraceParent } from "../../domain/TraceParent.js"
import type { TrustedProxies } from "../../services/TrustedProxies.js"

const isRequestId = Schema.is(RequestId)

/** The client's address, as the trusted proxies report it; empty if the connection has none. */
export const clientAddress = (proxies: TrustedProxies["Type"], request: HttpServerRequest.HttpServerRequest): string =>
  proxies.clientAddress(peer(request), request.headers["x-forwarded-for"])

/** The request id that a trusted hop sent in `X-Request-ID`, if it is valid. */
export const offeredId = (
  proxies: TrustedProxies["Type"],
  request: HttpServerRequest.HttpServerRequest
): RequestId | undefined => idFrom(proxies, peer(request), request.headers["x-request-id"])

/** The id in a header that this peer sent, if the peer is a trusted hop and the id is well-formed. */
export const idFrom = (proxies: TrustedProxies["Type"], from: string, offered: unknown): RequestId | undefined =>
  offered !== undefined && proxies.isTrusted(from) && isRequestId(offered) ? offered : undefined

/** The trace that a trusted hop sent (`traceparent`), if it is valid. */
export const offeredTrace = (
  proxies: TrustedProxies["Type"],
  request: HttpServerRequest.HttpServerRequest
): TraceParent | undefined => traceFrom(proxies, peer(request), request.headers.traceparent)

/** The trace in a header that this peer sent, if the peer is a trusted hop and the trace is well-formed. */
export const traceFrom = (
  proxies: TrustedProxies["Type"],
  from: string,
  offered: string | undefined
): TraceParent | undefined => (offered !== undefined && proxies.isTrusted(from) ? parseTraceParent(offered) : undefined)

/** The peer address of the connection; empty if it has none. */
export const peer = (request: HttpServerRequest.HttpServerRequest): string =>
  Option.getOrElse(request.remoteAddress, () => "")
