import { HttpServerResponse } from "@effect/platform"
import type { RequestId } from "../../domain/RequestId.js"
import { corsHeaders } from "./Cors.js"
import type { RoutePolicy } from "./RoutePolicy.js"
import type { SecurityHeaders } from "./SecurityHeaders.js"

const noStore = "no-store"

/** Adds the headers of the route's policy to a response, unless the handler has set them. */
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

/** Adds `Cache-Control`. Redirects and errors keep the default of HTTP. */
export const cacheable = (
  response: HttpServerResponse.HttpServerResponse,
  { cache }: RoutePolicy
): HttpServerResponse.HttpServerResponse =>
  response.headers["cache-control"] === undefined && (cache === noStore || response.status === 200)
    ? HttpServerResponse.setHeader(response, "cache-control", cache)
    : response
