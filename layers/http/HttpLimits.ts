import { createServer, type Server } from "node:http"
import type { SettingsValues } from "../../src/settings/Config.js"
import { AbandonableResponse } from "./AbandonableResponse.js"

/** Limits for clients before a route is involved. Milliseconds and bytes. */
export const limits = {
  /** For the headers to arrive, so that slow connections cannot be held open (slowloris). */
  headersTimeout: 10_000,
  /** For the whole request to arrive, unless it is an upload, which may take as long as data keeps arriving. */
  requestTimeout: 30_000,
  /** Interval in which both are checked. */
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
  /** More are refused; Node would silently drop headers beyond its own limit. */
  maxHeadersCount: 100,
  /**
   * Maximum time without data on a connection with a pending response, because a client that does not read keeps its
   * response in memory. A media player that is paused for longer requests the rest again.
   */
  stallTimeout: 120_000,
  /** Enough for two thousand readers at once; a socket takes some 20 kB. */
  maxConnections: 4_096,
  /** For one network: 170 browsers behind one address with six connections each, and a quarter of all. */
  maxConnectionsPerNetwork: 1_024,
  /** Node's own limit is higher by this number, because it closes the newest connection regardless of its network. */
  connectionsInTransit: 256,
  /** Number of requests after which a connection is closed, so that load balancers can distribute connections. */
  maxRequestsPerSocket: 1_000,
  /** Limit of the platform's own body readers; `src/web/http/Body.ts` has the same default. */
  maxBodySize: 1_048_576
} as const

/**
 * How long an idle connection stays open. Behind a proxy it is longer than the proxy's own timeout (60 seconds by
 * default in nginx, AWS and others), so the proxy, not this server, closes idle connections.
 */
const keepAliveTimeout = { direct: 5_000, behindProxy: 65_000 } as const

/** Creates a server of `node:http` with every limit set explicitly; it does not listen yet. */
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
    // `Refusals` refuses a missing Host, with a request id and a log line.
    requireHostHeader: false,
    noDelay: true
  })
  server.maxHeadersCount = limits.maxHeadersCount + 1
  server.timeout = stallTimeout
  server.maxConnections = limits.maxConnections + limits.connectionsInTransit
  server.maxRequestsPerSocket = limits.maxRequestsPerSocket
  return server
}
