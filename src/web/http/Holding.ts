import { type HttpBody, HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import type { ServerBusy } from "../../errors/Availability.js"
import type { Claim } from "../../services/InFlight.js"

/** The request object of Node that the platform wraps; copies of a request share it. */
export const sourceOf = (request: HttpServerRequest.HttpServerRequest): object =>
  typeof request.source === "object" && request.source !== null ? request.source : request

const claims = new WeakMap<object, Claim>()

/** Counts the request's body on this claim from now on. */
export const open = (request: HttpServerRequest.HttpServerRequest, claim: Claim): void => {
  claims.set(sourceOf(request), claim)
}

/** Counts bytes of the body that will be held in memory until the request ends. */
export const hold = (bytes: number): Effect.Effect<void, ServerBusy, HttpServerRequest.HttpServerRequest> =>
  Effect.flatMap(
    HttpServerRequest.HttpServerRequest,
    (request) => claims.get(sourceOf(request))?.grow(bytes) ?? Effect.void
  )

/** Stops counting the body, because it was discarded. */
export const release: Effect.Effect<void, never, HttpServerRequest.HttpServerRequest> = Effect.map(
  HttpServerRequest.HttpServerRequest,
  (request) => claims.get(sourceOf(request))?.release()
)

/** Memory of a streamed response: the chunk that is being sent. */
const pieceBytes = 65_536

/** Bytes of a response that are held in memory until they are sent. */
export const heldBy = (body: HttpBody.HttpBody): number => {
  if (body._tag === "Uint8Array") return body.body.length
  return body._tag === "Empty" ? 0 : pieceBytes
}
