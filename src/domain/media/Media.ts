/** What a file shows or plays. */
export type MediaKind = "image" | "video" | "audio"

/** A kind of file that is taken, and how it is kept. */
export interface MediaFormat {
  readonly kind: MediaKind
  /** As it is served, without parameters: `image/jpeg`. */
  readonly mediaType: string
  /** Without the dot. */
  readonly extension: string
}

/** Every kind of file that is taken. */
export const mediaFormats: ReadonlyArray<MediaFormat> = [
  { kind: "image", mediaType: "image/jpeg", extension: "jpg" },
  { kind: "image", mediaType: "image/png", extension: "png" },
  { kind: "image", mediaType: "image/gif", extension: "gif" },
  { kind: "image", mediaType: "image/webp", extension: "webp" },
  { kind: "image", mediaType: "image/avif", extension: "avif" },
  { kind: "audio", mediaType: "audio/mpeg", extension: "mp3" },
  { kind: "audio", mediaType: "audio/mp4", extension: "m4a" },
  { kind: "audio", mediaType: "audio/aac", extension: "aac" },
  { kind: "audio", mediaType: "audio/ogg", extension: "ogg" },
  { kind: "audio", mediaType: "audio/flac", extension: "flac" },
  { kind: "audio", mediaType: "audio/wav", extension: "wav" },
  { kind: "audio", mediaType: "audio/webm", extension: "weba" },
  { kind: "video", mediaType: "video/mp4", extension: "mp4" },
  { kind: "video", mediaType: "video/webm", extension: "webm" },
  { kind: "video", mediaType: "video/quicktime", extension: "mov" }
]

/** How many pixels something has. */
export interface PixelSize {
  readonly width: number
  readonly height: number
}

/** A smaller rendering of an image. */
export interface MediaVariant extends PixelSize {
  /** On this site, such as `/media/1f…c2-640x480.webp`. */
  readonly path: string
  readonly mediaType: string
}

/** A file that was uploaded. Times are epoch milliseconds, UTC. */
export interface Media {
  /** 128 random bits in hexadecimal: unguessable, and the beginning of its address. */
  readonly id: string
  /** On this site, such as `/media/1f…c2-1600x1200.jpg`; absolute addresses are the site's URL before it. */
  readonly path: string
  readonly kind: MediaKind
  /** By its content, not by what the client said: `image/jpeg`. */
  readonly mediaType: string
  readonly byteLength: number
  /** Pixels, upright; absent for audio and video. */
  readonly width?: number
  readonly height?: number
  /** Smallest first; images only. */
  readonly variants: ReadonlyArray<MediaVariant>
  readonly uploadedAt: number
}

/** A file that was just taken in. */
export interface StoredMedia extends Media {
  /** Its codec, as people call it, where many browsers cannot play that. */
  readonly troublesomeCodec?: string
}

/** What whoever sent a file is told of it; nothing of files that every browser shows. */
export const mediaNotice = ({ kind, troublesomeCodec }: StoredMedia): string | undefined =>
  troublesomeCodec === undefined
    ? undefined
    : `Many browsers cannot play this ${kind === "audio" ? "recording" : "film"}: its codec is ${troublesomeCodec}. ` +
      (kind === "audio"
        ? "Send it as MP3 or AAC (M4A) to reach everyone."
        : "Send it as H.264 (MP4) to reach everyone; on an iPhone, choose Settings, Camera, Formats, Most Compatible.")

/** What a file's name tells: all that pages need to know of it, without asking anybody. */
export interface MediaName {
  readonly id: string
  readonly format: MediaFormat
  /** Images only. */
  readonly size?: PixelSize
}

const prefix = "/media/"
const pattern = /^(?<id>[0-9a-f]{32})(?:-(?<width>[1-9]\d{0,4})x(?<height>[1-9]\d{0,4}))?\.(?<extension>[a-z0-9]{3,4})$/

/** The last segment of a file's address: `{id}-{width}x{height}.jpg` for images, `{id}.mp4` for others. */
export const fileName = ({ format, id, size }: MediaName): string =>
  `${id}${size === undefined ? "" : `-${size.width}x${size.height}`}.${format.extension}`

/** A file's address on this site. */
export const mediaPath = (name: MediaName): string => `${prefix}${fileName(name)}`

/** Reads what `fileName` wrote; nothing else is a file's name. */
export const parseFileName = (text: string): MediaName | undefined => {
  const { extension, height, id, width } = pattern.exec(text)?.groups ?? {}
  const format = mediaFormats.find((candidate) => candidate.extension === extension)
  if (id === undefined || format === undefined || (format.kind === "image") !== (width !== undefined)) return undefined
  return width === undefined ? { id, format } : { id, format, size: { width: Number(width), height: Number(height) } }
}

/** Reads what `mediaPath` wrote. */
export const parseMediaPath = (path: string): MediaName | undefined =>
  path.startsWith(prefix) ? parseFileName(path.slice(prefix.length)) : undefined

/** The format of every smaller rendering: all browsers of today show it. */
const variantFormat: MediaFormat = { kind: "image", mediaType: "image/webp", extension: "webp" }

/** Half a phone's screen, a whole one, and the column of text on a fine screen. Never changed: names are made of it. */
const variantWidths = [320, 640, 1280]

/**
 * The smaller renderings that an image has, smallest first, by its name alone: so no page has to look them up. GIFs have
 * none, since as a rule they move.
 */
export const variantsOf = ({ format, id, size }: MediaName): ReadonlyArray<MediaVariant> =>
  size === undefined || format.extension === "gif"
    ? []
    : variantWidths
        .filter((width) => width < size.width)
        .map((width) => {
          const smaller = { width, height: Math.max(1, Math.round((size.height * width) / size.width)) }
          const path = mediaPath({ id, format: variantFormat, size: smaller })
          return { ...smaller, path, mediaType: variantFormat.mediaType }
        })

/** All that is known of a stored file. */
export const mediaOf = (name: MediaName, byteLength: number, uploadedAt: number): Media => ({
  id: name.id,
  path: mediaPath(name),
  kind: name.format.kind,
  mediaType: name.format.mediaType,
  byteLength,
  ...name.size,
  variants: variantsOf(name),
  uploadedAt
})

/** The names of a file and its renderings, the file itself first. */
export const fileNamesOf = (name: MediaName): ReadonlyArray<string> => [
  fileName(name),
  ...variantsOf(name).map(({ path }) => path.slice(prefix.length))
]
