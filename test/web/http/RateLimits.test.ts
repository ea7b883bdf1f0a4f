import { HttpServerResponse } from "@effect/platform"
import { describe, expect, it, layer } from "@effect/vitest"
import { Effect, Layer, Redacted, TestClock } from "effect"
import * as MemoryHealth from "../../../layers/memory/HealthChecker.js"
import * as Testing from "../../../layers/Testing.js"
import { isNearby, networkOf } from "../../../src/domain/Network.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { Attempts } from "../../../src/services/Attempts.js"
import * as Health from "../../../src/web/health/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { paces } from "../../../src/web/http/RateLimits.js"
import { oauthEndpoint, publicPage, searchRequest } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import * as Micropub from "../../../src/web/micropub/Routes.js"
import * as MediaShelf from "../../fixtures/MediaShelf.js"
import { client } from "../../fixtures/MicropubSite.js"
import { ask } from "../../fixtures/TestServer.js"

/** Pages that do nothing, where others do much. */
const pages = Routes.use((routes) =>
  Effect.forEach(
    [
      ["/", publicPage],
      ["/search", searchRequest],
      ["/api/search", searchRequest],
      [
        "/indieauth/authorize",
        { ...oauthEndpoint, limits: ["requests", "authorizations"], origin: "any_without_cors" }
      ],
      ["/indieauth/token", { ...oauthEndpoint, limits: ["requests", "token_requests"] }]
    ] as const,
    ([path, policy]) => routes.add(policy, "*", path, HttpServerResponse.text("here")),
    { discard: true }
  )
)

/** Behind a proxy on this machine, so that a test may come from anywhere. The clock stands still. */
const site = (options: { readonly trusted?: ReadonlyArray<string>; readonly rateLimitEnabled?: boolean } = {}) =>
  Testing.site(
    serve(Layer.mergeAll(pages, Micropub.routes, Health.routes)).pipe(
      Layer.provideMerge(Layer.merge(MediaShelf.layer, MemoryHealth.layer))
    ),
    {
      settings: {
        trustedProxies: options.trusted ?? ["127.0.0.1"],
        rateLimitEnabled: options.rateLimitEnabled ?? true
      }
    }
  )

const from = (address: string, path: string, init: RequestInit = {}) =>
  ask(path, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), "x-forwarded-for": address } })

/** How many requests of a row are answered before the first 429. */
const untilRefused = (request: ReturnType<typeof ask>, atMost: number) =>
  Effect.gen(function* () {
    for (let count = 0; count < atMost; count++) {
      const answer = yield* request
      if (answer.status === 429) return { count, answer }
    }
    return { count: atMost, answer: undefined }
  })

/** Takes all but `left` attempts of an address or a token from the server's own count, as earlier requests would. */
const spend = (limit: keyof typeof paces, by: string, left: number) =>
  Effect.flatMap(Attempts, ({ take }) =>
    Effect.replicateEffect(take({ ...paces[limit], kind: limit, key: networkOf(by) }), paces[limit].burst - left, {
      discard: true
    })
  )

const wrongToken = { headers: { authorization: "Bearer wrong" } }

layer(site())("A client that sends too many requests", (it) => {
  it.effect("gets the time to wait, as a page or as a problem document, and is accepted again afterwards", () =>
    Effect.gen(function* () {
      const { answer, count } = yield* untilRefused(from("203.0.113.1", "/search?q=x"), 1_000)
      expect(count).toBe(paces.searches.burst)
      expect(answer?.headers.get("retry-after")).toBe("1")
      expect(answer?.headers.get("content-type")).toBe("application/problem+json")
      expect(JSON.parse(answer?.body ?? "")).toMatchObject({ status: 429, code: "http.rate_limited", retryable: true })
      const page = yield* from("203.0.113.1", "/api/search?q=x", { headers: { accept: "text/html" } })
      expect([page.status, page.headers.get("content-type")]).toEqual([429, "text/html; charset=utf-8"])
      expect(page.body).toContain("Your network sent too many searches")
      // Others search, and whoever searched too often may still read.
      expect((yield* from("203.0.113.2", "/search?q=x")).status).toBe(200)
      expect((yield* from("203.0.113.1", "/")).status).toBe(200)
      yield* TestClock.adjust("1 second")
      expect((yield* from("203.0.113.1", "/search?q=x")).status).toBe(200)
    })
  )

  it.effect("may read as much as a hundred people behind one address, and no more", () =>
    Effect.gen(function* () {
      expect(paces.requests.burst).toBeGreaterThan(100 * 40)
      const request = from("203.0.113.3", "/")
      yield* spend("requests", "203.0.113.3", 100)
      const all = yield* Effect.replicateEffect(request, 100).pipe(Effect.withConcurrency(50))
      expect(all.filter(({ status }) => status !== 200)).toEqual([])
      expect((yield* request).status).toBe(429)
    })
  )

  it.effect("is one for a whole /64 of IPv6", () =>
    Effect.gen(function* () {
      let host = 0
      const request = Effect.suspend(() => from(`2001:db8:1:2::${(host++).toString(16)}`, "/indieauth/token"))
      yield* spend("token_requests", "2001:db8:1:2::1", 20)
      expect((yield* untilRefused(request, 30)).count).toBe(20)
      expect((yield* from("2001:db8:1:3::1", "/indieauth/token")).status).toBe(200)
    })
  )

  it.effect("gets an OAuth error at the endpoints for tokens, from any origin", () =>
    Effect.gen(function* () {
      yield* spend("token_requests", "203.0.113.4", 2)
      yield* spend("authorizations", "203.0.113.4", 2)
      const { answer } = yield* untilRefused(from("203.0.113.4", "/indieauth/token", { method: "POST" }), 3)
      expect(JSON.parse(answer?.body ?? "")).toMatchObject({ error: "temporarily_unavailable" })
      expect(answer?.headers.get("access-control-allow-origin")).toBe("*")
      const { answer: consent } = yield* untilRefused(from("203.0.113.4", "/indieauth/authorize?x=y"), 3)
      expect(consent?.headers.get("retry-after")).toBe("1")
      expect(consent?.headers.get("access-control-allow-origin")).toBeNull()
    })
  )

  it.effect("does not keep probes from health answers", () =>
    Effect.gen(function* () {
      yield* spend("requests", "203.0.113.5", 0)
      expect((yield* from("203.0.113.5", "/")).status).toBe(429)
      for (const path of ["/health", "/health/live", "/health/ready", "/health/startup"]) {
        expect((yield* from("203.0.113.5", path)).status, path).not.toBe(429)
      }
    })
  )

  it.effect("is refused after too many wrong tokens; a valid token from the same address is accepted meanwhile", () =>
    Effect.gen(function* () {
      const { count, answer } = yield* untilRefused(from("203.0.113.6", "/micropub?q=config", wrongToken), 1_000)
      expect(count).toBe(paces.refused_tokens.burst)
      expect(JSON.parse(answer?.body ?? "")).toMatchObject({
        code: "http.rate_limited",
        error: "temporarily_unavailable"
      })
      expect(answer?.headers.get("retry-after")).toBe("1")
      const { token } = yield* client()
      const headers = { authorization: `Bearer ${token}` }
      expect((yield* from("203.0.113.6", "/micropub?q=config", { headers })).status).toBe(200)
      expect((yield* from("203.0.113.7", "/micropub?q=config", wrongToken)).status).toBe(401)
    })
  )

  it.effect("may write with one token as much as an app that imports old posts, from any address", () =>
    Effect.gen(function* () {
      const { token } = yield* client()
      const { id } = yield* Effect.flatMap(AccessTokens, ({ verify }) => verify(Redacted.make(token)))
      let host = 0
      const write = Effect.suspend(() =>
        from(`198.51.100.${host++ % 250}`, "/micropub", {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body: "{}"
        })
      )
      expect(paces.writes.burst).toBeGreaterThanOrEqual(1_000)
      yield* spend("writes", id, 100)
      const answers = yield* Effect.replicateEffect(write, 100).pipe(Effect.withConcurrency(50))
      expect(answers.filter(({ status }) => status === 429)).toEqual([])
      const refused = yield* write
      expect([refused.status, JSON.parse(refused.body).error_description]).toEqual([
        429,
        "Too many requests with this token. Wait a second, then try again"
      ])
    })
  )
})

/** Headers by which a client may claim another address with each request. */
const forgeries: ReadonlyArray<readonly [string, (place: number) => Record<string, string>]> = [
  ...["x-real-ip", "x-client-ip", "client-ip", "true-client-ip", "cf-connecting-ip", "x-cluster-client-ip"],
  ...["fastly-client-ip", "x-originating-ip", "x-remote-addr", "x-forwarded", "forwarded-for", "via"]
]
  .map((name): (typeof forgeries)[number] => [name, (place) => ({ [name]: `203.0.113.${place}` })])
  .concat([
    ["Forwarded", (place) => ({ forwarded: `for=203.0.113.${place}, for="[2001:db8:${place}::1]:80";proto=https` })],
    ["many values", (place) => ({ "x-forwarded-for": `203.0.113.${place}, 198.51.100.${place}, 127.0.0.1` })],
    ["IPv6", (place) => ({ "x-forwarded-for": `2001:db8:${place}::1` })],
    ["IPv6 with brackets and port", (place) => ({ "x-forwarded-for": `[2001:db8:${place}::1]:4711` })],
    ["IPv4 in IPv6", (place) => ({ "x-forwarded-for": `::ffff:203.0.113.${place}` })],
    ["IPv6 with a zone", (place) => ({ "x-forwarded-for": `fe80::${place}%eth0` })],
    [
      "all of them",
      (place) => ({
        "x-forwarded-for": `203.0.113.${place}`,
        "x-real-ip": `203.0.113.${place}`,
        forwarded: `for=203.0.113.${place}`,
        host: `h${place}.example`,
        "x-forwarded-host": `h${place}.example`
      })
    ]
  ])

/** The status of the answer to a wrong token with each of the headers. */
const answersTo = (headers: typeof forgeries, own: Record<string, string> = {}) =>
  Effect.forEach(headers, ([name, headersOf], place) =>
    ask("/micropub?q=config", { headers: { ...wrongToken.headers, ...own, ...headersOf(place) } }).pipe(
      Effect.map(({ status }) => [name, status] as const)
    )
  )

layer(site())("The address that a trusted proxy reports", (it) => {
  it.effect.each([
    "203.0.113.40",
    "2001:db8:40::1",
    "[2001:db8:41::1]:80",
    "::ffff:203.0.113.42",
    "1.1.1.1, 203.0.113.43"
  ])("is the one that limits count: %s", (address) =>
    Effect.gen(function* () {
      const key = address.replace(/^.*, |^\[|\]:80$|::ffff:/g, "")
      yield* spend("refused_tokens", key, 1)
      const statuses: Array<number> = []
      for (let place = 0; place < 3; place += 1)
        statuses.push((yield* from(address, "/micropub?q=config", wrongToken)).status)
      expect(statuses).toEqual([401, 429, 429])
      expect((yield* from("203.0.113.99", "/micropub?q=config", wrongToken)).status).toBe(401)
    })
  )

  it.effect("is not changed by other headers, which clients send through proxies", () =>
    Effect.gen(function* () {
      const other = forgeries.filter(([name]) => !/many|IPv|all/.test(name))
      yield* spend("refused_tokens", "203.0.113.44", other.length)
      expect(yield* answersTo(other, { "x-forwarded-for": "203.0.113.44" })).toEqual(other.map(([name]) => [name, 401]))
      expect(yield* answersTo(other, { "x-forwarded-for": "203.0.113.44" })).toEqual(other.map(([name]) => [name, 429]))
    })
  )
})

layer(site({ trusted: [] }))("A client that claims another address with each request", (it) => {
  it.effect("is counted as one, whatever header and form it uses", () =>
    Effect.gen(function* () {
      yield* spend("refused_tokens", "127.0.0.1", forgeries.length)
      expect(yield* answersTo(forgeries)).toEqual(forgeries.map(([name]) => [name, 401]))
      expect(yield* answersTo(forgeries)).toEqual(forgeries.map(([name]) => [name, 429]))
    })
  )
})

layer(site({ trusted: [] }))("A forged address", (it) => {
  it.effect("is ignored: attempts count for the holder of the connection", () =>
    Effect.gen(function* () {
      let host = 0
      const request = Effect.suspend(() => from(`203.0.113.${host++ % 250}`, "/micropub?q=config", wrongToken))
      expect((yield* untilRefused(request, 1_000)).count).toBe(paces.refused_tokens.burst)
    })
  )

  it.effect("does not limit reading nearby, since all clients may share an unnamed proxy", () =>
    Effect.gen(function* () {
      yield* spend("searches", "127.0.0.1", 0)
      expect((yield* untilRefused(ask("/search?q=x"), 10)).answer).toBeUndefined()
    })
  )
})

layer(site({ rateLimitEnabled: false }))("Limits switched off", (it) => {
  it.effect("delay nobody", () =>
    Effect.gen(function* () {
      const request = from("203.0.113.8", "/micropub?q=config", wrongToken)
      expect((yield* untilRefused(request, paces.refused_tokens.burst + 10)).answer).toBeUndefined()
    })
  )
})

describe("addresses of this machine and of private networks", () => {
  it.each([
    ["127.0.0.1", true],
    ["127.8.8.8", true],
    ["10.1.2.3", true],
    ["172.16.0.1", true],
    ["172.31.255.255", true],
    ["192.168.0.1", true],
    ["100.64.0.1", true],
    ["169.254.1.1", true],
    ["::1", true],
    ["::ffff:10.0.0.1", true],
    ["fd12:3456::1", true],
    ["fe80::1%eth0", true],
    ["", true],
    ["172.32.0.1", false],
    ["100.128.0.1", false],
    ["11.0.0.1", false],
    ["203.0.113.1", false],
    ["2001:db8::1", false],
    ["fc::1", false],
    ["::2", false],
    ["nonsense", false]
  ])("%j: %j", (address, expected) => {
    expect(isNearby(address)).toBe(expected)
  })
})
