import { HttpBody, type HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import Negotiator from "negotiator"
import type { Coding, ContentCoding } from "../../services/ContentCoding.js"

/** Minimum size in bytes; below it, compression saves less than a packet. */
const leastBytes = 1024

/** Media types worth compressing. */
const compressible = /^(?:text\/|application\/(?:json|javascript|xml)\b|[^;]*\+(?:json|xml)\b)/i

/** The package supports the option since 1.0; its published types lack it. */
interface PreferringNegotiator {
  readonly encodings: (
    available: ReadonlyArray<string>,
    options: { readonly preferred: ReadonlyArray<string> }
  ) => ReadonlyArray<string>
}

/**
 * The one of the `available` codings that an `Accept-Encoding` header prefers; `undefined` if it wants none or the content
 * unencoded.
 */
export const codingFor = (asked: string | undefined, available: ReadonlyArray<Coding>): Coding | undefined => {
  if (asked === undefined) return undefined
  const negotiator = new Negotiator({ headers: { "accept-encoding": asked } }) as unknown as PreferringNegotiator
  const [liked] = negotiator.encodings([...available, "identity"], { preferred: available })
  return available.find((coding) => coding === liked)
}

/** Weakens a strong tag, because encoded and plain responses differ in their bytes (RFC 9110 §8.8.3.3). */
const weakened = (tag: string): string => (tag.startsWith("W/") ? tag : `W/${tag}`)

const variesByCoding = (vary: string | undefined): boolean =>
  vary !== undefined && /(?:^|,)\s*(?:accept-encoding|\*)\s*(?:,|$)/i.test(vary)

const varied = (vary: string | undefined): string => {
  if (vary === undefined) return "accept-encoding"
  return variesByCoding(vary) ? vary : `${vary}, accept-encoding`
}

/**
 * Adds `Vary` to a response that may be compressed, by its type, or as a page if it has none yet. For 304 responses,
 * which need it too but have no content.
 */
export const withVariants = (
  response: HttpServerResponse.HttpServerResponse
): HttpServerResponse.HttpServerResponse => {
  const { body, headers } = response
  const type = body._tag === "Empty" ? headers["content-type"] : (body.contentType ?? headers["content-type"])
  return type === undefined || compressible.test(type)
    ? HttpServerResponse.setHeader(response, "vary", varied(headers.vary))
    : response
}

/**
 * Compresses a response if the client accepts it. Only text that caches may store: pictures are small already, and the
 * size of a personal page with content of an attacker would reveal its secrets (BREACH).
 */
export const compressed =
  ({ codings, encode }: ContentCoding["Type"]) =>
  (
    response: HttpServerResponse.HttpServerResponse,
    request: HttpServerRequest.HttpServerRequest
  ): Effect.Effect<HttpServerResponse.HttpServerResponse> => {
    const { body, headers, status } = response
    const type = body._tag === "Uint8Array" ? body.contentType : headers["content-type"]
    const isKept = headers["cache-control"] !== undefined && !/no-store/i.test(headers["cache-control"])
    const isNotModified = status === 304 && variesByCoding(headers.vary)
    if (!isNotModified && !(isKept && type !== undefined && compressible.test(type))) return Effect.succeed(response)

    const coding = codingFor(request.headers["accept-encoding"], codings)
    const varied = withVariants(response)
    const own =
      headers.etag === undefined ? varied : HttpServerResponse.setHeader(varied, "etag", weakened(headers.etag))
    if (isNotModified) return Effect.succeed(coding === undefined ? varied : own)
    if (coding === undefined || body._tag !== "Uint8Array" || body.body.length < leastBytes)
      return Effect.succeed(varied)
    return Effect.map(
      encode(coding, body.body),
      Option.match({
        onNone: () => varied,
        onSome: (encoded) =>
          HttpServerResponse.setHeader(
            HttpServerResponse.setBody(own, HttpBody.uint8Array(encoded, body.contentType)),
            "content-encoding",
            coding
          )
      })
    )
  }
