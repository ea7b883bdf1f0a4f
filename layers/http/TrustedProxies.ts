import { BlockList, isIP } from "node:net"
import { Effect, Layer } from "effect"
import { memoized } from "../../src/domain/Memo.js"
import { ConfigurationInvalid } from "../../src/errors/Startup.js"
import { TrustedProxies } from "../../src/services/TrustedProxies.js"
import { Settings } from "../../src/settings/Config.js"

/** Normalizes an address: no brackets, port, zone, or IPv4-in-IPv6 prefix; `undefined` if it is not valid. */
const normalise = memoized((text): string | undefined => {
  const trimmed = text.trim()
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(trimmed)?.[1] ?? trimmed
  const address = bare.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "")
  return isIP(address) === 0 ? undefined : address
})

const family = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4")

/** Adds an address or a CIDR block; returns false if it is not valid. */
const add = (list: BlockList, entry: string): boolean => {
  const [text = "", prefix, ...rest] = entry.split("/")
  const address = normalise(text)
  if (address === undefined || rest.length > 0) return false
  const bits = prefix === undefined ? undefined : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
  if (bits === undefined) {
    list.addAddress(address, family(address))
    return true
  }
  if (!(bits <= (family(address) === "ipv6" ? 128 : 32))) return false
  list.addSubnet(address, bits, family(address))
  return true
}

/** Makes the service for proxies given as addresses and CIDR blocks. */
export const make = (proxies: ReadonlyArray<string>): Effect.Effect<TrustedProxies["Type"], ConfigurationInvalid> =>
  Effect.gen(function* () {
    const list = new BlockList()
    const wrong = proxies.filter((entry) => !add(list, entry))
    if (wrong.length > 0) {
      return yield* new ConfigurationInvalid({
        problems: wrong.map((given) => ({
          name: "STARPUNK_TRUSTED_PROXIES",
          expected: "IP addresses or CIDR blocks, separated by commas",
          given,
          source: "environment",
          suggestion: "Write them like 127.0.0.1, 10.0.0.0/8 or fd00::/8"
        }))
      })
    }

    const isTrusted = (text: string): boolean => {
      if (proxies.length === 0) return false
      const address = normalise(text)
      return address !== undefined && list.check(address, family(address))
    }

    const clientAddress = (remote: string, forwardedFor: string | undefined): string => {
      let nearest = normalise(remote) ?? remote
      const hops = forwardedFor === undefined ? [] : forwardedFor.split(",")
      while (isTrusted(nearest)) {
        const next = hops.pop()
        const address = next === undefined ? undefined : normalise(next)
        if (address === undefined) break
        nearest = address
      }
      return nearest
    }

    return { isTrusted, clientAddress }
  })

/** Proxies of `STARPUNK_TRUSTED_PROXIES`; none by default. */
export const layer: Layer.Layer<TrustedProxies, ConfigurationInvalid, Settings> = Layer.effect(
  TrustedProxies,
  Effect.flatMap(Settings, ({ trustedProxies }) => make(trustedProxies))
)
