import { Chunk, Effect, Option, Stream } from "effect"
import { mediaFormats, type StoredMedia } from "../../domain/media/Media.js"
import { FileMissing } from "../../errors/Editor.js"
import { MediaUnsupported } from "../../errors/Media.js"
import { MediaStore } from "../../services/MediaStore.js"
import { OwnerPhoto } from "../../services/OwnerPhoto.js"
import { type Upload, withdraw } from "../http/Upload.js"

const accepted = mediaFormats.filter(({ kind }) => kind === "image").map(({ mediaType }) => mediaType)

/**
 * Makes the owner's photo from an upload. Returns whether the form had one. The media store checks the file and removes
 * its metadata, and keeps it only until the photo is made or refused.
 */
export const photoTaking = Effect.gen(function* () {
  const photo = yield* OwnerPhoto
  const media = yield* MediaStore

  const bytesOf = ({ path }: StoredMedia) =>
    Effect.gen(function* () {
      const file = yield* media.open(path.slice(path.lastIndexOf("/") + 1))
      if (Option.isNone(file)) return yield* new FileMissing()
      const chunks = yield* Stream.runCollect(file.value.content())
      return new Uint8Array(Buffer.concat(Chunk.toReadonlyArray(chunks)))
    })

  return (uploads: ReadonlyArray<Upload>) =>
    Effect.gen(function* () {
      const [first] = uploads
      if (first === undefined) return false
      const { kind, mediaType } = first.media
      if (kind !== "image") return yield* new MediaUnsupported({ found: mediaType, accepted })
      yield* photo.replace(yield* bytesOf(first.media))
      return true
    }).pipe(Effect.ensuring(withdraw(media, uploads)))
})
