/**
 * A process that runs `Main.run` as a server does: `node MainProcess.mjs MODE`. It listens on any free port, which it
 * logs, and answers `/stuck` never.
 */
import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Context, Effect, Layer } from "effect"
import * as ContentCoding from "../../../layers/http/ContentCoding.js"
import * as HttpServer from "../../../layers/http/HttpServer.js"
import * as InFlight from "../../../layers/http/InFlight.js"
import * as TrustedProxies from "../../../layers/http/TrustedProxies.js"
import * as Logger from "../../../layers/Logger.js"
import * as Attempts from "../../../layers/limits/Attempts.js"
import * as Activity from "../../../layers/memory/Activity.js"
import * as Devices from "../../../layers/memory/Devices.js"
import * as SessionManager from "../../../layers/memory/SessionManager.js"
import * as Settings from "../../../layers/memory/Settings.js"
import * as SiteSettings from "../../../layers/memory/SiteSettings.js"
import * as ProcessLifecycle from "../../../layers/process/Lifecycle.js"
import * as Main from "../../../layers/process/Main.js"
import * as SecureRandom from "../../../layers/process/SecureRandom.js"
import { Lifecycle } from "../../../src/services/Lifecycle.js"
import { serve } from "../../../src/web/http/Pipeline.js"

const [, , mode, port = "0"] = process.argv

const routes = Layer.mergeAll(
  HttpLayerRouter.add("GET", "/health/live", HttpServerResponse.text("alive")),
  HttpLayerRouter.add("GET", "/health/stuck", Effect.never)
)

/** The start is over at once: there is nothing to start. */
const started = Layer.tap(ProcessLifecycle.layer, (context) => Context.get(context, Lifecycle).advance("ready"))

const foundation = Layer.mergeAll(Logger.layer, SecureRandom.layer, started).pipe(
  Layer.provideMerge(
    Settings.layerFrom(
      mode === "configuration"
        ? { STARPUNK_PORT: "eighty", STARPUNK_SITE_URL: "nowhere" }
        : { STARPUNK_LOG_FORMAT: "json", STARPUNK_PORT: port, STARPUNK_DRAIN_DEADLINE: "3600" }
    )
  )
)

const program =
  mode === "bug"
    ? Effect.die(new Error("a bug"))
    : Layer.launch(
        serve(routes).pipe(
          Layer.provide(HttpServer.layer),
          Layer.provide([
            Activity.layer,
            Attempts.layer,
            ContentCoding.layer,
            Devices.layerStrangers,
            InFlight.layer,
            SessionManager.layer,
            SiteSettings.layer,
            TrustedProxies.layer
          ])
        )
      )

Main.run(program, foundation, () => Effect.void)
