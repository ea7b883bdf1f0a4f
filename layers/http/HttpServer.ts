import {
  type Etag,
  FileSystem,
  type HttpApp,
  HttpIncomingMessage,
  type HttpMiddleware,
  type HttpPlatform,
  HttpServer
} from "@effect/platform"
import type * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Effect, FiberRef, Layer, Option, Runtime } from "effect"
import type { ActivationUnusable, ListenFailed } from "../../src/errors/Startup.js"
import { annotateJob } from "../../src/services/Correlation.js"
import { Lifecycle } from "../../src/services/Lifecycle.js"
import { Logger } from "../../src/services/Logger.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { TrustedProxies } from "../../src/services/TrustedProxies.js"
import { Settings } from "../../src/settings/Config.js"
import { withRequestServices } from "../../src/web/http/RequestServices.js"
import { TurnScheduler } from "../process/TurnScheduler.js"
import { activation } from "./Activation.js"
import { Connections } from "./Connections.js"
import { drain } from "./Drain.js"
import { EarlyAnswers } from "./EarlyAnswers.js"
import { createLimitedServer, limits } from "./HttpLimits.js"
import { formatAddress, listen, listenOn } from "./Listen.js"
import { LoadShedder } from "./LoadShedder.js"
import * as Refusals from "./Refusals.js"
import { RunningRequests } from "./RunningRequests.js"

const maxBodySize = Option.some(FileSystem.Size(limits.maxBodySize))

/** Minimum time between two log lines about closed connections, in milliseconds. */
const sayEvery = 60_000

/**
 * Counts connections that were closed because of a limit, and logs the number at intervals, with one of their networks.
 */
const crowding = (say: (connections: number, network: string) => void) =>
  Effect.map(Effect.clock, (clock) => {
    let closed = 0
    let saidAt = Number.NEGATIVE_INFINITY
    return (network: string) => {
      closed++
      const now = clock.unsafeCurrentTimeMillis()
      if (now - saidAt < sayEvery) return
      say(closed, network)
      closed = 0
      saidAt = now
    }
  })

const make = Effect.gen(function* () {
  const settings = yield* Settings
  const lifecycle = yield* Lifecycle
  const log = (yield* Logger).named("starpunk.server")
  const random = yield* SecureRandom
  const asJob = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.provideService(annotateJob("http_server")(effect), SecureRandom, random)
  const fork = Runtime.runFork(yield* Effect.runtime<never>())

  const server = createLimitedServer(settings)
  const refusals = yield* Refusals.make
  const proxies = yield* TrustedProxies
  const crowd = yield* crowding((connections, network) =>
    fork(asJob(log.warning("Connections closed: too many are open", { connections, network })))
  )
  const seats = { isProxy: proxies.isTrusted, onClosed: crowd }
  const { pass } = yield* LoadShedder
  const connections = new Connections(server, refusals.request, seats, yield* EarlyAnswers, pass)
  refusals.attach(server, connections)
  const scheduler = yield* FiberRef.get(FiberRef.currentScheduler)
  if (scheduler instanceof TurnScheduler) server.on("connection", () => scheduler.connectionArrived())

  // After a drain nothing is left to close; without one, the start failed or nothing was served.
  const socket = yield* activation
  const listening: Effect.Effect<HttpServer.TcpAddress, ListenFailed | ActivationUnusable> = Option.match(socket, {
    onNone: () => listen(server, settings.host, settings.port),
    onSome: (fd) => listenOn(server, fd)
  })
  const address = yield* Effect.acquireRelease(listening, () =>
    Effect.zipRight(
      Effect.sync(() => connections.closeAll()),
      connections.closed
    )
  )
  // While listening, errors of the server concern connections that it could not accept: usually too many open files.
  server.on("error", (error) => fork(asJob(log.error("Connection not accepted", { error }))))
  const activated = Option.isSome(socket) ? { activated: true } : {}
  yield* asJob(log.info("Listening", { address: formatAddress(address), ...activated }))

  const serve = (app: HttpApp.Default<unknown>, middleware?: HttpMiddleware.HttpMiddleware) =>
    Effect.gen(function* () {
      const requests = new RunningRequests()
      const tracked: HttpMiddleware.HttpMiddleware = (app) =>
        Effect.zipRight(requests.track, middleware === undefined ? app : middleware(app))
      const handler = yield* NodeHttpServer.makeHandler(app, tracked).pipe(
        Effect.provideService(HttpIncomingMessage.MaxBodySize, maxBodySize),
        withRequestServices
      )
      // Acquired after the services of the routes, so it is released before them.
      yield* Effect.acquireRelease(
        Effect.sync(() => connections.attach(handler)),
        () => asJob(drain(connections, requests, lifecycle, log, settings.drain))
      )
    })

  return HttpServer.make({ address, serve })
})

/**
 * A server of `node:http` with limits for clients (`HttpLimits`), answers to malformed requests (`Refusals`), and a
 * graceful end (`Drain`). It listens as soon as it is built; requests that arrive before the routes wait. Provide it
 * below the services of the routes, so that they exist until the last request is answered.
 */
export const layer: Layer.Layer<
  HttpServer.HttpServer | HttpPlatform.HttpPlatform | Etag.Generator | NodeContext.NodeContext,
  ListenFailed | ActivationUnusable,
  Settings | Lifecycle | Logger | SecureRandom | TrustedProxies
> = Layer.merge(Layer.scoped(HttpServer.HttpServer, make), NodeHttpServer.layerContext)
