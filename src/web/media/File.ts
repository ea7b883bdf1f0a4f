import { HttpLayerRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import type { MediaKind } from "../../domain/media/Media.js"
import { PageNotFound, RangeUnsatisfiable } from "../../errors/Address.js"
import { type MediaFile, MediaStore } from "../../services/MediaStore.js"
import { conditional } from "../http/Conditional.js"
import { mediaFile } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { byteRange } from "./Range.js"

/**
 * Policies of a file that is opened directly: it may only show or play itself, even if it were treated as a page. A
 * browser's player is a page that requests the video again, which has to be allowed from this site.
 */
const contentSecurityPolicy: Record<MediaKind, string> = {
  image: "default-src 'none'; sandbox",
  audio: "default-src 'none'; media-src 'self'; sandbox allow-same-origin",
  video: "default-src 'none'; media-src 'self'; sandbox allow-same-origin"
}

/**
 * Returns whether the client's part belongs to this version of the file (RFC 9110 §13.1.5): by a strong tag, or the
 * date.
 */
const isSame = (ifRange: string | undefined, etag: string, lastModified: string): boolean =>
  ifRange === undefined || ifRange === etag || ifRange === lastModified

const whole = (file: MediaFile, headers: Readonly<Record<string, string>>) =>
  HttpServerResponse.stream(file.content(), {
    contentType: file.mediaType,
    contentLength: file.byteLength,
    headers
  })

/** A redirect to the public address of a file. It is cached for a short time, because the settings may change. */
const redirected = (publicUrl: string) =>
  HttpServerResponse.redirect(publicUrl, { status: 302, headers: { "cache-control": "public, max-age=300" } })

/** `GET /media/{name}`: a file or a rendering, whole or in part; a redirect if the bucket has a public address. */
export const file = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const media = yield* MediaStore
    yield* routes.add(
      mediaFile,
      "GET",
      "/media/:name",
      Effect.gen(function* () {
        const { name = "" } = yield* HttpLayerRouter.params
        const found = yield* media.open(name)
        if (Option.isNone(found)) return yield* new PageNotFound()
        const file = found.value
        if (file.publicUrl !== undefined) return redirected(file.publicUrl)
        const { headers, method } = yield* HttpServerRequest.HttpServerRequest
        const etag = `"${name}"`
        const answer = yield* conditional(
          whole(file, {
            "accept-ranges": "bytes",
            "content-disposition": `inline; filename="${name}"`,
            "content-security-policy": contentSecurityPolicy[file.kind]
          }),
          { etag, lastModified: file.modifiedAt }
        )
        const range = byteRange(headers.range, file.byteLength)
        const isWhole = range === "none" || !isSame(headers["if-range"], etag, answer.headers["last-modified"] ?? "")
        if (answer.status !== 200 || method !== "GET" || isWhole) return answer
        if (range === "unsatisfiable") return yield* new RangeUnsatisfiable({ length: file.byteLength })
        const { "content-length": _, "content-type": __, ...kept } = answer.headers
        return HttpServerResponse.stream(file.content(range), {
          status: 206,
          contentType: file.mediaType,
          contentLength: range.end - range.start,
          headers: { ...kept, "content-range": `bytes ${range.start}-${range.end - 1}/${file.byteLength}` }
        })
      })
    )
  })
)
