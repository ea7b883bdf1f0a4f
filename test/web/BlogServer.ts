import { createServer } from "node:http"
import { HttpLayerRouter, HttpServer, HttpServerResponse } from "@effect/platform"
import { NodeHttpServer } from "@effect/platform-node"
import { Cause, Duration, Effect, Layer, Option } from "effect"
import { Settings, type SettingsValues } from "../../src/Config.js"
import type { Post } from "../../src/domain/Post.js"
import { errorInfo, isFailure } from "../../src/errors/Catalogue.js"
import * as Blog from "../../src/web/blog/Routes.js"
import * as Feeds from "../../src/web/feeds/Routes.js"
import { routerConfig } from "../../src/web/http/RouteTable.js"
import * as Assets from "../../src/web/theme/Assets.js"
import { ErrorPage } from "../../src/web/theme/ErrorPage.js"
import { pageResponse } from "../../src/web/theme/Page.js"
import { makeSite } from "../../src/web/theme/Site.js"
import { fixedPosts } from "./FixedPosts.js"

/** Settings of a site that is not where the test server is: what is absolute must come from here, not from the request. */
export const settings: SettingsValues = {
  environment: "development",
  host: "127.0.0.1",
  port: 0,
  siteUrl: "https://me.example",
  siteName: "Margins & Stars",
  siteDescription: "Notes from the edge of the page",
  siteAuthor: "Ada Example",
  siteLanguage: "en",
  dataPath: "data",
  databasePath: "data/starpunk.db",
  logLevel: "INFO",
  logFormat: "json",
  database: {
    readers: 2,
    acquireTimeout: Duration.seconds(2),
    busyTimeout: Duration.millis(100),
    synchronous: "full",
    sqliteBinding: Option.none()
  },
  search: { enabled: true, engine: "auto" },
  session: { idleTimeout: Duration.days(30), maxAge: Duration.days(90) },
  health: { detailed: false, token: Option.none(), memoryThresholdMb: 512 },
  trustedProxies: [],
  drain: { delay: Duration.zero, deadline: Duration.seconds(1) },
  rateLimitEnabled: true,
  outboundAllow: [],
  adminMe: Option.none(),
  devMode: false
}

/** Serves the blog with these posts on a free port; answers how to ask it. Ends with the scope. */
export const blogServer = (posts: ReadonlyArray<Post>, overrides: Partial<SettingsValues> = {}) =>
  Effect.gen(function* () {
    const values = { ...settings, ...overrides }
    const site = makeSite(values)
    const failures = HttpLayerRouter.use((router) =>
      router.addGlobalMiddleware(((app: Effect.Effect<HttpServerResponse.HttpServerResponse, unknown>) =>
        Effect.catchAllCause(app, (cause) => {
          const failure = Cause.squash(cause)
          if (!isFailure(failure)) return Effect.failCause(cause) as Effect.Effect<never>
          const info = errorInfo(failure)
          return Effect.succeed(pageResponse(ErrorPage({ site, info, requestId: "test" }), { status: info.status }))
        })) as never)
    )
    const server = yield* Layer.build(
      HttpLayerRouter.serve(Layer.mergeAll(Blog.routes, Feeds.routes, Assets.routes, failures), {
        disableLogger: true,
        disableListenLog: true,
        routerConfig
      }).pipe(
        Layer.provideMerge(NodeHttpServer.layer(() => createServer(), { port: 0, host: "127.0.0.1" })),
        Layer.provide(fixedPosts(posts)),
        Layer.provide(Layer.succeed(Settings, values))
      )
    )
    const base = yield* Effect.provide(HttpServer.addressFormattedWith(Effect.succeed), server)
    const get = (path: string, init?: RequestInit) =>
      Effect.promise(() => fetch(`${base}${path}`, { redirect: "manual", ...init }))
    const text = (path: string, init?: RequestInit) =>
      Effect.flatMap(get(path, init), (response) => Effect.promise(() => response.text()))
    return { base, get, text }
  })
