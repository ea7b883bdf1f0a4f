import { createServer } from "node:net"
import { gzipSync } from "node:zlib"
import { describe, expect, it } from "@effect/vitest"
import { Context, Duration, Effect, Fiber, Layer } from "effect"
import { layerWith, type Options } from "../../../layers/outbound/SafeHttp.js"
import { type OutboundRequest, SafeHttp } from "../../../src/services/SafeHttp.js"
import { Settings, type SettingsValues } from "../../../src/settings/Config.js"
import { eventually } from "../../fixtures/Eventually.js"
import { listen } from "../../fixtures/Listener.js"
import { settings } from "../../fixtures/TestServer.js"

const http = (overrides: Partial<SettingsValues> = {}, options: Options = {}) =>
  Effect.map(
    Layer.build(layerWith(options).pipe(Layer.provide(Layer.succeed(Settings, { ...settings, ...overrides })))),
    Context.get(SafeHttp)
  )

const toLoopback: Partial<SettingsValues> = { outboundAllow: ["127.0.0.1"] }

/** The failure of a request, as one word or two. */
const failure = (safe: SafeHttp["Type"], request: OutboundRequest | string) =>
  Effect.map(
    Effect.flip(safe.request(typeof request === "string" ? { url: request } : request)),
    (error) => `${error._tag} ${error.reason}`
  )

const briefly = Duration.millis(150)

describe("SafeHttp", () => {
  it.scopedLive("returns every response, whatever its status, and identifies itself", () =>
    Effect.gen(function* () {
      const other = yield* listen((_, response) => {
        response.writeHead(404, { "X-Two": ["a", "b"] }).end("naïve")
      })
      const safe = yield* http(toLoopback)
      const answer = yield* safe.request({ url: `${other.origin}/path?a=b`, headers: { accept: "text/html" } })
      expect(answer).toMatchObject({ url: `${other.origin}/path?a=b`, status: 404, text: "naïve" })
      expect(answer.headers["x-two"]).toBe("a, b")
      const [asked] = other.requests
      expect(asked).toMatchObject({ method: "GET", url: "/path?a=b" })
      expect(asked?.headers["user-agent"]).toMatch(/^StarPunk\/\S+ \(\+https:\/\/me\.example\/\)$/)
      expect(asked?.headers).toMatchObject({ accept: "text/html", "accept-encoding": "identity" })
      expect(asked?.headers).not.toHaveProperty("cookie")
    })
  )

  it.scopedLive("sends a form with POST, and no body with HEAD", () =>
    Effect.gen(function* () {
      const other = yield* listen((request, response) => {
        let body = ""
        request.on("data", (chunk) => {
          body += chunk
        })
        request.on("end", () => response.end(`${request.method} ${request.headers["content-type"]} ${body}`))
      })
      const safe = yield* http(toLoopback)
      const posted = yield* safe.request({ method: "POST", url: other.origin, form: { a: "1 2", b: "&=" } })
      expect(posted.text).toBe("POST application/x-www-form-urlencoded a=1+2&b=%26%3D")
      expect(yield* safe.request({ method: "HEAD", url: other.origin })).toMatchObject({ status: 200, text: "" })
    })
  )

  describe("destinations", () => {
    it.scopedLive.each([
      "http://127.0.0.1:PORT/",
      "http://localhost:PORT/",
      "http://LOCALHOST.:PORT/",
      "http://a.localhost:PORT/",
      "http://0.0.0.0:PORT/",
      "http://127.1:PORT/",
      "http://0x7f.1:PORT/",
      "http://017700000001:PORT/",
      "http://2130706433:PORT/",
      "http://127.0.0.1.:PORT/",
      "http://①②⑦.0.0.1:PORT/",
      "http://[::1]:PORT/",
      "http://[::]:PORT/",
      "http://[::ffff:127.0.0.1]:PORT/",
      "http://[::ffff:7f00:1]:PORT/",
      "http://[::127.0.0.1]:PORT/",
      "http://[64:ff9b::127.0.0.1]:PORT/",
      "http://169.254.169.254/latest/meta-data/",
      "http://10.0.0.1/",
      "http://100.64.0.1/",
      "http://[fd00::1]/",
      "http://[fe80::1]/"
    ])("refuses %s", (address) =>
      Effect.gen(function* () {
        const inside = yield* listen((_, response) => response.end("secret"))
        const safe = yield* http()
        expect(yield* failure(safe, address.replace("PORT", String(inside.port)))).toBe("OutboundRefused address")
        expect(inside.connections()).toBe(0)
      })
    )

    it.scopedLive.each([
      ["file:///etc/passwd", "scheme"],
      ["gopher://example.com/", "scheme"],
      ["data:text/plain,x", "scheme"],
      ["ftp://example.com/", "scheme"],
      ["https://user@example.com/", "credentials"],
      ["https://user:password@example.com/", "credentials"],
      ["https://", "malformed"],
      ["/relative", "malformed"],
      ["", "malformed"],
      ["http://256.256.256.256/", "malformed"]
    ] as const)("refuses %s: %s", ([address, reason]) =>
      Effect.gen(function* () {
        expect(yield* failure(yield* http(), address)).toBe(`OutboundRefused ${reason}`)
      })
    )

    it.scopedLive("allows a host of the private network that the settings name, by that name only", () =>
      Effect.gen(function* () {
        const inside = yield* listen((_, response) => response.end("hello"))
        const lookup = () => Promise.resolve(["127.0.0.1"])
        const safe = yield* http({ outboundAllow: ["Provider.home.arpa"] }, { lookup })
        expect(yield* safe.request({ url: `http://provider.HOME.arpa:${inside.port}/` })).toMatchObject({ status: 200 })
        expect(yield* failure(safe, `http://other.home.arpa:${inside.port}/`)).toBe("OutboundRefused address")
        expect(yield* failure(safe, inside.origin)).toBe("OutboundRefused address")
        expect(inside.connections()).toBe(1)
        const development = yield* http({ outboundAllow: ["localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"] })
        expect((yield* development.request({ url: `http://localhost:${inside.port}/` })).text).toBe("hello")
        expect(yield* failure(development, `http://[::1]:${inside.port}/`)).toBe("OutboundFailed connection")
      })
    )

    it.scopedLive("refuses a name with any private address, however many it has", () =>
      Effect.gen(function* () {
        const inside = yield* listen((_, response) => response.end("secret"))
        for (const found of [
          ["127.0.0.1"],
          ["93.184.216.34", "127.0.0.1"],
          ["127.0.0.1", "93.184.216.34"],
          ["::ffff:127.0.0.1"],
          ["2130706433"],
          []
        ]) {
          const safe = yield* http({}, { lookup: () => Promise.resolve(found) })
          expect(yield* failure(safe, `http://name.example:${inside.port}/`)).toBe("OutboundRefused address")
        }
        expect(inside.connections()).toBe(0)
      })
    )

    it.scopedLive("a name that changes its address between check and use reaches no private address", () =>
      Effect.gen(function* () {
        const inside = yield* listen((_, response) => response.end("secret"))
        let lookups = 0
        // The public address is not assigned to anyone.
        const lookup = () => Promise.resolve([lookups++ === 0 ? "3ffe::1" : "127.0.0.1"])
        const safe = yield* http({}, { lookup })
        const address = { url: `http://rebinding.example:${inside.port}/`, timeout: briefly }
        // The checked address must be the connected one: a second look-up would have returned this one.
        expect(yield* failure(safe, address)).toMatch(/^OutboundFailed (connection|timeout)$/)
        expect(lookups).toBe(1)
        expect(yield* failure(safe, address)).toBe("OutboundRefused address")
        expect(lookups).toBe(2)
        expect(inside.connections()).toBe(0)
      })
    )

    it.scopedLive("checks each redirect like the first address", () =>
      Effect.gen(function* () {
        const inside = yield* listen((_, response) => response.end("secret"))
        const targets = [
          [`http://localhost:${inside.port}/`, "OutboundRefused address"],
          [`//[::1]:${inside.port}/`, "OutboundRefused address"],
          [`http://inside.example:${inside.port}/`, "OutboundRefused address"],
          ["file:///etc/passwd", "OutboundRefused scheme"],
          [`http://a:b@127.0.0.1:${inside.port}/`, "OutboundRefused credentials"],
          ["http://[", "OutboundFailed malformed"]
        ] as const
        const other = yield* listen((request, response) => {
          response.writeHead(302, { location: targets[Number(request.url?.slice(1))]?.[0] }).end()
        })
        const lookup = () => Promise.resolve(["127.0.0.1"])
        const safe = yield* http({ outboundAllow: ["outside.example"] }, { lookup })
        for (const [index, [, expected]] of targets.entries()) {
          expect(yield* failure(safe, `http://outside.example:${other.port}/${index}`)).toBe(expected)
        }
        expect(other.connections()).toBe(targets.length)
        expect(inside.connections()).toBe(0)
      })
    )
  })

  describe("redirects", () => {
    it.scopedLive("are followed up to the limit", () =>
      Effect.gen(function* () {
        const other = yield* listen((request, response) => {
          const left = Number(request.url?.slice(1))
          if (left === 0) response.end("there")
          else response.writeHead(307, { location: `/${left - 1}` }).end("x".repeat(10_000))
        })
        const safe = yield* http(toLoopback)
        expect(yield* safe.request({ url: `${other.origin}/5` })).toMatchObject({
          url: `${other.origin}/0`,
          text: "there"
        })
        expect(yield* failure(safe, `${other.origin}/6`)).toBe("OutboundFailed too_many_redirects")
        expect(yield* failure(safe, { url: `${other.origin}/2`, maxRedirects: 1 })).toBe(
          "OutboundFailed too_many_redirects"
        )
        expect(yield* safe.request({ url: `${other.origin}/1`, maxRedirects: 0 })).toMatchObject({ status: 307 })
        const before = other.requests.length
        expect(yield* safe.request({ method: "POST", url: `${other.origin}/1`, form: {} })).toMatchObject({
          status: 307
        })
        expect(other.requests.length).toBe(before + 1)
      })
    )

    it.scopedLive("fail in a loop", () =>
      Effect.gen(function* () {
        const other = yield* listen((_, response) => response.writeHead(301, { location: "/" }).end())
        expect(yield* failure(yield* http(toLoopback), other.origin)).toBe("OutboundFailed too_many_redirects")
        expect(other.requests).toHaveLength(6)
      })
    )

    it.scopedLive("carry no secret to another origin, nor back from there", () =>
      Effect.gen(function* () {
        const last = yield* listen((_, response) => response.end("end"))
        const second = yield* listen((request, response) => {
          const back = `http://localhost:${first.port}/back`
          response.writeHead(302, { location: request.url === "/" ? back : last.origin }).end()
        })
        const first: Effect.Effect.Success<ReturnType<typeof listen>> = yield* listen((request, response) => {
          const location = request.url === "/" ? "/same" : request.url === "/same" ? second.origin : last.origin
          response.writeHead(302, { location }).end()
        })
        const safe = yield* http({ outboundAllow: ["127.0.0.1", "localhost"] })
        const headers = { Authorization: "Bearer secret", "X-Own": "secret", Accept: "text/html" }
        const answer = yield* safe.request({ url: `http://localhost:${first.port}/`, headers })
        expect(answer.text).toBe("end")
        const sent = [...first.requests, ...second.requests, ...last.requests].map(({ url, headers }) => [
          url,
          headers.authorization,
          headers["x-own"],
          headers.accept
        ])
        expect(sent).toEqual([
          ["/", "Bearer secret", "secret", "text/html"],
          ["/same", "Bearer secret", "secret", "text/html"],
          ["/back", undefined, undefined, "text/html"],
          ["/", undefined, undefined, "text/html"],
          ["/", undefined, undefined, "text/html"]
        ])
      })
    )
  })

  describe("limits", () => {
    it.scopedLive("an endless body is cut off, and its connection closed", () =>
      Effect.gen(function* () {
        const other = yield* listen((_, response) => {
          const more = () => {
            while (!response.destroyed && response.write("x".repeat(65_536)));
          }
          response.on("drain", more)
          more()
        })
        const safe = yield* http(toLoopback)
        expect(yield* failure(safe, { url: other.origin, maxBytes: 100_000 })).toBe("OutboundFailed too_large")
        yield* eventually(Effect.sync(other.open), (open) => open === 0)
      })
    )

    it.scopedLive("accepts a body of exactly the limit, but not one byte more", () =>
      Effect.gen(function* () {
        const other = yield* listen((request, response) => response.end("x".repeat(Number(request.url?.slice(1)))))
        const safe = yield* http(toLoopback)
        expect((yield* safe.request({ url: `${other.origin}/1000`, maxBytes: 1000 })).body).toHaveLength(1000)
        expect(yield* failure(safe, { url: `${other.origin}/1001`, maxBytes: 1000 })).toBe("OutboundFailed too_large")
      })
    )

    it.scopedLive("an unrequested compressed body is not decompressed", () =>
      Effect.gen(function* () {
        const bomb = gzipSync("0".repeat(10_000_000))
        const other = yield* listen((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb))
        expect(yield* failure(yield* http(toLoopback), other.origin)).toBe("OutboundFailed malformed")
      })
    )

    it.scopedLive.each<[string, Parameters<typeof listen>[0]]>([
      ["says nothing", () => {}],
      ["begins and stops", (_, response) => response.writeHead(200, { "content-length": 10 }).write("x")],
      [
        "drips",
        (_, response) => {
          const timer = setInterval(() => response.write("x"), 20)
          response.on("close", () => clearInterval(timer))
        }
      ],
      [
        "redirects for ever, slowly",
        (_, response) => {
          setTimeout(() => response.writeHead(302, { location: "/" }).end(), 60)
        }
      ]
    ])("gives up in time on a server that %s", ([_, answer]) =>
      Effect.gen(function* () {
        const other = yield* listen(answer)
        const safe = yield* http(toLoopback)
        expect(yield* failure(safe, { url: other.origin, timeout: briefly })).toBe("OutboundFailed timeout")
        yield* eventually(Effect.sync(other.open), (open) => open === 0)
      })
    )

    it.scopedLive("a name lookup that never ends times out", () =>
      Effect.gen(function* () {
        const safe = yield* http({}, { lookup: () => new Promise(() => {}) })
        expect(yield* failure(safe, { url: "https://never.example/", timeout: briefly })).toBe("OutboundFailed timeout")
      })
    )

    it.scopedLive("a caller that goes away leaves no connection behind", () =>
      Effect.gen(function* () {
        const other = yield* listen(() => {})
        const safe = yield* http(toLoopback)
        const fiber = yield* Effect.fork(safe.request({ url: other.origin }))
        yield* eventually(
          Effect.sync(() => other.requests.length),
          (asked) => asked === 1
        )
        yield* Fiber.interrupt(fiber)
        yield* eventually(Effect.sync(other.open), (open) => open === 0)
      })
    )

    it.scopedLive("a hanging host delays no other", () =>
      Effect.gen(function* () {
        const slow = yield* listen(() => {})
        const quick = yield* listen((_, response) => response.end("quick"))
        const safe = yield* http(
          { outboundAllow: ["127.0.0.1", "slow.example"] },
          { limits: { perHost: 2, overall: 3 }, lookup: () => Promise.resolve(["127.0.0.1"]) }
        )
        const asking = safe.request({ url: `http://slow.example:${slow.port}/`, timeout: Duration.minutes(1) })
        const waiting = yield* Effect.fork(Effect.replicateEffect(asking, 20, { concurrency: "unbounded" }))
        yield* eventually(
          Effect.sync(() => slow.requests.length),
          (asked) => asked === 2
        )
        for (let count = 0; count < 20; count += 1)
          expect((yield* safe.request({ url: quick.origin })).text).toBe("quick")
        expect(slow.connections()).toBe(2)
        yield* Fiber.interrupt(waiting)
        yield* eventually(Effect.sync(slow.open), (open) => open === 0)
      })
    )
  })

  describe("failures", () => {
    it.scopedLive("are distinguished: no such host, no server, no certificate, no HTTP", () =>
      Effect.gen(function* () {
        const noSuch = Object.assign(new Error("queryA ENOTFOUND"), { code: "ENOTFOUND" })
        const nameless = yield* http({}, { lookup: () => Promise.reject(noSuch) })
        expect(yield* failure(nameless, "https://nobody.example/")).toBe("OutboundFailed name")

        const safe = yield* http(toLoopback)
        const port = yield* Effect.scoped(
          Effect.map(
            listen(() => {}),
            ({ port }) => port
          )
        )
        expect(yield* failure(safe, `http://127.0.0.1:${port}/`)).toBe("OutboundFailed connection")

        const plain = yield* listen((_, response) => response.end("plain"))
        expect(yield* failure(safe, `https://127.0.0.1:${plain.port}/`)).toBe("OutboundFailed tls")

        for (const [bytes, reason] of [
          ["SSH-2.0-OpenSSH_9.2\r\n", "malformed"],
          ["HTTP/1.1 200 OK\r\nbroken header\r\n\r\n", "malformed"],
          [`HTTP/1.1 200 OK\r\nx: ${"x".repeat(100_000)}\r\n\r\n`, "too_large"],
          ["HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nx", "connection"],
          ["", "connection"]
        ] as const) {
          const raw = yield* rawServer(bytes)
          expect(yield* failure(safe, `http://127.0.0.1:${raw}/`), bytes.slice(0, 60)).toBe(`OutboundFailed ${reason}`)
        }
      })
    )

    it.scopedLive("an invalid header is not sent", () =>
      Effect.gen(function* () {
        const other = yield* listen((_, response) => response.end())
        const safe = yield* http(toLoopback)
        const request = { url: other.origin, headers: { authorization: "Bearer a\r\nx-injected: b" } }
        expect(yield* failure(safe, request)).toBe("OutboundRefused malformed")
        expect(other.requests).toHaveLength(0)
      })
    )
  })
})

/** Sends these bytes on every connection, and closes it. */
const rawServer = (bytes: string) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(
        () =>
          new Promise<ReturnType<typeof createServer>>((resolve) => {
            const server = createServer((socket) => {
              socket.on("error", () => {})
              socket.once("data", () => socket.end(bytes))
            })
            server.listen(0, "127.0.0.1", () => resolve(server))
          })
      ),
      (server) => Effect.promise(() => new Promise((resolve) => server.close(resolve)))
    ),
    (server) => {
      const address = server.address()
      return address === null || typeof address === "string" ? 0 : address.port
    }
  )
