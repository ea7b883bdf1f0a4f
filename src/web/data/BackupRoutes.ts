import { HttpLayerRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Layer, Option, Ref, Stream } from "effect"
import { PageNotFound } from "../../errors/Address.js"
import { BackupsOff } from "../../errors/Backup.js"
import { backupFailures } from "../../metrics/Site.js"
import { BackupDirectory, type KeptDirectory } from "../../services/BackupDirectory.js"
import { annotateJob } from "../../services/Correlation.js"
import { Logger } from "../../services/Logger.js"
import { ProofAuth } from "../http/OwnerAuth.js"
import { provenOwnerForm, provenOwnerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { backupsPath, dataPath } from "./Addresses.js"
import { LastBackup } from "./LastBackup.js"

/**
 * Makes a backup now and downloads one. Both need a recent login: a backup holds hashes of credentials, and a new one may
 * displace the oldest.
 */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const directory = yield* BackupDirectory
    const last = yield* LastBackup
    const log = (yield* Logger).named("starpunk.backup")
    const scope = yield* Effect.scope

    const run = (kept: KeptDirectory) =>
      kept.addUnlessBusy.pipe(
        Effect.tap(
          Option.match({
            onNone: () => Effect.void,
            onSome: ({ removed, report: { bytes, manifest, path } }) =>
              Effect.zipRight(
                Ref.set(last, "made"),
                log.info("Backup made", {
                  file: path,
                  bytes,
                  posts: manifest.posts,
                  media: manifest.media,
                  removed: removed.length
                })
              )
          })
        ),
        Effect.catchAll((error) =>
          Effect.gen(function* () {
            backupFailures.add({})
            yield* Ref.set(last, "failed")
            yield* log.error("The backup that the owner asked for failed", { error })
          })
        ),
        annotateJob("backup")
      )

    yield* routes.add(
      provenOwnerForm,
      "POST",
      backupsPath,
      Effect.gen(function* () {
        if (Option.isNone(directory)) return yield* new BackupsOff()
        yield* Ref.set(last, "none")
        // In the server's scope, not the request's, because the owner may leave the page.
        yield* Effect.forkIn(run(directory.value), scope)
        return HttpServerResponse.redirect(`${dataPath}#backups`, { status: 303 })
      })
    )

    yield* routes.add(
      provenOwnerPage,
      "GET",
      `${backupsPath}/:name`,
      Effect.gen(function* () {
        const { name = "" } = yield* HttpLayerRouter.params
        const found = Option.isNone(directory) ? Option.none() : yield* directory.value.open(name)
        if (Option.isNone(found)) return yield* new PageNotFound()
        const { bytes, content } = found.value
        const headers = { "content-disposition": `attachment; filename="${found.value.name}"` }
        const { method } = yield* HttpServerRequest.HttpServerRequest
        if (method === "HEAD") return HttpServerResponse.empty({ status: 200, headers })
        const logged = Stream.tapError(content, (error) => log.error("A download of a backup was cut off", { error }))
        return HttpServerResponse.stream(logged, { contentType: "application/x-tar", contentLength: bytes, headers })
      })
    )
  })
).pipe(Layer.provide(ProofAuth))
