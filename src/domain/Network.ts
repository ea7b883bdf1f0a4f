import { memoized } from "./Memo.js"

const mapped = /^::ffff:(?<v4>\d{1,3}(?:\.\d{1,3}){3})$/i

/** The eight groups of an IPv6 address without a zone (RFC 4291 §2.2); `undefined` if it is not one. */
const groupsOf = (address: string): ReadonlyArray<string> | undefined => {
  const bare = address.replace(/%.*$/, "")
  if (!bare.includes(":") || !URL.canParse(`http://[${bare}]/`)) return undefined
  const canonical = new URL(`http://[${bare}]/`).hostname.slice(1, -1)
  const [head = "", tail] = canonical.split("::")
  const before = head === "" ? [] : head.split(":")
  const after = tail === undefined || tail === "" ? [] : tail.split(":")
  return [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after]
}

const sharedV4 = /^(?:127|10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./

/**
 * Returns whether an address belongs to this machine or to a private network (RFC 1918, 6598, 3927, 4193; loopback and
 * link-local), so that it may be a proxy with many clients behind it. Also true for the empty address of a connection
 * that has none.
 */
export const isNearby: (address: string) => boolean = memoized((address) => {
  const v4 = mapped.exec(address)?.groups?.v4 ?? address
  if (v4 === "" || sharedV4.test(v4)) return true
  const groups = groupsOf(address)
  if (groups === undefined) return false
  const [first = ""] = groups
  return /^(?:f[cd]|fe[89ab])/.test(first) ? first.length === 4 : groups.join(":") === "0:0:0:0:0:0:0:1"
})

/**
 * Returns the network for which attempts of an address are counted: an IPv4 address itself, or the /64 of an IPv6
 * address, because a subscriber has at least a /64 (RFC 6177 §2) and can use any address in it.
 */
export const networkOf: (address: string) => string = memoized((address) => {
  const v4 = mapped.exec(address)?.groups?.v4
  if (v4 !== undefined) return v4
  const groups = groupsOf(address)
  return groups === undefined ? address : `${groups.slice(0, 4).join(":")}::/64`
})

/**
 * The networks of an address, the narrowest first: of IPv4 the address, its /24, /16 and /8; of IPv6 its /64, /48, /32
 * and /16. An attacker with one address can often get others of the wider networks.
 */
export const networksOf = (address: string): ReadonlyArray<string> => {
  const network = networkOf(address)
  const v4 = /^(?<c>(?<b>(?<a>\d{1,3})\.\d{1,3})\.\d{1,3})\.\d{1,3}$/.exec(network)?.groups
  if (v4 !== undefined) return [network, `${v4.c}.0/24`, `${v4.b}.0.0/16`, `${v4.a}.0.0.0/8`]
  if (!network.endsWith("/64")) return [network]
  const groups = network.split(":")
  const wider = [3, 2, 1].map((count) => `${groups.slice(0, count).join(":")}::/${16 * count}`)
  return [network, ...wider]
}
