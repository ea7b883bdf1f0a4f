import { Context } from "effect"

/** Which peers are our own proxies, whose forwarding headers are believed. Pure: it looks at nothing but its arguments. */
export class TrustedProxies extends Context.Tag("starpunk/TrustedProxies")<
  TrustedProxies,
  {
    /** Whether an IP address (IPv4, IPv6, or IPv4 mapped into IPv6) is one of our proxies. False for anything else. */
    readonly isTrusted: (address: string) => boolean
    /**
     * The address of whoever asks. `remote` is the peer of the connection, `forwardedFor` the value of
     * `X-Forwarded-For`. Walks from the nearest hop outwards, for as long as hops are trusted: what an untrusted peer
     * writes there changes nothing.
     */
    readonly clientAddress: (remote: string, forwardedFor: string | undefined) => string
  }
>() {}
