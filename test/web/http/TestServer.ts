import { createServer } from "node:http"
import { connect } from "node:net"
import { HttpServer } from "@effect/platform"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Context, Duration, Effect, Layer, Option, Schedule } from "effect"
import { layer as layerContentCoding } from "../../../layers/http/ContentCoding.js"
import * as InFlight from "../../../layers/http/InFlight.js"
import { make as makeTrustedProxies } from "../../../layers/http/TrustedProxies.js"
import * as Attempts from "../../../layers/limits/Attempts.js"
import * as MemoryActivity from "../../../layers/memory/Activity.js"
import { layerStrangers } from "../../../layers/memory/Devices.js"
import { CapturedLogs, layerCapture } from "../../../layers/memory/Logger.js"
import * as MemorySiteAddresses from "../../../layers/memory/SiteAddresses.js"
import { layer as layerLifecycle } from "../../../layers/process/Lifecycle.js"
import { layer as layerSecureRandom } from "../../../layers/process/SecureRandom.js"
import type { Activity } from "../../../src/services/Activity.js"
import { Lifecycle, type Phase } from "../../../src/services/Lifecycle.js"
import { TrustedProxies } from "../../../src/services/TrustedProxies.js"
import { Settings, type SettingsValues } from "../../../src/settings/Config.js"

/** Settings as a small production site has them. */
export const settings: SettingsValues = {
  environment: "production",
  host: "127.0.0.1",
  port: 0,
  formerUrls: [],
  siteUrl: "https://me.example",
  siteName: "Notes",
  siteDescription: "",
  siteAuthor: "Me",
  siteLanguage: "en",
  siteTimeZone: "UTC",
  dataPath: "data",
  databasePath: "data/starpunk.db",
  media: { maxSizeMb: 20 },
  logLevel: "DEBUG",
  logFormat: "json",
  database: {
    readers: 1,
    acquireTimeout: Duration.seconds(2),
    busyTimeout: Duration.seconds(1),
    synchronous: "full",
    checkpoints: "own",
    sqliteBinding: Option.none()
  },
  backup: { directory: Option.none(), interval: Duration.days(1), keep: 7 },
  search: { enabled: true, engine: "auto" },
  session: { idleTimeout: Duration.days(30), maxAge: Duration.days(90) },
  health: { detailed: false, token: Option.none(), memoryThresholdMb: 512 },
  telemetry: { endpoint: Option.none(), headers: Option.none(), signals: [], serviceName: "starpunk" },
  trustedProxies: [],
  drain: { delay: Duration.zero, deadline: Duration.seconds(1) },
  rateLimitEnabled: true,
  hstsSubdomains: false,
  outboundAllow: [],
  adminMe: Option.none(),
  indieauth: { pkce: "ask" },
  devMode: false
}

const lifecycle = (initial: Phase) =>
  Layer.tap(layerLifecycle, (context) => Context.get(context, Lifecycle).advance(initial))

interface TestServerOptions {
  readonly trusted?: ReadonlyArray<string>
  readonly phase?: Phase
  readonly settings?: SettingsValues
  /** In memory when absent. */
  readonly activity?: Layer.Layer<Activity>
}

/** A test server that still needs to know which browsers it knows. */
export const testServerFor = <A, E, R>(serving: Layer.Layer<A, E, R>, options: TestServerOptions = {}) =>
  serving.pipe(
    Layer.provideMerge(
      Layer.mergeAll(
        NodeHttpServer.layer(createServer, { port: 0, host: "127.0.0.1" }),
        InFlight.layer.pipe(Layer.provideMerge(layerCapture)),
        options.activity ?? MemoryActivity.layer,
        Attempts.layer.pipe(Layer.provide(Layer.succeed(Settings, options.settings ?? settings))),
        layerContentCoding,
        layerSecureRandom,
        MemorySiteAddresses.layer.pipe(Layer.provide(Layer.succeed(Settings, options.settings ?? settings))),
        lifecycle(options.phase ?? "ready"),
        Layer.effect(TrustedProxies, makeTrustedProxies(options.trusted ?? [])),
        Layer.succeed(Settings, options.settings ?? settings)
      )
    )
  )

/** A real server on a free port of loopback, and everything the pipeline stands on. `serving` comes from `Pipeline.serve`. */
export const testServer = <A, E, R>(serving: Layer.Layer<A, E, R>, options?: TestServerOptions) =>
  testServerFor(serving, options).pipe(Layer.provideMerge(layerStrangers))

const port = Effect.map(HttpServer.HttpServer, ({ address }) => (address._tag === "TcpAddress" ? address.port : 0))

/** A request through Node's own client, which is made to ask for content as it is: what is compressed has other validators. */
export const ask = (path: string, init?: RequestInit) =>
  Effect.flatMap(port, (port) =>
    Effect.promise(async () => {
      const headers = { "accept-encoding": "identity", ...Object.fromEntries(new Headers(init?.headers)) }
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: "manual", ...init, headers })
      return { status: response.status, headers: response.headers, body: await response.text() }
    })
  )

/** Bytes as they are, for what no client would send; answers everything that came back until the connection closed. */
export const askRaw = (request: string | Uint8Array) =>
  Effect.flatMap(port, (port) =>
    Effect.async<string>((resume) => {
      let answer = ""
      const socket = connect(port, "127.0.0.1", () => socket.end(request))
      socket.setEncoding("utf8")
      socket.on("data", (chunk) => {
        answer += chunk
      })
      socket.on("close", () => resume(Effect.succeed(answer)))
      socket.on("error", () => resume(Effect.succeed(answer)))
    })
  )

/** Opens a connection, sends a request, and answers how to leave without waiting for the answer. */
export const askAndLeave = (request: string) =>
  Effect.flatMap(port, (port) =>
    Effect.async<Effect.Effect<void>>((resume) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write(request)
        resume(Effect.succeed(Effect.sync(() => socket.destroy())))
      })
      socket.on("error", () => {})
    })
  )

const accessLinesNow = Effect.flatMap(CapturedLogs, ({ events }) =>
  Effect.map(events, (events) => events.filter(({ message }) => message === "http.access"))
)

/** The access lines, as soon as there are this many: they are written when the answer has left. */
export const accessLines = (count: number) =>
  Effect.repeat(accessLinesNow, {
    until: (lines) => lines.length >= count,
    schedule: Schedule.spaced("2 millis").pipe(Schedule.upTo("10 seconds"))
  }).pipe(Effect.zipRight(accessLinesNow))
