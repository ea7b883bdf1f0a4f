import type ipaddr from "ipaddr.js"

type IpAddr = typeof ipaddr

/** Addresses assigned to the public internet so far (IANA, IPv6 Global Unicast Address Assignments). */
const globalUnicast = "2000::/3"

/** Prefix of translated IPv4 addresses (RFC 6052 §2.1): 32 bits of address follow. */
const translated = "64:ff9b::/96"

/**
 * Returns whether an IP address is on the public internet. Everything else is refused, by `ipaddr.js`'s names for the
 * special-purpose registries of IANA (RFC 6890):
 *
 * - IPv4 `unspecified` 0/8, `loopback` 127/8, `private` 10/8, 172.16/12 and 192.168/16, `linkLocal` 169.254/16 (cloud
 *   metadata), `carrierGradeNat` 100.64/10, `multicast` 224/4, `broadcast`, `reserved` (documentation, benchmarks, 6to4
 *   relays, 240/4), `as112`, `amt`;
 * - IPv6 `unspecified`, `loopback`, `linkLocal`, `uniqueLocal` fc00::/7, `multicast`, `ipv4Mapped`, `6to4`, `teredo`,
 *   `rfc6145`, `discard`, `benchmarking`, `reserved` and smaller ones, and whatever is not in 2000::/3, such as the
 *   IPv4-compatible `::127.0.0.1`.
 *
 * An address in 64:ff9b::/96 counts as the IPv4 address in it, because networks without IPv4 give every IPv4 host such
 * a name (DNS64, RFC 6147).
 */
export const isPublic =
  (ip: IpAddr) =>
  (text: string): boolean => {
    if (!ip.isValid(text)) return false
    const address = ip.parse(text)
    if (address.kind() === "ipv4") return address.range() === "unicast"
    if (address.match(ip.parseCIDR(translated))) {
      return new ip.IPv4(address.toByteArray().slice(12)).range() === "unicast"
    }
    return address.range() === "unicast" && address.match(ip.parseCIDR(globalUnicast))
  }
