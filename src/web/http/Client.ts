import type { HttpServerRequest } from "@effect/platform"
import { Effect, Option, Schema } from "effect"
import { RequestId } from "../../domain/RequestId.js"
import { makeRequestId } from "../../services/Correlation.js"
import type { SecureRandom } from "../../services/SecureRandom.js"
import type { TrustedProxies } from "../../services/TrustedProxies.js"

const isRequestId = Schema.is(RequestId)

/** The address of whoever asks, seen through our own proxies; empty where the connection has none. */
export const clientAddress = (proxies: TrustedProxies["Type"], request: HttpServerRequest.HttpServerRequest): string =>
  proxies.clientAddress(peer(request), request.headers["x-forwarded-for"])

/** The request's id: the one a trusted hop gave it in `X-Request-ID`, when it is well-formed; a new one otherwise. */
export const requestId = (
  proxies: TrustedProxies["Type"],
  request: HttpServerRequest.HttpServerRequest
): Effect.Effect<RequestId, never, SecureRandom> => {
  const offered = request.headers["x-request-id"]
  return isRequestId(offered) && proxies.isTrusted(peer(request)) ? Effect.succeed(offered) : makeRequestId
}

const peer = (request: HttpServerRequest.HttpServerRequest): string => Option.getOrElse(request.remoteAddress, () => "")
