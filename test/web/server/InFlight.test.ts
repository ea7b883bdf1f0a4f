import { HttpServer, HttpServerResponse } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Context, Effect, Layer, Schedule, TestClock, TestServices } from "effect"
import { layer as layerContentCoding } from "../../../layers/http/ContentCoding.js"
import * as NodeHttpServer from "../../../layers/http/HttpServer.js"
import { layerBounds } from "../../../layers/http/InFlight.js"
import { make as makeTrustedProxies } from "../../../layers/http/TrustedProxies.js"
import * as Attempts from "../../../layers/limits/Attempts.js"
import * as MemoryActivity from "../../../layers/memory/Activity.js"
import { layerStrangers } from "../../../layers/memory/Devices.js"
import { layerCapture } from "../../../layers/memory/Logger.js"
import * as SessionManager from "../../../layers/memory/SessionManager.js"
import * as SiteSettings from "../../../layers/memory/SiteSettings.js"
import { layer as layerLifecycle } from "../../../layers/process/Lifecycle.js"
import { layer as layerSecureRandom } from "../../../layers/process/SecureRandom.js"
import { InFlight } from "../../../src/services/InFlight.js"
import { Lifecycle } from "../../../src/services/Lifecycle.js"
import { TrustedProxies } from "../../../src/services/TrustedProxies.js"
import { Settings } from "../../../src/settings/Config.js"
import * as Body from "../../../src/web/http/Body.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { publicPage } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import { eventually } from "../../fixtures/Eventually.js"
import { settings } from "../../fixtures/TestServer.js"
import { Wire } from "../../fixtures/Wire.js"

/** More than the buffers of a connection take while nobody reads. */
const large = 8_000_000

const content = new Uint8Array(large).fill(0x78)

const bounds = { total: 4 * large, perNetwork: 2 * large, free: 16_384, patience: 5_000 }

const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    yield* routes.add(publicPage, "GET", "/", HttpServerResponse.text("home"))
    yield* routes.add(publicPage, "GET", "/large", HttpServerResponse.uint8Array(content))
    yield* routes.add(publicPage, "GET", "/medium", HttpServerResponse.uint8Array(content.subarray(0, 200_000)))
    yield* routes.add(
      publicPage,
      "POST",
      "/large",
      Effect.map(Body.bytes({ maxBytes: large }), () => HttpServerResponse.uint8Array(content))
    )
  })
)

const services = Layer.mergeAll(
  layerBounds(bounds).pipe(Layer.provideMerge(layerCapture)),
  layerStrangers,
  layerContentCoding,
  MemoryActivity.layer,
  Attempts.layer.pipe(Layer.provide(Layer.succeed(Settings, settings))),
  Layer.tap(layerLifecycle, (context) => Context.get(context, Lifecycle).advance("ready")),
  layerSecureRandom,
  SessionManager.layer.pipe(Layer.provide(Layer.merge(layerSecureRandom, Layer.succeed(Settings, settings)))),
  SiteSettings.layer,
  Layer.effect(TrustedProxies, makeTrustedProxies(["127.0.0.1"])),
  Layer.succeed(Settings, settings)
)

const server = () => serve(routes).pipe(Layer.provideMerge(NodeHttpServer.layer), Layer.provideMerge(services))

const port = Effect.map(HttpServer.HttpServer, ({ address }) => (address._tag === "TcpAddress" ? address.port : 0))

/** A connection of a client at this address. */
const from = (address: string) =>
  Effect.gen(function* () {
    const at = yield* port
    const wire = yield* Effect.acquireRelease(
      Effect.promise(() => Wire.open(at)),
      (wire) => Effect.sync(() => wire.close())
    )
    const headers = `X-Forwarded-For: ${address}\r\n`
    return {
      wire,
      get: (path: string) => wire.get(path, headers),
      post: (path: string, bytes: number, sent = bytes) =>
        wire.send(
          `POST ${path} HTTP/1.1\r\nHost: me.example\r\n${headers}Content-Length: ${bytes}\r\n\r\n${"x".repeat(sent)}`
        )
    }
  })

const held = Effect.flatMap(InFlight, ({ held }) => held)

/** Waits until this many bytes are held. */
const holding = (bytes: (held: number) => boolean) => eventually(held, bytes)

/** A client that asks for a large answer and reads nothing of it. */
const idler = (address: string) =>
  Effect.gen(function* () {
    const before = yield* held
    const client = yield* from(address)
    client.wire.pause()
    client.get("/large")
    yield* holding((held) => held > before)
    return client
  })

const asks = (address: string, path: string) =>
  Effect.gen(function* () {
    const client = yield* from(address)
    client.get(path)
    const head = yield* Effect.promise(() => client.wire.until("\r\n\r\n"))
    return { wire: client.wire, status: Number(head.slice(9, 12)), head }
  })

describe("S1: bytes in flight", () => {
  it.effect("a response counts until it is sent, a small one never", () =>
    Effect.gen(function* () {
      const slow = yield* idler("203.0.113.1")
      expect(yield* held).toBe(large - bounds.free)
      expect((yield* asks("203.0.113.1", "/")).status).toBe(200)
      expect(yield* held).toBe(large - bounds.free)
      slow.wire.close()
      yield* holding((held) => held === 0)
    }).pipe(Effect.scoped, Effect.provide(server()))
  )

  it.effect("one network gets no more than its share, and a time to come back; others are not affected", () =>
    Effect.gen(function* () {
      yield* idler("2001:db8:0:1::1")
      yield* idler("2001:db8:0:1::2")
      const refused = yield* asks("2001:db8:0:1::3", "/large")
      expect(refused.status).toBe(503)
      expect(refused.head).toContain("retry-after: 5")
      expect(yield* Effect.promise(() => refused.wire.until("http.server_busy"))).toContain("x-request-id")
      expect((yield* asks("2001:db8:0:1::3", "/")).status).toBe(200)
      expect((yield* asks("2001:db8:0:2::1", "/large")).status).toBe(200)
    }).pipe(Effect.scoped, Effect.provide(server()))
  )

  it.effect("clients that read nothing are cut off as soon as others need the room", () =>
    Effect.gen(function* () {
      const first = yield* idler("203.0.113.1")
      const second = yield* idler("203.0.113.1")
      expect((yield* asks("203.0.113.1", "/large")).status).toBe(503)
      yield* TestClock.adjust("5 seconds")
      expect((yield* asks("203.0.113.1", "/large")).status).toBe(200)
      yield* Effect.promise(() => Promise.all([first, second].map(({ wire }) => wire.closed())))
    }).pipe(Effect.scoped, Effect.provide(server()))
  )

  it.effect("the largest network makes room for a smaller one, at once", () =>
    Effect.gen(function* () {
      const greedy = yield* idler("203.0.113.1")
      for (const address of ["203.0.113.1", "203.0.113.2", "203.0.113.2"]) yield* idler(address)
      expect(yield* held).toBeGreaterThan(3 * large)
      const reader = yield* asks("203.0.113.3", "/large")
      expect(reader.status).toBe(200)
      yield* Effect.promise(() => greedy.wire.closed())
      expect(yield* held).toBeLessThanOrEqual(bounds.total)
    }).pipe(Effect.scoped, Effect.provide(server()))
  )

  it.effect("networks of the same size do not make room for another large response", () =>
    Effect.gen(function* () {
      for (const address of [1, 2, 3, 4]) yield* idler(`203.0.113.${address}`)
      expect((yield* asks("203.0.113.5", "/large")).status).toBe(503)
      expect((yield* asks("203.0.113.5", "/medium")).status).toBe(200)
    }).pipe(Effect.scoped, Effect.provide(server()))
  )

  it.effect("a body counts while it is received, together with its response", () =>
    Effect.gen(function* () {
      const sender = yield* from("203.0.113.1")
      sender.post("/large", 1_000_000, 500_000)
      yield* holding((held) => held > 400_000)
      expect(yield* held).toBeLessThanOrEqual(500_000)
      sender.wire.close()
      yield* holding((held) => held === 0)

      const greedy = yield* Effect.replicateEffect(from("203.0.113.1"), 2)
      for (const { post } of greedy) post("/large", large, 7_500_000)
      yield* holding((held) => held > 14_900_000)
      const last = yield* from("203.0.113.1")
      last.post("/large", large)
      expect(yield* Effect.promise(() => last.wire.until("http.server_busy"))).toMatch(/^HTTP\/1.1 503 /)
      expect(yield* held).toBeLessThanOrEqual(bounds.perNetwork)
    }).pipe(Effect.scoped, Effect.provide(server()))
  )

  it.effect("200 clients with large requests and responses that read nothing stay below the bound", () =>
    Effect.gen(function* () {
      const clients = yield* Effect.forEach(
        Array.from({ length: 200 }, (_, index) => index),
        (index) => from(`203.0.${index % 50}.1`),
        { concurrency: 20 }
      )
      let highest = 0
      yield* Effect.map(held, (held) => {
        highest = Math.max(highest, held)
      }).pipe(Effect.repeat(Schedule.spaced("1 millis")), TestServices.provideLive, Effect.forkScoped)
      for (const { post, wire } of clients) {
        wire.pause()
        post("/large", 100_000)
      }
      yield* holding((held) => held > bounds.total / 2)
      for (const path of ["/", "/medium"]) expect((yield* asks("198.51.100.1", path)).status).toBe(200)
      expect(highest).toBeLessThanOrEqual(bounds.total)
    }).pipe(Effect.scoped, Effect.provide(server()))
  )
})
