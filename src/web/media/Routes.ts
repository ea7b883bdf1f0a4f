import { Effect, Layer } from "effect"
import { AppAuth } from "../http/AppAuth.js"
import { preflight } from "../http/Cors.js"
import { appEndpoint, appUpload, preflightRequest } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { endpoint } from "./Endpoint.js"
import { file } from "./File.js"

const forClients = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const { post, query } = yield* endpoint
    yield* routes.add(appEndpoint, "GET", "/micropub/media", query)
    yield* routes.add(appUpload, "POST", "/micropub/media", post)
  })
)

/** Media files: uploads of the owner's clients, and public delivery. */
export const routes = Layer.mergeAll(
  file,
  forClients.pipe(Layer.provide(AppAuth)),
  Routes.one(preflightRequest, "OPTIONS", "/micropub/media", preflight)
)
