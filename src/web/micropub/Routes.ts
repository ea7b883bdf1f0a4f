import { Effect, Layer } from "effect"
import { timeZone } from "../../domain/TimeZone.js"
import { MediaStore } from "../../services/MediaStore.js"
import { Posts } from "../../services/Posts.js"
import { SiteAddresses } from "../../services/SiteAddresses.js"
import { Settings } from "../../settings/Config.js"
import { AppAuth } from "../http/AppAuth.js"
import { preflight } from "../http/Cors.js"
import { appEndpoint, appUpload, preflightRequest } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { readAction } from "./Action.js"
import { create } from "./Create.js"
import { remove, restore } from "./Delete.js"
import { query } from "./Query.js"
import { update } from "./Update.js"

/** `POST /micropub`: runs the request's `action`. */
const act = Effect.gen(function* () {
  const posts = yield* Posts
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
  return Effect.flatMap(readAction(media), (request) => actions[request.action](request))
})

const forApps = Routes.use((routes) =>
  Effect.gen(function* () {
    yield* routes.add(appEndpoint, "GET", "/micropub", yield* query)
    yield* routes.add(appUpload, "POST", "/micropub", yield* act)
  })
)

/** The Micropub endpoint (W3C Recommendation of 23 May 2017): actions and queries. */
export const routes = Layer.merge(
  forApps.pipe(Layer.provide(AppAuth)),
  Routes.one(preflightRequest, "OPTIONS", "/micropub", preflight)
)
