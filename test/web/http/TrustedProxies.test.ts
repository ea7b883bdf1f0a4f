import { describe, expect, it } from "@effect/vitest"
import { Effect, FastCheck } from "effect"
import { make } from "../../../layers/http/TrustedProxies.js"

describe("trusted proxies", () => {
  it.effect.each([
    ["203.0.113.9", "198.51.100.1", "203.0.113.9", "a stranger's header changes nothing"],
    ["127.0.0.1", undefined, "127.0.0.1", "no header, no walk"],
    ["127.0.0.1", "198.51.100.1", "198.51.100.1", "one hop"],
    ["127.0.0.1", "1.1.1.1, 198.51.100.1, 10.1.2.3", "198.51.100.1", "two hops, and what the client made up"],
    ["::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1", "IPv4 mapped into IPv6"],
    ["fd00::7", "[2001:db8::1]:4711", "2001:db8::1", "IPv6 with brackets and port"],
    ["127.0.0.1", "198.51.100.1:5000", "198.51.100.1", "IPv4 with port"],
    ["127.0.0.1", "198.51.100.1, unknown", "127.0.0.1", "an entry that is no address ends the walk"],
    ["127.0.0.1", "10.0.0.1, 10.0.0.2", "10.0.0.1", "all of them ours"],
    ["", "198.51.100.1", "", "no peer"]
  ] as const)("from %s with %s: %s (%s)", ([remote, forwardedFor, expected]) =>
    Effect.gen(function* () {
      const proxies = yield* make(["127.0.0.1", "10.0.0.0/8", "fd00::/8"])
      expect(proxies.clientAddress(remote, forwardedFor)).toBe(expected)
    })
  )

  it.effect("trusts no proxy by default", () =>
    Effect.gen(function* () {
      const proxies = yield* make([])
      expect(proxies.isTrusted("127.0.0.1")).toBe(false)
    })
  )

  it.effect.each(["localhost", "10.0.0.0/33", "10.0.0.0/", "::/129", "10.0.0.0/8/8", ""])(
    "%s is refused by name",
    (entry) =>
      Effect.gen(function* () {
        const failure = yield* Effect.flip(make(["10.0.0.1", entry]))
        expect(failure.problems.map(({ given }) => given)).toEqual([entry])
      })
  )

  it.effect.prop("ignore the headers of untrusted clients, whatever they contain", [FastCheck.string()], ([header]) =>
    Effect.gen(function* () {
      const proxies = yield* make(["10.0.0.0/8"])
      expect(proxies.clientAddress("192.0.2.1", header)).toBe("192.0.2.1")
      expect(() => proxies.clientAddress("10.0.0.1", header)).not.toThrow()
    })
  )
})
