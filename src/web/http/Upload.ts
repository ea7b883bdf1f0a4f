import type { HttpServerRequest } from "@effect/platform"
import { Effect, Stream } from "effect"
import type { Media } from "../../domain/Media.js"
import type { DatabaseFailure } from "../../errors/failure/Database.js"
import type { MediaFailure } from "../../errors/failure/Media.js"
import type { MediaStore } from "../../services/MediaStore.js"
import * as Body from "./Body.js"

/** Stand-in until h/media is merged. */
export const receive = (
  media: MediaStore["Type"]
): Effect.Effect<
  {
    readonly fields: Body.FormFields
    readonly uploads: ReadonlyArray<{ readonly field: string; readonly media: Media }>
  },
  Body.BodyFailure | MediaFailure | DatabaseFailure,
  HttpServerRequest.HttpServerRequest
> =>
  Effect.gen(function* () {
    const { fields, files } = yield* Body.multipart({ maxBytes: 50_000_000 })
    const uploads = yield* Effect.forEach(files, (file) =>
      Effect.map(
        media.store({ content: Stream.make(file.content), filename: file.filename, declaredType: file.mediaType }),
        (media) => ({ field: file.field, media })
      )
    )
    return { fields, uploads }
  })
