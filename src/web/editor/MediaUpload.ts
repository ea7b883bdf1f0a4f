import { HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { mediaNotice } from "../../domain/media/Media.js"
import { FileMissing } from "../../errors/Editor.js"
import { MediaStore } from "../../services/MediaStore.js"
import { Settings } from "../../settings/Config.js"
import { receive } from "../http/Upload.js"
import { propertyOf } from "./Submission.js"

/**
 * `POST /admin/media`: stores a file as soon as it is chosen, for scripts. Responds with 201 and `{ url, path,
 * property, mediaType, width, height, alt, notice }`.
 */
export const mediaUpload = Effect.gen(function* () {
  const media = yield* MediaStore
  const { siteUrl } = yield* Settings
  return Effect.gen(function* () {
    const { uploads } = yield* receive(media)
    const [first] = uploads
    if (first === undefined) return yield* new FileMissing()
    const { height, kind, mediaType, path, width } = first.media
    const url = `${siteUrl}${path}`
    const notice = mediaNotice(first.media)
    return HttpServerResponse.unsafeJson(
      { url, path, property: propertyOf[kind], mediaType, width, height, alt: "", notice },
      { status: 201, headers: { location: url } }
    )
  })
})
