import { Context, type Duration, type Effect } from "effect"
import type { OutboundFailure } from "../errors/failure/Outbound.js"

/** A request to somebody else's server. */
export interface OutboundRequest {
  /** GET when absent. */
  readonly method?: "GET" | "HEAD" | "POST"
  /** Absolute, http or https. */
  readonly url: string
  /** What to send beside what every request bears; dropped where a redirect leads to another origin. */
  readonly headers?: Readonly<Record<string, string>>
  /** The fields of a form-encoded body; only with POST. */
  readonly form?: Readonly<Record<string, string>>
  /** Bytes of the body that are read at most; more fails as `too_large`. 1 MiB when absent. */
  readonly maxBytes?: number
  /** Whether a longer body is cut after `maxBytes` instead: for pages, whose beginning is enough. */
  readonly mayCut?: boolean
  /** From the first look-up of a name to the last byte, redirects included; 5 s when absent. */
  readonly timeout?: Duration.Duration
  /**
   * Redirects that are followed, each checked like the first address; 5 when absent. Where none is followed, as always for
   * POST, the redirect itself is the answer.
   */
  readonly maxRedirects?: number
}

/** What somebody else's server answered, whatever its status. */
export interface OutboundResponse {
  /** Where the answer came from, after all redirects. */
  readonly url: string
  readonly status: number
  /** Names in lower case; several of one name joined by a comma and a space. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** The body as UTF-8, wrong bytes replaced. */
  readonly text: string
}

/**
 * The only way out. No request reaches an address of this machine or of a private network (unless
 * `STARPUNK_OUTBOUND_ALLOW` names the host): that is checked inside the connection's own look-up of the name, for every
 * hop, so that a name cannot change between check and use. Time, size and redirects are bounded, and no request holds up
 * another.
 */
export class SafeHttp extends Context.Tag("starpunk/SafeHttp")<
  SafeHttp,
  { readonly request: (request: OutboundRequest) => Effect.Effect<OutboundResponse, OutboundFailure> }
>() {}
