import { HttpLayerRouter } from "@effect/platform"
import { Effect, Layer } from "effect"
import { allowAnyOrigin, preflight } from "../http/Cors.js"
import { endpoint } from "./Endpoint.js"
import { file } from "./File.js"

const forClients = HttpLayerRouter.use(
  Effect.fnUntraced(function* (router) {
    const { post, query } = yield* endpoint
    yield* router.add("GET", "/micropub/media", Effect.zipRight(allowAnyOrigin, query))
    yield* router.add("POST", "/micropub/media", Effect.zipRight(allowAnyOrigin, post))
    yield* router.add("OPTIONS", "/micropub/media", preflight)
  })
)

/** Pictures, films and recordings: taken from the owner's clients, and shown to everybody. */
export const routes = Layer.merge(file, forClients)
