import { type HttpBody, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Encoding } from "effect"
import fresh from "fresh"
import { withVariants } from "./Compression.js"
import { RequestContext } from "./RequestContext.js"
import { securityHeaderNames } from "./SecurityHeaders.js"

/** How a response may be kept and asked about again. */
export interface Validation {
  /** An entity tag with its quotes, as in `"v1"` or `W/"v1"`. Made from the content when absent. */
  readonly etag?: string
  /** Epoch milliseconds; told in whole seconds. */
  readonly lastModified?: number
}

/**
 * The headers that a 304 repeats (RFC 9110 §15.4.5), and those that are about the response and not its content. What a
 * route says of itself is among them: caches put a 304's headers in the place of those that they have (RFC 9111 §3.2).
 */
const kept: ReadonlySet<string> = new Set([
  ...["cache-control", "content-location", "date", "etag", "expires", "last-modified", "link", "vary"],
  ...securityHeaderNames
])

/**
 * Gives a response its validators, and answers 304 without a body when the client already has it. `If-None-Match` wins
 * over `If-Modified-Since`, lists and weak tags are understood (RFC 9110 §13). Only successful answers to GET and HEAD
 * are concerned; anything else is passed on as it is.
 */
export const conditional = (
  response: HttpServerResponse.HttpServerResponse,
  validation: Validation = {}
): Effect.Effect<HttpServerResponse.HttpServerResponse, never, HttpServerRequest.HttpServerRequest | RequestContext> =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (response.status !== 200 || (request.method !== "GET" && request.method !== "HEAD")) return response
    const etag = validation.etag ?? (yield* contentTag(response.body))
    const { lastModified } = validation
    const headers = {
      "cache-control": (yield* RequestContext).policy.cache,
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { "last-modified": httpDate(lastModified) })
    }
    const validated = HttpServerResponse.setHeaders(withVariants(response), headers)
    if (!fresh(questionOf(request), validated.headers)) return validated
    return HttpServerResponse.empty({
      status: 304,
      headers: Object.fromEntries(Object.entries(validated.headers).filter(([name]) => kept.has(name)))
    })
  })

/**
 * What the client asks about. Its own `Cache-Control` is left out: it speaks to caches on the way, and not to us, and
 * `fetch` adds `no-cache` to every conditional request (Fetch standard, HTTP-network-or-cache fetch).
 */
const questionOf = ({ headers }: HttpServerRequest.HttpServerRequest): Record<string, string | undefined> => ({
  "if-none-match": headers["if-none-match"],
  "if-modified-since": headers["if-modified-since"]
})

/** A strong tag: 128 bits of the content's SHA-256. Streams have none, since they are not known before they are sent. */
const contentTag = (body: HttpBody.HttpBody): Effect.Effect<string | undefined> =>
  body._tag === "Uint8Array"
    ? Effect.map(
        Effect.promise(() => crypto.subtle.digest("SHA-256", new Uint8Array(body.body))),
        (digest) => `"${Encoding.encodeBase64Url(new Uint8Array(digest, 0, 16))}"`
      )
    : Effect.succeed(undefined)

/** An instant in the form of RFC 9110 §5.6.7, whose unit is the second. */
const httpDate = (instant: number): string => new Date(instant).toUTCString()
