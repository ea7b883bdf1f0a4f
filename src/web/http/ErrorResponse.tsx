import { type HttpServerRequest, HttpServerResponse } from "@effect/platform"
import Negotiator from "negotiator"
import type { RequestId } from "../../domain/RequestId.js"
import type { ErrorInfo, OAuthError } from "../../errors/ErrorInfo.js"
import type { Failure } from "../../errors/Failure.js"
import type { SessionExpired } from "../../errors/Session.js"
import { unmarked } from "../../texts/Fallback.js"
import { speak } from "../../texts/Texts.js"
import { ErrorPage } from "../theme/ErrorPage.js"
import { failureWords } from "../theme/FailureWords.js"
import { renderPage } from "../theme/Page.js"
import type { Site } from "../theme/Site.js"
import type { RoutePolicy } from "./RoutePolicy.js"

/** The parts of a request that its error depends on. */
type Asking = Pick<HttpServerRequest.HttpServerRequest, "headers" | "method" | "originalUrl">

/**
 * Makes the response of a failure: a page for browsers, `application/problem+json` (RFC 9457) for programs, and `{
 * error, error_description }` if the route's policy says so. Contains nothing that is for the operator.
 */
export const errorResponse =
  (site: Site) =>
  (
    failure: Failure,
    request: Asking,
    requestId: RequestId,
    policy: Pick<RoutePolicy, "errors" | "headers">
  ): HttpServerResponse.HttpServerResponse => {
    const info = failure.info
    if (failure._tag === "SessionExpired" && isRead(request) && wantsPage(request)) return toLogin(failure, request)
    if (failure._tag === "ProofNeeded" && isRead(request) && wantsPage(request)) return toConfirmation(request)
    const isOauth = policy.errors === "oauth"
    const options = { status: info.status, headers: headersOf(failure, info, isOauth) }
    const program = isOauth ? "application/json" : "application/problem+json"
    if (wantsPage(request)) {
      const page = renderPage(<ErrorPage site={site} info={info} requestId={requestId} />)
      return HttpServerResponse.text(page, { ...options, contentType: "text/html; charset=utf-8" })
    }
    const body = isOauth
      ? oauthBody(failure, info, requestId)
      : problem(site, info, requestId, wordsFor(policy, site, info))
    return HttpServerResponse.unsafeJson(body, { ...options, contentType: program })
  }

/**
 * Returns whether the client prefers a page. A client that accepts anything is a program, because browsers always name
 * HTML.
 */
export const wantsPage = (request: Pick<HttpServerRequest.HttpServerRequest, "headers">): boolean =>
  new Negotiator({ headers: { ...request.headers } }).mediaType([
    "application/problem+json",
    "application/json",
    "text/html"
  ]) === "text/html"

const isRead = ({ method }: Asking): boolean => method === "GET" || method === "HEAD"

/** Redirects a browser to the login and back to the owner's page. */
const toLogin = ({ reason }: SessionExpired, request: Asking): HttpServerResponse.HttpServerResponse => {
  const query = new URLSearchParams({ next: request.originalUrl, ...(reason === "unknown" ? {} : { ended: reason }) })
  return HttpServerResponse.redirect(`/auth/login?${query}`, {
    status: 303,
    headers: { "cache-control": "no-store", vary: "accept" }
  })
}

/** The address at which the owner authenticates again before continuing to `next`. */
export const confirmAddress = (next: string): string => `/auth/confirm?${new URLSearchParams({ next })}`

const toConfirmation = (request: Asking): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.redirect(confirmAddress(request.originalUrl), {
    status: 303,
    headers: { "cache-control": "no-store", vary: "accept" }
  })

/** The response if even rendering the error fails: constant text with the request id. */
export const lastResort = (requestId: string): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.text(`An internal error occurred. Request id: ${requestId}\n`, {
    status: 500,
    contentType: "text/plain; charset=utf-8",
    headers: { "cache-control": "no-store" }
  })

type Words = Pick<ErrorInfo, "message" | "suggestion">

/**
 * The words of a problem. The scripts of the owner's pages show them, so there they are in the site's language; other
 * programs get the words that developers search for.
 */
const wordsFor = ({ headers }: Pick<RoutePolicy, "headers">, site: Site, info: ErrorInfo): Words => {
  if (headers !== "personal") return info
  speak(site.language)
  const { message, suggestion } = failureWords(info)
  return { message: unmarked(message), suggestion: unmarked(suggestion) }
}

/** RFC 9457; `error` is in the format of the original. */
export const problem = (site: Pick<Site, "url">, info: ErrorInfo, requestId: RequestId, words: Words = info) => ({
  type: `${site.url}/errors/${info.code}`,
  title: words.message,
  status: info.status,
  detail: words.suggestion,
  instance: requestId,
  code: info.code,
  retryable: info.retryable,
  error: { message: info.message, suggestion: info.suggestion, troubleshooting: info.troubleshooting }
})

/** RFC 6749 §5.2 and Micropub §3.8; `code` and `request_id` are additions that clients ignore. */
const oauthBody = (failure: Failure, info: ErrorInfo, requestId: RequestId) => ({
  error: info.oauth ?? oauthError(info.status),
  error_description: printable(`${info.message}. ${info.suggestion}`),
  ...(failure._tag === "ScopeMissing" ? { scope: printable(failure.needed) } : {}),
  code: info.code,
  request_id: requestId
})

const oauthError = (status: number): OAuthError => {
  if (status === 503 || status === 429) return "temporarily_unavailable"
  if (status >= 500) return "server_error"
  if (status === 401) return "unauthorized"
  return status === 403 ? "forbidden" : "invalid_request"
}

const headersOf = (failure: Failure, info: ErrorInfo, isOauth: boolean): Readonly<Record<string, string>> => {
  const challenge = challengeOf(failure, info, isOauth)
  return {
    "cache-control": "no-store",
    vary: "accept",
    ...(info.retryAfter === undefined ? {} : { "retry-after": String(info.retryAfter) }),
    ...(failure._tag === "MethodNotAllowed" ? { allow: failure.allowed.join(", ") } : {}),
    ...(failure._tag === "RangeUnsatisfiable" ? { "content-range": `bytes */${failure.length}` } : {}),
    ...(challenge === undefined ? {} : { "www-authenticate": challenge })
  }
}

/**
 * The `WWW-Authenticate` header of every 401 (RFC 9110 §15.5.2). For bearer tokens: the error of the token, and none
 * without a token (RFC 6750 §3.1). Otherwise a scheme for form and cookie, for which browsers show no dialog.
 */
const challengeOf = (failure: Failure, info: ErrorInfo, isOauth: boolean): string | undefined => {
  if (failure._tag === "TokenMissing" || failure._tag === "HeaderStripped" || failure._tag === "MetricsNotShown") {
    return "Bearer"
  }
  if (failure._tag === "ScopeMissing")
    return `${bearerError("insufficient_scope", info)}, scope="${printable(failure.needed)}"`
  if (info.oauth === "invalid_token") return bearerError("invalid_token", info)
  if (info.status !== 401) return undefined
  return isOauth ? "Bearer" : 'Cookie form-action="/auth/login"'
}

const bearerError = (error: OAuthError, { message, suggestion }: ErrorInfo): string =>
  `Bearer error="${error}", error_description="${printable(`${message}. ${suggestion}`)}"`

/** Keeps only what RFC 6749 §5.2 and quoted header values allow: printable ASCII without quotes and backslashes. */
const printable = (text: string): string =>
  text
    .replaceAll("…", "...")
    .replaceAll('"', "'")
    .replace(/[^\x20-\x5b\x5d-\x7e]/g, "?")
