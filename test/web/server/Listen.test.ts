import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { createLimitedServer } from "../../../layers/http/HttpLimits.js"
import { formatAddress } from "../../../layers/http/Listen.js"
import { living } from "../../fixtures/LivingServer.js"

describe("listening", () => {
  it.scopedLive("on a port in use fails with that reason", () =>
    Effect.gen(function* () {
      const { port } = yield* living()
      const failure = yield* Effect.flip(living({ port }))
      expect(failure).toMatchObject({ _tag: "ListenFailed", host: "127.0.0.1", port, reason: "in_use" })
    })
  )

  it.scopedLive("on a foreign or invalid address fails", () =>
    Effect.gen(function* () {
      // TEST-NET-1 of RFC 5737: nobody's address.
      for (const host of ["192.0.2.1", "no.such.host.invalid"]) {
        expect(yield* Effect.flip(living({ host }))).toMatchObject({ host, reason: "address_unknown" })
      }
    })
  )

  it.scopedLive("an end before the first request leaves nothing behind", () =>
    Effect.gen(function* () {
      const { port } = yield* Effect.scoped(living())
      expect((yield* living({ port })).port).toBe(port)
    })
  )
})

describe("limits", () => {
  it.each([
    [[], 5_000],
    [["127.0.0.1"], 65_000]
  ])("are set explicitly; behind the proxies %j an idle connection is kept for %i ms", (trustedProxies, kept) => {
    expect(createLimitedServer({ trustedProxies })).toMatchObject({
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: kept,
      maxHeadersCount: 101,
      timeout: 120_000,
      maxConnections: 4_352,
      maxRequestsPerSocket: 1_000
    })
  })
})

describe("O11: the address that is logged", () => {
  it.each([
    ["::1", "http://[::1]:8127"],
    ["127.0.0.1", "http://127.0.0.1:8127"]
  ])("can be opened: %s", (hostname, address) => {
    expect(formatAddress({ _tag: "TcpAddress", hostname, port: 8127 })).toBe(address)
  })
})
