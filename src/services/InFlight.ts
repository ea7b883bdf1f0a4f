import type { HttpServerRequest } from "@effect/platform"
import { Context, type Effect } from "effect"
import type { ServerBusy } from "../errors/Availability.js"

/** Memory of one request: the body that was read, and the answer until it is sent. */
export interface Claim {
  /**
   * Counts bytes that the request is about to hold. Fails if there is no room for them and no other request can be cut
   * off.
   */
  readonly grow: (bytes: number) => Effect.Effect<void, ServerBusy>
  /** Releases all bytes of the request, when it ends or no longer holds what it has read. */
  readonly release: () => void
}

/**
 * Bounds the bytes that all requests together hold in memory, and those of one network. When the bound is reached,
 * clients that neither send nor read are cut off first, then those of the network that holds most.
 */
export class InFlight extends Context.Tag("starpunk/InFlight")<
  InFlight,
  {
    /** Opens the account of a request from this client address, which is empty if the request has none. */
    readonly claim: (request: HttpServerRequest.HttpServerRequest, address: string) => Claim
    /** Bytes that are counted now. */
    readonly held: Effect.Effect<number>
  }
>() {}
