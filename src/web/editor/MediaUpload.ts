import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import type { StoredMedia } from "../../domain/media/Media.js"
import { FileMissing } from "../../errors/Editor.js"
import { MediaStore } from "../../services/MediaStore.js"
import { Settings } from "../../settings/Config.js"
import { texts } from "../../texts/Texts.js"
import { receive } from "../http/Upload.js"
import { propertyOf } from "./Submission.js"

/** Most files in one form of the page of files. */
const mostFiles = 100

const noticeOf = ({ kind, troublesomeCodec: codec }: StoredMedia): string | undefined =>
  codec === undefined ? undefined : texts.editor.codec[kind === "audio" ? "audio" : "video"]({ codec })

/**
 * `POST /admin/media`: stores a file as soon as it is chosen, for scripts. Responds with 201 and `{ url, path,
 * property, mediaType, width, height, alt, notice }`. The form of the page of files, which sends all files at once, is
 * answered with the way back to that page.
 */
export const mediaUpload = Effect.gen(function* () {
  const media = yield* MediaStore
  const { siteUrl } = yield* Settings
  return Effect.gen(function* () {
    const { headers } = yield* HttpServerRequest.HttpServerRequest
    const { uploads } = yield* receive(media, { maxFiles: mostFiles })
    const [first] = uploads
    if (first === undefined) return yield* new FileMissing()
    if (headers.accept?.includes("text/html") === true) {
      return HttpServerResponse.redirect(`/admin/media?uploaded=${uploads.length}`, { status: 303 })
    }
    const { height, kind, mediaType, path, width } = first.media
    const url = `${siteUrl}${path}`
    const notice = noticeOf(first.media)
    return HttpServerResponse.unsafeJson(
      { url, path, property: propertyOf[kind], mediaType, width, height, alt: "", notice },
      { status: 201, headers: { location: url } }
    )
  })
})
