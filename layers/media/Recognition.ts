import { Effect } from "effect"
import { type MediaFormat, mediaFormats, parseFileName } from "../../src/domain/Media.js"
import { MediaDamaged, MediaUnsupported } from "../../src/errors/failure/Media.js"

/** How much of a file's beginning is looked at, in bytes. */
export const headBytes = 65_536

/** Other names of types that are taken. */
const aliases: Readonly<Record<string, string>> = {
  "image/apng": "image/png",
  "audio/x-m4a": "audio/mp4",
  "audio/ogg; codecs=opus": "audio/ogg",
  "video/x-m4v": "video/mp4"
}

const accepted = mediaFormats.map(({ mediaType }) => mediaType)

const library = Effect.promise(() => import("file-type"))

/**
 * What a file is, told by its beginning alone: neither its name nor what the client says is asked. SVG, HTML and every
 * other kind of document are not taken.
 */
export const recognise = (head: Uint8Array): Effect.Effect<MediaFormat, MediaUnsupported | MediaDamaged> =>
  Effect.gen(function* () {
    if (head.length === 0) return yield* new MediaDamaged({ reason: "empty" })
    const { fileTypeFromBuffer } = yield* library
    const found = yield* Effect.tryPromise({
      try: () => fileTypeFromBuffer(head),
      catch: () => new MediaUnsupported({ accepted })
    })
    const mediaType = found === undefined ? undefined : (aliases[found.mime] ?? found.mime)
    const format = mediaFormats.find((candidate) => candidate.mediaType === mediaType)
    return (
      format ?? (yield* new MediaUnsupported({ accepted, ...(mediaType === undefined ? {} : { found: mediaType }) }))
    )
  })

/** Fails unless a file is what its own name says. */
export const expectFormat = (
  head: Uint8Array,
  fileName: string
): Effect.Effect<void, MediaUnsupported | MediaDamaged> =>
  Effect.flatMap(recognise(head), ({ mediaType }) =>
    mediaType === parseFileName(fileName)?.format.mediaType
      ? Effect.void
      : new MediaUnsupported({ accepted, found: mediaType })
  )
