import { Clock, Effect, Layer } from "effect"
import { isProofFresh } from "../../domain/login/Session.js"
import { OwnerAuth, OwnerSession } from "../http/OwnerAuth.js"
import { ownerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
import { DataPage, dataPath } from "./DataPage.js"
import * as DownloadRoute from "./DownloadRoute.js"

const page = Routes.one(
  ownerPage,
  "GET",
  dataPath,
  Effect.gen(function* () {
    const isProven = isProofFresh(yield* OwnerSession, yield* Clock.currentTimeMillis)
    return adminResponse(<DataPage site={yield* site} isProven={isProven} />)
  })
).pipe(Layer.provide(OwnerAuth))

/** `/admin/data`: what the owner can do with the site's data without a shell. */
export const routes = Layer.mergeAll(page, DownloadRoute.routes)
