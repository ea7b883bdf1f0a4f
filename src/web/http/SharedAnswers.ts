import { Cookies, type HttpServerRequest, type HttpServerResponse } from "@effect/platform"
import type { Question, SharedAnswer } from "../../services/PageCache.js"
import type { Route } from "./Routes.js"
import { isSessionCookieIn } from "./SessionCookie.js"

/** Maximum size of a cached answer in bytes: a page of the longest posts, or the site's own scripts. */
const maxBytes = 1_048_576

/**
 * Returns whether a request may get a shared answer: a GET or HEAD for a whole page, without body, session cookie or
 * authorization.
 */
export const mayShare = (method: string | undefined, headers: Question["headers"]): boolean =>
  (method === "GET" || method === "HEAD") &&
  headers.authorization === undefined &&
  headers.range === undefined &&
  headers["content-length"] === undefined &&
  headers["transfer-encoding"] === undefined &&
  headers.upgrade === undefined &&
  !isSessionCookieIn(headers.cookie)

/** Returns whether a route has pages that are the same for every visitor. */
export const isShared = (route: Route | undefined): boolean =>
  route?.policy.caller === "anyone" && !route.policy.activity && route.policy.cache.startsWith("public")

/**
 * The shared part of an answer; `private` if the answer is for this visitor only. Caches between us and the visitor
 * follow the same rule by `Cache-Control: public`.
 */
export const sharedAnswer = (
  request: HttpServerRequest.HttpServerRequest,
  response: HttpServerResponse.HttpServerResponse,
  route: Route | undefined,
  viewed: number | undefined
): SharedAnswer | "private" => {
  const { body, headers, status } = response
  if (route === undefined || !isShared(route)) return "private"
  if (status !== 200 && status !== 304) return "private"
  if (!mayShare(request.method, request.headers) || !Cookies.isEmpty(response.cookies)) return "private"
  if (headers["set-cookie"] !== undefined) return "private"
  if (headers["cache-control"]?.startsWith("public") !== true || headers.connection !== undefined) return "private"
  // The full-text index may be back any moment, without a change of the content.
  if (headers["x-search-engine"] === "fallback") return "private"
  const bytes = status === 304 ? new Uint8Array() : body._tag === "Uint8Array" ? body.body : undefined
  if (bytes === undefined || bytes.length > maxBytes) return "private"
  const { "x-request-id": _, ...shared } = headers
  return {
    status,
    headers: shared,
    rawHeaders: Object.entries(shared).flat(),
    body: bytes,
    route: route.template,
    limits: route.policy.limits.flatMap((limit) => (limit === "requests" || limit === "searches" ? [limit] : [])),
    viewed
  }
}
