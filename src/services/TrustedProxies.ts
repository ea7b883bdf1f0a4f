import { Context } from "effect"

/** Decides which peers are trusted proxies, whose forwarding headers are used. Pure. */
export class TrustedProxies extends Context.Tag("starpunk/TrustedProxies")<
  TrustedProxies,
  {
    /**
     * Returns whether an IP address (IPv4, IPv6, or IPv4 mapped into IPv6) is a trusted proxy. False for anything else.
     */
    readonly isTrusted: (address: string) => boolean
    /**
     * Returns the client's address. `remote` is the peer of the connection, `forwardedFor` the value of
     * `X-Forwarded-For`. Reads it from the nearest hop outwards for as long as hops are trusted, so an untrusted peer
     * cannot forge its address.
     */
    readonly clientAddress: (remote: string, forwardedFor: string | undefined) => string
  }
>() {}
