import { type HttpBody, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Encoding } from "effect"
import fresh from "fresh"
import { encodedWhole } from "../theme/PageBody.js"
import { withVariants } from "./Compression.js"
import { RequestContext } from "./RequestContext.js"
import { securityHeaderNames } from "./SecurityHeaders.js"

/** Validators of a response. */
export interface Validation {
  /** An entity tag with its quotes, as in `"v1"` or `W/"v1"`. Made from the content when absent. */
  readonly etag?: string
  /** Epoch milliseconds; sent in whole seconds. */
  readonly lastModified?: number
}

/**
 * Headers that a 304 repeats (RFC 9110 §15.4.5), and headers about the response rather than its content, because caches
 * replace stored headers by those of a 304 (RFC 9111 §3.2).
 */
const kept: ReadonlySet<string> = new Set([
  ...["cache-control", "content-location", "date", "etag", "expires", "last-modified", "link", "vary"],
  ...securityHeaderNames
])

/**
 * Adds validators to a response, and returns 304 without a body if the client already has it. `If-None-Match` wins over
 * `If-Modified-Since`; lists and weak tags are supported (RFC 9110 §13). Applies to successful responses to GET and
 * HEAD; others are returned unchanged.
 */
export const conditional = (
  response: HttpServerResponse.HttpServerResponse,
  validation: Validation = {}
): Effect.Effect<HttpServerResponse.HttpServerResponse, never, HttpServerRequest.HttpServerRequest | RequestContext> =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (response.status !== 200 || (request.method !== "GET" && request.method !== "HEAD")) return response
    const whole = yield* encodedWhole(response)
    const etag = validation.etag ?? (yield* contentTag(whole.body))
    const { lastModified } = validation
    const headers = {
      "cache-control": (yield* RequestContext).policy.cache,
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { "last-modified": httpDate(lastModified) })
    }
    const validated = HttpServerResponse.setHeaders(withVariants(whole), headers)
    if (!fresh(questionOf(request), validated.headers)) return validated
    return HttpServerResponse.empty({
      status: 304,
      headers: Object.fromEntries(Object.entries(validated.headers).filter(([name]) => kept.has(name)))
    })
  })

/**
 * The conditional headers of the client. Its `Cache-Control` is ignored: it is for caches, and `fetch` adds `no-cache`
 * to every conditional request (Fetch standard, HTTP-network-or-cache fetch).
 */
const questionOf = ({ headers }: HttpServerRequest.HttpServerRequest): Record<string, string | undefined> => ({
  "if-none-match": headers["if-none-match"],
  "if-modified-since": headers["if-modified-since"]
})

/**
 * A strong tag: 128 bits of the content's SHA-256. Streams have none, because their content is unknown before it is
 * sent.
 */
const contentTag = (body: HttpBody.HttpBody): Effect.Effect<string | undefined> =>
  body._tag === "Uint8Array"
    ? Effect.map(
        Effect.promise(() => crypto.subtle.digest("SHA-256", new Uint8Array(body.body))),
        (digest) => `"${Encoding.encodeBase64Url(new Uint8Array(digest, 0, 16))}"`
      )
    : Effect.succeed(undefined)

/** Formats an instant as in RFC 9110 §5.6.7, to the second. */
const httpDate = (instant: number): string => new Date(instant).toUTCString()
