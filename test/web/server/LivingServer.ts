import { HttpServer, HttpServerResponse } from "@effect/platform"
import { Context, Deferred, Duration, Effect, Exit, Layer, Scope, Stream } from "effect"
import { layer as layerContentCoding } from "../../../layers/http/ContentCoding.js"
import * as NodeHttpServer from "../../../layers/http/HttpServer.js"
import * as InFlight from "../../../layers/http/InFlight.js"
import { make as makeTrustedProxies } from "../../../layers/http/TrustedProxies.js"
import * as Attempts from "../../../layers/limits/Attempts.js"
import * as MemoryActivity from "../../../layers/memory/Activity.js"
import { layerStrangers } from "../../../layers/memory/Devices.js"
import { CapturedLogs, layerCapture } from "../../../layers/memory/Logger.js"
import * as NodeLifecycle from "../../../layers/process/Lifecycle.js"
import * as NodeSecureRandom from "../../../layers/process/SecureRandom.js"
import { Lifecycle } from "../../../src/services/Lifecycle.js"
import { TrustedProxies } from "../../../src/services/TrustedProxies.js"
import { Settings, type SettingsValues } from "../../../src/settings/Config.js"
import * as Body from "../../../src/web/http/Body.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { publicPage } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import { settings } from "../http/TestServer.js"
import { Wire } from "./Wire.js"

/** Doors that a test opens when it likes, and what has happened behind them. */
class Doors extends Context.Tag("test/Doors")<
  Doors,
  {
    readonly arrived: Deferred.Deferred<void>
    readonly open: Deferred.Deferred<void>
    /** What was taken away, in order. */
    readonly ended: Array<string>
    /** How often the home page was begun. */
    homes: number
  }
>() {}

/** More than the buffers of a connection take while nobody reads. */
export const largeSize = 32_000_000

const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const doors = yield* Doors
    const { arrived, ended, open } = doors
    const behindTheDoor = Effect.zipRight(Deferred.succeed(arrived, undefined), Deferred.await(open))
    const home = Effect.sync(() => {
      doors.homes++
      return HttpServerResponse.text("home")
    })
    yield* routes.add(publicPage, "GET", "/", home)
    yield* routes.add(
      publicPage,
      "GET",
      "/slow",
      Effect.gen(function* () {
        yield* behindTheDoor
        return HttpServerResponse.text(ended.length === 0 ? "slow" : "too late")
      })
    )
    yield* routes.add(publicPage, "GET", "/large", HttpServerResponse.uint8Array(new Uint8Array(largeSize)))
    yield* routes.add(
      publicPage,
      "GET",
      "/stubborn",
      Effect.uninterruptible(Effect.as(behindTheDoor, HttpServerResponse.text("done all the same")))
    )
    yield* routes.add(
      publicPage,
      "GET",
      "/stuck",
      Effect.zipRight(Deferred.succeed(arrived, undefined), Effect.never).pipe(
        Effect.onInterrupt(() => Effect.sync(() => ended.push("stuck request")))
      )
    )
    yield* routes.add(
      publicPage,
      "GET",
      "/stream",
      HttpServerResponse.stream(
        Stream.concat(Stream.make("first "), Stream.fromEffect(Effect.as(behindTheDoor, "last"))).pipe(
          Stream.encodeText
        )
      )
    )
    yield* routes.add(
      { ...publicPage, maxBody: 1_048_576 },
      "POST",
      "/",
      Effect.map(Body.text(), (text) => HttpServerResponse.text(text))
    )
  })
)

const services = Layer.scoped(
  Doors,
  Effect.acquireRelease(
    Effect.gen(function* () {
      const ended: Array<string> = []
      return { arrived: yield* Deferred.make<void>(), open: yield* Deferred.make<void>(), ended, homes: 0 }
    }),
    ({ ended }) => Effect.sync(() => ended.push("services"))
  )
)

/**
 * A real server, composed as the program is, that a test brings to its end when it likes. `stop` does what a signal
 * does: it closes the scope.
 */
export const living = (overrides: Partial<SettingsValues> = {}) =>
  Effect.gen(function* () {
    const scope = yield* Effect.acquireRelease(Scope.make(), (scope) => Scope.close(scope, Exit.void))
    const context = yield* Layer.buildWithScope(
      serve(routes).pipe(
        Layer.provideMerge(NodeHttpServer.layer),
        Layer.provideMerge(
          Layer.mergeAll(
            services,
            layerContentCoding,
            MemoryActivity.layer,
            Attempts.layer.pipe(Layer.provide(Layer.succeed(Settings, settings))),
            NodeLifecycle.layer,
            NodeSecureRandom.layer,
            InFlight.layer.pipe(Layer.provideMerge(layerCapture)),
            layerStrangers,
            Layer.effect(TrustedProxies, makeTrustedProxies([])),
            Layer.succeed(Settings, {
              ...settings,
              drain: { delay: Duration.zero, deadline: Duration.seconds(20) },
              ...overrides
            })
          )
        )
      ),
      scope
    )
    const lifecycle = Context.get(context, Lifecycle)
    yield* lifecycle.advance("ready")
    const { address } = Context.get(context, HttpServer.HttpServer)
    const port = address._tag === "TcpAddress" ? address.port : 0
    const doors = Context.get(context, Doors)
    const { arrived, ended, open } = doors
    const { events } = Context.get(context, CapturedLogs)
    return {
      port,
      ended,
      homes: Effect.sync(() => doors.homes),
      lifecycle,
      events,
      /** Waits until a request stands before the door. */
      arrived: Deferred.await(arrived),
      openDoor: Deferred.succeed(open, undefined),
      stop: Scope.close(scope, Exit.void),
      connect: Effect.acquireRelease(
        Effect.promise(() => Wire.open(port)),
        (wire) => Effect.sync(() => wire.close())
      )
    }
  })
