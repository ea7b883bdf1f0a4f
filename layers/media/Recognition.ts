import { Effect } from "effect"
import { type MediaFormat, mediaFormats, parseFileName } from "../../src/domain/media/Media.js"
import { MediaDamaged, MediaUnsupported } from "../../src/errors/failure/Media.js"
import { latin1 } from "./IsoBoxes.js"
import { webmTracks } from "./WebmTracks.js"

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

/** The brands of a file of MP4's family, the major one first (ISO/IEC 14496-12, `ftyp`). */
const brandsOf = (head: Uint8Array): ReadonlyArray<string> => {
  if (head.length < 16 || latin1(head.subarray(4, 8)) !== "ftyp") return []
  const size = new DataView(head.buffer, head.byteOffset).getUint32(0)
  const text = latin1(head.subarray(8, Math.min(size, head.length, 512)))
  // The second word is a version.
  return (text.match(/[\s\S]{4}/g) ?? []).filter((_, index) => index !== 1)
}

/** What the recogniser calls by a container's name, by what is in the container. */
const inContainer = (mediaType: string | undefined, head: Uint8Array): string | undefined => {
  const isHeif = mediaType === "image/heif" || mediaType === "image/heif-sequence"
  if (isHeif) return brandsOf(head).some((brand) => brand === "avif" || brand === "avis") ? "image/avif" : mediaType
  if (mediaType !== "video/webm") return mediaType
  const tracks = webmTracks(head)
  return tracks?.hasAudio && !tracks.hasVideo ? "audio/webm" : mediaType
}

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
    const mediaType = inContainer(found === undefined ? undefined : (aliases[found.mime] ?? found.mime), head)
    const format = mediaFormats.find((candidate) => candidate.mediaType === mediaType)
    return (
      format ?? (yield* new MediaUnsupported({ accepted, ...(mediaType === undefined ? {} : { found: mediaType }) }))
    )
  })

/** A recording in a container of films is kept as what it is. */
const audioOf: Readonly<Record<string, string>> = { "video/mp4": "audio/mp4", "video/webm": "audio/webm" }

/** The format of a film without pictures that move. */
export const asRecording = (format: MediaFormat): MediaFormat =>
  mediaFormats.find(({ mediaType }) => mediaType === audioOf[format.mediaType]) ?? format

const isOneContainer = (a: string, b: string): boolean => a === b || audioOf[a] === b || audioOf[b] === a

/** Fails unless a file is what its own name says. Its beginning need not tell whether a film has pictures. */
export const expectFormat = (
  head: Uint8Array,
  fileName: string
): Effect.Effect<void, MediaUnsupported | MediaDamaged> =>
  Effect.flatMap(recognise(head), ({ mediaType }) =>
    isOneContainer(mediaType, parseFileName(fileName)?.format.mediaType ?? "")
      ? Effect.void
      : new MediaUnsupported({ accepted, found: mediaType })
  )
