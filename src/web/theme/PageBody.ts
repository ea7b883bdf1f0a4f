import { type HttpBody, HttpServerResponse } from "@effect/platform"
import { Effect, Stream } from "effect"
import { slicesOf } from "../../domain/Slices.js"
import type { DocumentPart } from "./LongTexts.js"

/** Characters that are escaped and encoded at once: about a millisecond of work, and at most 112 KiB. */
const pieceLength = 16_384

/** Length of a page, in UTF-16 code units, from which on it is encoded in pieces. */
const large = 65_536

/** Splits a text into pieces of a page. */
export const piecesOf = (text: string): Generator<string> => slicesOf(text, pieceLength)

/** The HTML of a page in pieces of at least `pieceLength`, because each is a turn and a write to the socket. */
function* htmlOf(parts: ReadonlyArray<DocumentPart>): Generator<string> {
  let html = ""
  for (const { escape, later, text } of parts) {
    if (later !== undefined) {
      if (html !== "") yield html
      html = ""
      yield* htmlOf(later())
    }
    for (const piece of piecesOf(text)) {
      html += escape(piece)
      if (html.length < pieceLength) continue
      yield html
      html = ""
    }
  }
  if (html !== "") yield html
}

/** Returns a document as one text. */
export const wholeText = (parts: ReadonlyArray<DocumentPart>): string => [...htmlOf(parts)].join("")

/** Encodes pieces of text while they are sent; other fibers run between two of them. */
export const streamed = (pieces: IterableIterator<string>): Stream.Stream<Uint8Array> =>
  Stream.encodeText(Stream.tap(Stream.fromIteratorSucceed(pieces, 1), () => Effect.yieldNow()))

/** Bodies of large pages. */
const pages = new WeakMap<HttpBody.HttpBody, ReadonlyArray<DocumentPart>>()

/** Makes the response of a document, a page by default. The body of a large one is encoded in pieces while it is sent. */
export const responseOf = (
  parts: ReadonlyArray<DocumentPart>,
  options: {
    readonly status?: number
    readonly headers?: Readonly<Record<string, string>>
    readonly contentType?: string
  } = {}
): HttpServerResponse.HttpServerResponse => {
  const typed = { contentType: "text/html; charset=utf-8", ...options }
  const length = parts.reduce((sum, { later, text }) => sum + (later === undefined ? text.length : large), 0)
  if (length < large) return HttpServerResponse.text(wholeText(parts), typed)
  const response = HttpServerResponse.stream(streamed(htmlOf(parts)), typed)
  pages.set(response.body, parts)
  return response
}

/**
 * Encodes a large page now, so that it can have an entity tag and be cached. Other fibers run meanwhile. Other responses
 * are returned unchanged.
 */
export const encodedWhole = (
  response: HttpServerResponse.HttpServerResponse
): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
  Effect.gen(function* () {
    const parts = pages.get(response.body)
    if (parts === undefined) return response
    const encoder = new TextEncoder()
    const pieces: Array<Uint8Array> = []
    for (const piece of htmlOf(parts)) {
      pieces.push(encoder.encode(piece))
      yield* Effect.yieldNow()
    }
    const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
    let length = 0
    for (const piece of pieces) {
      whole.set(piece, length)
      length += piece.length
      yield* Effect.yieldNow()
    }
    const { contentType } = response.body._tag === "Stream" ? response.body : { contentType: "text/html" }
    return HttpServerResponse.uint8Array(whole, {
      status: response.status,
      headers: response.headers,
      cookies: response.cookies,
      contentType
    })
  })
