import { Effect } from "effect"
import { type MediaFormat, mediaFormats, parseFileName } from "../../src/domain/media/Media.js"
import { MediaDamaged, MediaUnsupported } from "../../src/errors/Media.js"
import { latin1 } from "./IsoBoxes.js"
import { webmTracks } from "./WebmTracks.js"

/** Number of bytes at the beginning of a file that are read. */
export const headBytes = 65_536

/** Other names of supported types. */
const aliases: Readonly<Record<string, string>> = {
  "image/apng": "image/png",
  "audio/x-m4a": "audio/mp4",
  "audio/ogg; codecs=opus": "audio/ogg",
  "video/x-m4v": "video/mp4"
}

const accepted = mediaFormats.map(({ mediaType }) => mediaType)

/** The brands of an MP4-family file, the major one first (ISO/IEC 14496-12, `ftyp`). */
const brandsOf = (head: Uint8Array): ReadonlyArray<string> => {
  if (head.length < 16 || latin1(head.subarray(4, 8)) !== "ftyp") return []
  const size = new DataView(head.buffer, head.byteOffset).getUint32(0)
  const text = latin1(head.subarray(8, Math.min(size, head.length, 512)))
  // The second word is a version.
  return (text.match(/[\s\S]{4}/g) ?? []).filter((_, index) => index !== 1)
}

/** Converts the type of a container to the type of its content. */
const inContainer = (mediaType: string | undefined, head: Uint8Array): string | undefined => {
  const isHeif = mediaType === "image/heif" || mediaType === "image/heif-sequence"
  if (isHeif) return brandsOf(head).some((brand) => brand === "avif" || brand === "avis") ? "image/avif" : mediaType
  if (mediaType !== "video/webm") return mediaType
  const tracks = webmTracks(head)
  return tracks?.hasAudio && !tracks.hasVideo ? "audio/webm" : mediaType
}

const library = Effect.promise(() => import("file-type"))

/**
 * Detects the format of a file from its beginning only, not from its name or the client's type. SVG, HTML and other
 * documents are not supported.
 */
export const recognise = (head: Uint8Array): Effect.Effect<MediaFormat, MediaUnsupported | MediaDamaged> =>
  Effect.gen(function* () {
    if (head.length === 0) return yield* new MediaDamaged({ reason: "empty" })
    const { fileTypeFromBuffer } = yield* library
    const found = yield* Effect.tryPromise({
      try: () => fileTypeFromBuffer(head),
      catch: () => new MediaUnsupported({ accepted })
    })
    const mediaType = inContainer(found === undefined ? undefined : (aliases[found.mime] ?? found.mime), head)
    const format = mediaFormats.find((candidate) => candidate.mediaType === mediaType)
    return (
      format ?? (yield* new MediaUnsupported({ accepted, ...(mediaType === undefined ? {} : { found: mediaType }) }))
    )
  })

/** Audio types of video containers. */
const audioOf: Readonly<Record<string, string>> = { "video/mp4": "audio/mp4", "video/webm": "audio/webm" }

/** The format of a video container without a video track. */
export const asRecording = (format: MediaFormat): MediaFormat =>
  mediaFormats.find(({ mediaType }) => mediaType === audioOf[format.mediaType]) ?? format

const isOneContainer = (a: string, b: string): boolean => a === b || audioOf[a] === b || audioOf[b] === a

/** Fails unless a file's content matches its own name. The beginning need not show whether a container has video. */
export const expectFormat = (
  head: Uint8Array,
  fileName: string
): Effect.Effect<void, MediaUnsupported | MediaDamaged> =>
  Effect.flatMap(recognise(head), ({ mediaType }) =>
    isOneContainer(mediaType, parseFileName(fileName)?.format.mediaType ?? "")
      ? Effect.void
      : new MediaUnsupported({ accepted, found: mediaType })
  )
