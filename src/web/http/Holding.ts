import { type HttpBody, HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import type { ServerBusy } from "../../errors/failure/Http.js"
import type { Claim } from "../../services/InFlight.js"

/** The platform's own request: the one before us may be a copy of it. */
export const sourceOf = (request: HttpServerRequest.HttpServerRequest): object =>
  typeof request.source === "object" && request.source !== null ? request.source : request

const claims = new WeakMap<object, Claim>()

/** From now on counts what is read of this request on this claim. */
export const open = (request: HttpServerRequest.HttpServerRequest, claim: Claim): void => {
  claims.set(sourceOf(request), claim)
}

/** Counts bytes of the body that are about to be kept in memory until the request is over. */
export const hold = (bytes: number): Effect.Effect<void, ServerBusy, HttpServerRequest.HttpServerRequest> =>
  Effect.flatMap(
    HttpServerRequest.HttpServerRequest,
    (request) => claims.get(sourceOf(request))?.grow(bytes) ?? Effect.void
  )

/** Counts nothing of the body any more, since it was thrown away. */
export const letGo: Effect.Effect<void, never, HttpServerRequest.HttpServerRequest> = Effect.map(
  HttpServerRequest.HttpServerRequest,
  (request) => claims.get(sourceOf(request))?.release()
)

/** What an answer that comes in pieces holds while nobody reads: the piece that is being sent. */
const pieceBytes = 65_536

/** Bytes of an answer that are in memory until they are sent. */
export const heldBy = (body: HttpBody.HttpBody): number => {
  if (body._tag === "Uint8Array") return body.body.length
  return body._tag === "Empty" ? 0 : pieceBytes
}
