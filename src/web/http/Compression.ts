import { HttpBody, type HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import Negotiator from "negotiator"
import { type Coding, type ContentCoding, codings } from "../../services/ContentCoding.js"

/** Below this, what is saved is less than a packet. Bytes. */
const leastBytes = 1024

/** What becomes smaller by it. */
const compressible = /^(?:text\/|application\/(?:json|javascript|xml)\b|[^;]*\+(?:json|xml)\b)/i

/** The package knows the option since 1.0; its published types do not. */
interface PreferringNegotiator {
  readonly encodings: (
    available: ReadonlyArray<string>,
    options: { readonly preferred: ReadonlyArray<string> }
  ) => ReadonlyArray<string>
}

/** What the client would like best of what there is; none when it asks for nothing, or for the content as it is. */
const codingFor = ({ headers }: HttpServerRequest.HttpServerRequest): Coding | undefined => {
  const asked = headers["accept-encoding"]
  if (asked === undefined) return undefined
  const negotiator = new Negotiator({ headers: { "accept-encoding": asked } }) as unknown as PreferringNegotiator
  const [liked] = negotiator.encodings([...codings, "identity"], { preferred: codings })
  return codings.find((coding) => coding === liked)
}

/** A strong tag says that two answers are the same byte for byte, which an encoded one and a plain one are not (RFC 9110 §8.8.3.3). */
const weakened = (tag: string): string => (tag.startsWith("W/") ? tag : `W/${tag}`)

const variesByCoding = (vary: string | undefined): boolean =>
  vary !== undefined && /(?:^|,)\s*(?:accept-encoding|\*)\s*(?:,|$)/i.test(vary)

const varied = (vary: string | undefined): string => {
  if (vary === undefined) return "accept-encoding"
  return variesByCoding(vary) ? vary : `${vary}, accept-encoding`
}

/**
 * Says that this content goes out in several encodings, where it does: by its type, or as a page where it has none yet.
 * For whoever answers 304, which has to say so too and has no content to tell it by.
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
 * The answer as the client would like it encoded. Only what is text and may be kept by caches is: pictures are small
 * already, and a personal page next to what a stranger can put into it would tell its secrets by its size (BREACH).
 */
export const compressed =
  ({ encode }: ContentCoding["Type"]) =>
  (
    response: HttpServerResponse.HttpServerResponse,
    request: HttpServerRequest.HttpServerRequest
  ): Effect.Effect<HttpServerResponse.HttpServerResponse> => {
    const { body, headers, status } = response
    const type = body._tag === "Uint8Array" ? body.contentType : headers["content-type"]
    const isKept = headers["cache-control"] !== undefined && !/no-store/i.test(headers["cache-control"])
    const isNotModified = status === 304 && variesByCoding(headers.vary)
    if (!isNotModified && !(isKept && type !== undefined && compressible.test(type))) return Effect.succeed(response)

    const coding = codingFor(request)
    const told = withVariants(response)
    const own = headers.etag === undefined ? told : HttpServerResponse.setHeader(told, "etag", weakened(headers.etag))
    if (isNotModified) return Effect.succeed(coding === undefined ? told : own)
    if (coding === undefined || body._tag !== "Uint8Array" || body.body.length < leastBytes) return Effect.succeed(told)
    return Effect.map(
      encode(coding, body.body),
      Option.match({
        onNone: () => told,
        onSome: (encoded) =>
          HttpServerResponse.setHeader(
            HttpServerResponse.setBody(own, HttpBody.uint8Array(encoded, body.contentType)),
            "content-encoding",
            coding
          )
      })
    )
  }
