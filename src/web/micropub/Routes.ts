import { HttpLayerRouter } from "@effect/platform"
import { Effect } from "effect"
import { allowAnyOrigin, preflight } from "./Cors.js"
import { create } from "./Create.js"
import { query } from "./Query.js"

/** The Micropub endpoint (W3C Recommendation of 23 May 2017): creating posts, and asking about them. */
export const routes = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    yield* router.add("GET", "/micropub", Effect.zipRight(allowAnyOrigin, yield* query))
    yield* router.add("POST", "/micropub", Effect.zipRight(allowAnyOrigin, yield* create))
    yield* router.add("OPTIONS", "/micropub", preflight)
  })
)
