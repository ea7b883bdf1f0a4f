import { Clock, Effect, Layer, Option, Ref } from "effect"
import { isProofFresh } from "../../domain/login/Session.js"
import { BackupDirectory, type KeptDirectory } from "../../services/BackupDirectory.js"
import { Logger } from "../../services/Logger.js"
import { Settings } from "../../settings/Config.js"
import { OwnerAuth, OwnerSession } from "../http/OwnerAuth.js"
import { ownerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
import { dataPath } from "./Addresses.js"
import * as BackupRoutes from "./BackupRoutes.js"
import { DataPage } from "./DataPage.js"
import * as DownloadRoute from "./DownloadRoute.js"
import * as LastBackup from "./LastBackup.js"

/** Seconds after which the page of a running backup is loaded again. */
const refreshSeconds = 3

const page = Routes.use((routes) =>
  Effect.gen(function* () {
    const directory = yield* BackupDirectory
    const last = yield* LastBackup.LastBackup
    const withoutMedia = Option.isSome((yield* Settings).objectStore.address)
    const log = (yield* Logger).named("starpunk.backup")

    const stateOf = (kept: KeptDirectory) =>
      Effect.gen(function* () {
        const list = yield* kept.list.pipe(
          Effect.asSome,
          Effect.catchAll((error) => Effect.as(log.warning("The backups cannot be listed", { error }), Option.none()))
        )
        return { keep: kept.keep, withoutMedia, list, underway: yield* kept.underway, last: yield* Ref.get(last) }
      })

    yield* routes.add(
      ownerPage,
      "GET",
      dataPath,
      Effect.gen(function* () {
        const isProven = isProofFresh(yield* OwnerSession, yield* Clock.currentTimeMillis)
        const backups = yield* Effect.transposeMapOption(directory, stateOf)
        const isUnderway = Option.exists(backups, ({ underway }) => Option.isSome(underway))
        return adminResponse(<DataPage site={yield* site} isProven={isProven} backups={backups} />, {
          headers: isUnderway ? { refresh: String(refreshSeconds) } : {}
        })
      })
    )
  })
).pipe(Layer.provide(OwnerAuth))

/** `/admin/data`: what the owner can do with the site's data without a shell. */
export const routes = Layer.mergeAll(page, DownloadRoute.routes, BackupRoutes.routes).pipe(
  Layer.provide(LastBackup.layer)
)
