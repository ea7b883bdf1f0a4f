import { Context, type Duration, type Effect } from "effect"
import type { OutboundFailure } from "../errors/Outbound.js"

/** A request to another server. */
export interface OutboundRequest {
  /** GET when absent. */
  readonly method?: "GET" | "HEAD" | "POST"
  /** Absolute, http or https. */
  readonly url: string
  /** Headers beside those of every request; dropped when a redirect leads to another origin. */
  readonly headers?: Readonly<Record<string, string>>
  /** Fields of a form-encoded body; only with POST. */
  readonly form?: Readonly<Record<string, string>>
  /** Maximum bytes of the body; a longer one fails as `too_large`. 1 MiB when absent. */
  readonly maxBytes?: number
  /** Whether to cut a longer body after `maxBytes` instead of failing: for pages, whose beginning is enough. */
  readonly mayCut?: boolean
  /** From the first DNS lookup to the last byte, redirects included; 5 s when absent. */
  readonly timeout?: Duration.Duration
  /**
   * Number of redirects to follow, each checked like the first address; 5 when absent. With 0, and always for POST, the
   * redirect itself is the answer.
   */
  readonly maxRedirects?: number
}

/** The answer of another server, with any status. */
export interface OutboundResponse {
  /** The final address, after all redirects. */
  readonly url: string
  readonly status: number
  /** Names in lower case; repeated headers are joined by a comma and a space. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** The body as UTF-8; invalid bytes are replaced. */
  readonly text: string
}

/**
 * Sends all outbound requests. No request reaches an address of this machine or of a private network, unless
 * `STARPUNK_OUTBOUND_ALLOW` names the host. This is checked in the connection's own DNS lookup, for every redirect, so
 * that a name cannot resolve differently between check and use. Time, size and redirects are bounded, and no request
 * blocks another.
 */
export class SafeHttp extends Context.Tag("starpunk/SafeHttp")<
  SafeHttp,
  { readonly request: (request: OutboundRequest) => Effect.Effect<OutboundResponse, OutboundFailure> }
>() {}
