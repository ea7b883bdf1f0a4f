import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Layer, Stream } from "effect"
import { ExportArchive } from "../../services/ExportArchive.js"
import { Logger } from "../../services/Logger.js"
import { Settings } from "../../settings/Config.js"
import { ProofAuth } from "../http/OwnerAuth.js"
import { provenOwnerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { archivePath } from "./Addresses.js"

/** Name of the file in the owner's downloads: the site's host and the day. */
const fileName = (siteUrl: string, now: number): string =>
  `${new URL(siteUrl).hostname.replaceAll(/[^a-z0-9.-]/gi, "")}-${new Date(now).toISOString().slice(0, 10)}.zip`

/**
 * `GET /admin/data/everything.zip`: all content as one file. It contains private posts and drafts, so it needs a recent
 * login.
 */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const archive = yield* ExportArchive
    const { siteUrl } = yield* Settings
    const log = (yield* Logger).named("starpunk.export")

    yield* routes.add(
      provenOwnerPage,
      "GET",
      archivePath,
      Effect.gen(function* () {
        const headers = {
          "content-disposition": `attachment; filename="${fileName(siteUrl, yield* Clock.currentTimeMillis)}"`
        }
        const { method } = yield* HttpServerRequest.HttpServerRequest
        // Copying the database for a question about the headers would be a waste.
        if (method === "HEAD") return HttpServerResponse.empty({ status: 200, headers })
        const content = yield* archive.begin
        const logged = Stream.tapError(content, (error) => log.error("A download of the site was cut off", { error }))
        return HttpServerResponse.stream(logged, { contentType: "application/zip", headers })
      })
    )
  })
).pipe(Layer.provide(ProofAuth))
