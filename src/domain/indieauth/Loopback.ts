/** Returns whether a host, as `URL.hostname` writes it, is a loopback host (RFC 6761 §6.3, RFC 8252 §7.3). */
export const isLoopbackHost = (hostname: string): boolean =>
  hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "127.0.0.1" || hostname === "[::1]"
