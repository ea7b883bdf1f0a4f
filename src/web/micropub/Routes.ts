import { HttpLayerRouter } from "@effect/platform"
import { Effect } from "effect"
import { timeZone } from "../../domain/TimeZone.js"
import { BearerTokens } from "../../services/BearerTokens.js"
import { MediaStore } from "../../services/MediaStore.js"
import { Posts } from "../../services/Posts.js"
import { SiteAddresses } from "../../services/SiteAddresses.js"
import { Settings } from "../../settings/Config.js"
import { allowAnyOrigin, preflight } from "../http/Cors.js"
import { readAction } from "./Action.js"
import { create } from "./Create.js"
import { remove, restore } from "./Delete.js"
import { query } from "./Query.js"
import { update } from "./Update.js"

/** `POST /micropub`: does with a post what the request's `action` says. */
const act = Effect.gen(function* () {
  const posts = yield* Posts
  const tokens = yield* BearerTokens
  const media = yield* MediaStore
  const addresses = yield* SiteAddresses
  const { siteTimeZone, siteUrl } = yield* Settings
  const scene = { siteUrl, zone: timeZone(siteTimeZone) }
  const actions = {
    create: create(posts, media, scene),
    update: update(posts, addresses, scene),
    delete: remove(posts, addresses),
    undelete: restore(posts, addresses)
  }
  return Effect.flatMap(readAction(tokens, media), (request) => actions[request.action](request))
})

/** The Micropub endpoint (W3C Recommendation of 23 May 2017): writing posts, and asking about them. */
export const routes = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    yield* router.add("GET", "/micropub", Effect.zipRight(allowAnyOrigin, yield* query))
    yield* router.add("POST", "/micropub", Effect.zipRight(allowAnyOrigin, yield* act))
    yield* router.add("OPTIONS", "/micropub", preflight)
  })
)
