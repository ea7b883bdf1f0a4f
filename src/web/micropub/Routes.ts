import { Effect, Layer } from "effect"
import { MediaStore } from "../../services/MediaStore.js"
import { Posts } from "../../services/Posts.js"
import { SiteAddresses } from "../../services/SiteAddresses.js"
import { Settings } from "../../settings/Config.js"
import { AppAuth } from "../http/AppAuth.js"
import { preflight } from "../http/Cors.js"
import { appEndpoint, appUpload, preflightRequest } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { site } from "../theme/Site.js"
import { readAction } from "./Action.js"
import { create } from "./Create.js"
import { remove, restore } from "./Delete.js"
import type { Scene } from "./Outcome.js"
import { query } from "./Query.js"
import { update } from "./Update.js"

/** `POST /micropub`: runs the request's `action`. */
const act = Effect.gen(function* () {
  const posts = yield* Posts
  const media = yield* MediaStore
  const addresses = yield* SiteAddresses
  const { siteUrl } = yield* Settings
  const actionsIn = (scene: Scene) => ({
    create: create(posts, media, scene),
    update: update(posts, addresses, scene),
    delete: remove(posts, addresses),
    undelete: restore(posts, addresses)
  })
  return Effect.gen(function* () {
    // Before the request's files are stored, because nothing may fail between them and the post.
    const { zone } = yield* site
    const request = yield* readAction(media)
    return yield* actionsIn({ siteUrl, zone })[request.action](request)
  })
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
