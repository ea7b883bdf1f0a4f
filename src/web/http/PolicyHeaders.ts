import { HttpServerResponse } from "@effect/platform"
import type { RequestId } from "../../domain/RequestId.js"
import { corsHeaders } from "./Cors.js"
import type { RoutePolicy } from "./RoutePolicy.js"
import type { SecurityHeaders } from "./SecurityHeaders.js"

const noStore = "no-store"

/** The response as it leaves: what the route's policy adds, unless the handler says otherwise. */
export const finished = (
  response: HttpServerResponse.HttpServerResponse,
  {
    id,
    isLast,
    policy,
    security
  }: {
    readonly policy: RoutePolicy
    readonly security: SecurityHeaders
    readonly id: RequestId
    readonly isLast: boolean
  }
): HttpServerResponse.HttpServerResponse => {
  const added: Record<string, string> = { ...(policy.origin === "any" ? corsHeaders : {}), "x-request-id": id }
  for (const [name, value] of security) if (response.headers[name] === undefined) added[name] = value
  if (isLast) added.connection = "close"
  return HttpServerResponse.setHeaders(response, added)
}

/** Says how long the answer may be kept. A redirect or an error is no more cacheable than the protocol makes it. */
export const cacheable = (
  response: HttpServerResponse.HttpServerResponse,
  { cache }: RoutePolicy
): HttpServerResponse.HttpServerResponse =>
  response.headers["cache-control"] === undefined && (cache === noStore || response.status === 200)
    ? HttpServerResponse.setHeader(response, "cache-control", cache)
    : response
