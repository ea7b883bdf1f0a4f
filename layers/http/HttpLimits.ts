import { createServer, type Server } from "node:http"
import type { SettingsValues } from "../../src/settings/Config.js"
import { AbandonableResponse } from "./AbandonableResponse.js"

/** What a client may ask of the server before any route sees it. Milliseconds and bytes. */
export const limits = {
  /** For the headers to arrive: what keeps a thousand slow connections from being held open (slowloris). */
  headersTimeout: 10_000,
  /** For the whole request to arrive, unless it brings files: those may take as long as they go on coming. */
  requestTimeout: 30_000,
  /** How often both are looked at. */
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
  /** More are refused: Node would leave out those beyond its own limit without a word. */
  maxHeadersCount: 100,
  /**
   * How long nothing at all may move on a connection on which an answer is owed: a client that reads no more holds its
   * answer in memory. A player that is paused for longer asks again for the rest.
   */
  stallTimeout: 120_000,
  /** Two thousand readers at once are served or told to wait; a socket takes some 20 kB. */
  maxConnections: 4_096,
  /** Of one network: 170 browsers behind one address with six connections each, and a quarter of all. */
  maxConnectionsPerNetwork: 1_024,
  /** Node's own bound lies above ours, since it closes the newcomer without looking who it is. */
  connectionsInTransit: 256,
  /** After which a connection is closed and made anew, so that load balancers may spread them. */
  maxRequestsPerSocket: 1_000,
  /** What the platform's own body readers take; `src/web/http/Body.ts` has the same default. */
  maxBodySize: 1_048_576
} as const

/**
 * How long an idle connection is kept. Behind a proxy longer than the proxy keeps it (60 seconds is what nginx, AWS and
 * others default to), so that it is never we who close a connection which the proxy is about to use.
 */
const keepAliveTimeout = { direct: 5_000, behindProxy: 65_000 } as const

/** A server of `node:http` with every limit set explicitly; it does not listen yet. */
export const createLimitedServer = (
  { trustedProxies }: Pick<SettingsValues, "trustedProxies">,
  { stallTimeout }: { readonly stallTimeout: number } = limits
): Server => {
  const server = createServer({
    ServerResponse: AbandonableResponse,
    headersTimeout: limits.headersTimeout,
    requestTimeout: limits.requestTimeout,
    connectionsCheckingInterval: limits.connectionsCheckingInterval,
    keepAliveTimeout: trustedProxies.length > 0 ? keepAliveTimeout.behindProxy : keepAliveTimeout.direct,
    maxHeaderSize: limits.maxHeaderSize,
    insecureHTTPParser: false,
    // A missing Host is refused by us, with a request id and a line in the log.
    requireHostHeader: false,
    noDelay: true
  })
  server.maxHeadersCount = limits.maxHeadersCount + 1
  server.timeout = stallTimeout
  server.maxConnections = limits.maxConnections + limits.connectionsInTransit
  server.maxRequestsPerSocket = limits.maxRequestsPerSocket
  return server
}
