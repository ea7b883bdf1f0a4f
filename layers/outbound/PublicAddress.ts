import type ipaddr from "ipaddr.js"

type IpAddr = typeof ipaddr

/** What is assigned to the public internet so far (IANA, IPv6 Global Unicast Address Assignments): all else is none of ours. */
const globalUnicast = "2000::/3"

/** The prefix under which a translator hands on IPv4 (RFC 6052 §2.1): 32 bits of address follow it. */
const translated = "64:ff9b::/96"

/**
 * Whether an IP address lies on the public internet. Everything else is refused, by the names that `ipaddr.js` gives to
 * the special-purpose registries of IANA (RFC 6890):
 *
 * - IPv4 `unspecified` 0/8, `loopback` 127/8, `private` 10/8, 172.16/12 and 192.168/16, `linkLocal` 169.254/16 (where
 *   clouds keep their metadata), `carrierGradeNat` 100.64/10, `multicast` 224/4, `broadcast`, `reserved` (documentation,
 *   benchmarks, 6to4 relays, 240/4), `as112`, `amt`;
 * - IPv6 `unspecified`, `loopback`, `linkLocal`, `uniqueLocal` fc00::/7, `multicast`, `ipv4Mapped`, `6to4`, `teredo`, `rfc6145`,
 *   `discard`, `benchmarking`, `reserved` and the smaller ones, and whatever is not in 2000::/3, such as the
 *   IPv4-compatible `::127.0.0.1`.
 *
 * One wrapping is looked into: in networks without IPv4, every IPv4 host has a name in 64:ff9b::/96 (DNS64, RFC 6147), and
 * counts as what it wraps.
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
