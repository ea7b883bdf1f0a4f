const mapped = /^::ffff:(?<v4>\d{1,3}(?:\.\d{1,3}){3})$/i

/** The eight groups of an IPv6 address without a zone (RFC 4291 §2.2), or nothing when it is none. */
const groupsOf = (address: string): ReadonlyArray<string> | undefined => {
  const bare = address.replace(/%.*$/, "")
  if (!bare.includes(":") || !URL.canParse(`http://[${bare}]/`)) return undefined
  const canonical = new URL(`http://[${bare}]/`).hostname.slice(1, -1)
  const [head = "", tail] = canonical.split("::")
  const before = head === "" ? [] : head.split(":")
  const after = tail === undefined || tail === "" ? [] : tail.split(":")
  return [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after]
}

/**
 * Who an address counts as when attempts are counted: an IPv4 address is one subscriber, of IPv6 a subscriber has at
 * least a /64 (RFC 6177 §2) and may use any address in it.
 */
export const networkOf = (address: string): string => {
  const v4 = mapped.exec(address)?.groups?.v4
  if (v4 !== undefined) return v4
  const groups = groupsOf(address)
  return groups === undefined ? address : `${groups.slice(0, 4).join(":")}::/64`
}
