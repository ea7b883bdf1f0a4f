/** Kind of a file. */
export type MediaKind = "image" | "video" | "audio"

/** A supported file format. */
export interface MediaFormat {
  readonly kind: MediaKind
  /** Media type without parameters: `image/jpeg`. */
  readonly mediaType: string
  /** Without the dot. */
  readonly extension: string
}

/** All supported file formats. */
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

/** Size in pixels. */
export interface PixelSize {
  readonly width: number
  readonly height: number
}

/** A smaller rendering of an image. */
export interface MediaVariant extends PixelSize {
  /** Path on this site, such as `/media/1f…c2-640x480.webp`. */
  readonly path: string
  readonly mediaType: string
}

/** An uploaded file. Times are in epoch milliseconds. */
export interface Media {
  /** 128 random bits in hexadecimal: not guessable, and the beginning of its address. */
  readonly id: string
  /** Path on this site, such as `/media/1f…c2-1600x1200.jpg`; prefix the site's URL for an absolute address. */
  readonly path: string
  readonly kind: MediaKind
  /** Detected from the content, not from the client's header: `image/jpeg`. */
  readonly mediaType: string
  readonly byteLength: number
  /** Size in pixels after rotation; absent for audio and video. */
  readonly width?: number
  readonly height?: number
  /** Renderings of images, smallest first. */
  readonly variants: ReadonlyArray<MediaVariant>
  readonly uploadedAt: number
}

/** A file that was just stored. */
export interface StoredMedia extends Media {
  /** Common name of its codec, if many browsers cannot play it. */
  readonly troublesomeCodec?: string
}

/** A notice for the uploader; `undefined` for files that every browser plays. */
export const mediaNotice = ({ kind, troublesomeCodec }: StoredMedia): string | undefined =>
  troublesomeCodec === undefined
    ? undefined
    : `Many browsers cannot play this ${kind === "audio" ? "recording" : "video"}: its codec is ${troublesomeCodec}. ` +
      (kind === "audio"
        ? "Use MP3 or AAC (M4A) instead."
        : "Use H.264 (MP4) instead. On an iPhone, choose Settings, Camera, Formats, Most Compatible.")

/** The parts of a file's name. Pages need no query for them. */
export interface MediaName {
  readonly id: string
  readonly format: MediaFormat
  /** Images only. */
  readonly size?: PixelSize
}

const prefix = "/media/"
const pattern = /^(?<id>[0-9a-f]{32})(?:-(?<width>[1-9]\d{0,4})x(?<height>[1-9]\d{0,4}))?\.(?<extension>[a-z0-9]{3,4})$/

/**
 * Formats a file name, the last segment of the address: `{id}-{width}x{height}.jpg` for images, `{id}.mp4` for others.
 */
export const fileName = ({ format, id, size }: MediaName): string =>
  `${id}${size === undefined ? "" : `-${size.width}x${size.height}`}.${format.extension}`

/** The path of a file on this site. */
export const mediaPath = (name: MediaName): string => `${prefix}${fileName(name)}`

/** Parses a name of `fileName`; `undefined` for other texts. */
export const parseFileName = (text: string): MediaName | undefined => {
  const { extension, height, id, width } = pattern.exec(text)?.groups ?? {}
  const format = mediaFormats.find((candidate) => candidate.extension === extension)
  if (id === undefined || format === undefined || (format.kind === "image") !== (width !== undefined)) return undefined
  return width === undefined ? { id, format } : { id, format, size: { width: Number(width), height: Number(height) } }
}

/** Parses a path of `mediaPath`; `undefined` for other texts. */
export const parseMediaPath = (path: string): MediaName | undefined =>
  path.startsWith(prefix) ? parseFileName(path.slice(prefix.length)) : undefined

/** Format of all smaller renderings, which all current browsers support. */
const variantFormat: MediaFormat = { kind: "image", mediaType: "image/webp", extension: "webp" }

/**
 * Widths of renderings: half a phone's screen, a whole one, and the text column on a high-resolution screen. Must not
 * change, because file names contain them.
 */
const variantWidths = [320, 640, 1280]

/**
 * The smaller renderings of an image, smallest first, from its name alone, so that pages need no query. GIFs have none,
 * because most are animated.
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

/** The `srcset` of an image with smaller renderings, the file itself last; `undefined` for other files. */
export const srcsetOf = (name: MediaName): string | undefined => {
  const renderings = variantsOf(name)
  if (name.size === undefined || renderings.length === 0) return undefined
  return [...renderings, { path: mediaPath(name), width: name.size.width }]
    .map(({ path, width }) => `${path} ${width}w`)
    .join(", ")
}

/**
 * The `sizes` of an image in the column of text: the column if it fits, otherwise the width of the screen. In `sizes` a
 * rem is the browser's default font size; the column has up to 45 of them (see the stylesheet's font size).
 */
export const columnSizes = (width: number): string => `(min-width: 48rem) min(45rem, ${width}px), 100vw`

/** Makes the record of a stored file. */
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

/** Names of a file and its renderings, the file itself first. */
export const fileNamesOf = (name: MediaName): ReadonlyArray<string> => [
  fileName(name),
  ...variantsOf(name).map(({ path }) => path.slice(prefix.length))
]
