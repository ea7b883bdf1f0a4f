import { Duration, Effect } from "effect"
import type { Metadata, Sharp, SharpOptions } from "sharp"
import { type MediaFormat, type MediaName, parseMediaPath, variantsOf } from "../../src/domain/media/Media.js"
import { MediaDamaged } from "../../src/errors/Media.js"
import { hasOwnSize } from "./DrawingSize.js"

/** An image as it is stored. */
export interface Rendering {
  readonly name: MediaName
  readonly bytes: Uint8Array
}

/** Limits of images. */
const limits = {
  /** Pixels of all frames together: 300 MB of memory during rotation. */
  pixels: 100_000_000,
  /** Bytes of memory while one is decoded: an AVIF of 24 megapixels, a progressive JPEG of 64. */
  memory: 450_000_000,
  /** Maximum side in pixels; larger images are scaled down, because no screen shows more. */
  side: 4096,
  /** Maximum time for one rendering. */
  time: Duration.seconds(60)
}

/** Loaders of the supported formats. libvips has no other loaders enabled, so no file reaches them. */
const loaders = [
  "VipsForeignLoadJpeg",
  "VipsForeignLoadPng",
  "VipsForeignLoadNsgif",
  "VipsForeignLoadWebp",
  "VipsForeignLoadHeif"
]

/** libvips, with the loaders of the supported formats only. */
export const library = Effect.promise(async () => {
  const { default: sharp } = await import("sharp")
  // Several uploads must not use the whole machine: one thread each, one at a time (see `oneAtATime`).
  sharp.concurrency(1)
  sharp.cache(false)
  sharp.block({ operation: ["VipsForeignLoad"] })
  sharp.unblock({ operation: loaders })
  return sharp
})

const oneAtATime = Effect.unsafeMakeSemaphore(1).withPermits(1)

const encoded: Readonly<Record<string, (image: Sharp) => Sharp>> = {
  jpg: (image) => image.jpeg({ quality: 85, progressive: true }),
  png: (image) => image.png({ compressionLevel: 8 }),
  gif: (image) => image.gif({ effort: 3 }),
  webp: (image) => image.webp({ quality: 85, effort: 3 }),
  // Twelve megapixels take five seconds; with the next higher effort forty.
  avif: (image) => image.avif({ quality: 60, effort: 1 })
}

// The effort above this takes twice as long for four per cent fewer bytes.
const smaller = (image: Sharp): Sharp => image.webp({ quality: 78, effort: 2 })

/**
 * Bytes of memory per pixel while a picture is decoded, as measured. Most are decoded in strips, and their limit is that of
 * pixels. Progressive and interlaced ones and AVIF are decoded whole: an AVIF of 2 kB with 100 megapixels took 1.8 GB.
 */
const costOf = ({ channels = 4, depth, format, isProgressive = false }: Metadata): number => {
  if (format === "heif") return 18
  if (!isProgressive) return 3
  return format === "jpeg" ? 7 : channels * (depth === "ushort" ? 2 : 1) + 2
}

/** Refuses a picture that would take too much memory. Reads only the header. */
const assertFits = async (open: Open, source: string | Uint8Array): Promise<void> => {
  const header = await open(source, { limitInputPixels: limits.pixels }).metadata()
  if (header.width * header.height * costOf(header) > limits.memory)
    throw new Error("beyond the pixel limit of its kind")
}

const reasonOf = (error: unknown): MediaDamaged["reason"] => {
  const message = error instanceof Error ? error.message : ""
  if (/pixel limit/i.test(message)) return "too_many_pixels"
  return /timeout/i.test(message) ? "too_complex" : "unreadable"
}

/** Returns whether the number of frames, not the size, exceeds the limit. Reads only the header. */
const isTooLong = async (open: Open, source: string | Uint8Array): Promise<boolean> => {
  const { height = 0, pages = 1, width = 0 } = await open(source, { limitInputPixels: limits.pixels }).metadata()
  return pages > 1 && width * height <= limits.pixels
}

const damageOf = async (error: unknown, open: Open, source: string | Uint8Array): Promise<MediaDamaged> => {
  const reason = reasonOf(error)
  const isLong = reason === "too_many_pixels" && (await isTooLong(open, source).catch(() => false))
  return new MediaDamaged({ reason: isLong ? "too_many_frames" : reason })
}

/**
 * Decodes an image (a path, or its bytes) and re-encodes it in its own format: upright, in sRGB, at most 4096 pixels a
 * side, without EXIF, XMP, IPTC, profiles, thumbnails and trailing data. Frames are kept. Returns it first, then its
 * smaller renderings. Waits for other renderings; it can be interrupted only while it waits.
 */
export const render = (
  source: string | Uint8Array,
  format: MediaFormat,
  id: string
): Effect.Effect<ReadonlyArray<Rendering>, MediaDamaged> =>
  oneAtATime(
    Effect.flatMap(library, (sharp) => {
      const open: Open = (input, options) => sharp(input, options)
      return Effect.tryPromise(() => renderings(open, source, format, id)).pipe(
        Effect.catchAll(({ error }) =>
          Effect.flatMap(
            Effect.promise(() => damageOf(error, open, source)),
            Effect.fail
          )
        ),
        Effect.uninterruptible
      )
    })
  )

/** Decodes a picture, runs `work` on it, and encodes the result. Waits for other renderings. */
export const processed = (
  source: Uint8Array,
  work: (image: Sharp) => Sharp
): Effect.Effect<{ readonly data: Uint8Array; readonly width: number; readonly height: number }, MediaDamaged> =>
  oneAtATime(
    Effect.flatMap(library, (sharp) =>
      Effect.tryPromise({
        try: async () => {
          await assertFits((input, options) => sharp(input, options), source)
          const image = sharp(source, { limitInputPixels: limits.pixels, failOn: "error" })
          const { data, info } = await work(image)
            .timeout({ seconds: Duration.toSeconds(limits.time) })
            .toBuffer({ resolveWithObject: true })
          return { data, width: info.width, height: info.height }
        },
        catch: (error) => new MediaDamaged({ reason: reasonOf(error) })
      }).pipe(Effect.uninterruptible)
    )
  )

/** Side of a rendered drawing in pixels, enough for a column of text on a high-resolution screen. */
const drawnSide = 1_600

/** Pixels per inch of a drawing at its own size, and the maximum. */
const density = { own: 72, most: 2_400 }

/** Greatest side in pixels of a drawing that keeps its own size: an icon, a badge or a logo beside words. */
const iconSide = 320

/**
 * Renders an SVG as a PNG with a transparent background. librsvg reads it from memory: it runs no scripts and loads no
 * references. Drawings are enlarged to the width of a column, except icons, which keep the size that they state.
 */
export const drawn = (svg: Uint8Array): Effect.Effect<Uint8Array, MediaDamaged> =>
  oneAtATime(
    Effect.flatMap(library, (sharp) =>
      Effect.tryPromise({
        try: async () => {
          sharp.unblock({ operation: ["VipsForeignLoadSvg"] })
          try {
            const options: SharpOptions = { limitInputPixels: limits.pixels, density: density.own }
            const { height = drawnSide, width = drawnSide } = await sharp(svg, options).metadata()
            const side = Math.max(width, height, 1)
            const scale = side <= iconSide && hasOwnSize(svg) ? 1 : Math.max(1, drawnSide / side)
            const fine = { ...options, density: Math.min(density.most, Math.round(density.own * scale)) }
            return await sharp(svg, fine)
              .resize({ width: limits.side, height: limits.side, fit: "inside", withoutEnlargement: true })
              .png({ compressionLevel: 8 })
              .timeout({ seconds: Duration.toSeconds(limits.time) })
              .toBuffer()
          } finally {
            sharp.block({ operation: ["VipsForeignLoadSvg"] })
          }
        },
        catch: (error) => new MediaDamaged({ reason: reasonOf(error) })
      }).pipe(Effect.uninterruptible)
    )
  )

type Open = (input: string | Uint8Array, options: SharpOptions) => Sharp

const renderings = async (
  open: Open,
  source: string | Uint8Array,
  format: MediaFormat,
  id: string
): Promise<ReadonlyArray<Rendering>> => {
  const options: SharpOptions = {
    limitInputPixels: limits.pixels,
    failOn: "error",
    sequentialRead: true,
    animated: format.extension === "gif" || format.extension === "webp"
  }
  const time = { seconds: Duration.toSeconds(limits.time) }
  const encode = encoded[format.extension]
  if (encode === undefined) throw new Error(`no encoder for ${format.extension}`)
  await assertFits(open, source)
  const upright = open(source, options)
    .autoOrient()
    .resize({ width: limits.side, height: limits.side, fit: "inside", withoutEnlargement: true })
  const { data, info } = await encode(upright).timeout(time).toBuffer({ resolveWithObject: true })
  // For animations, `height` is that of all frames stacked.
  const name = { id, format, size: { width: info.width, height: info.pageHeight ?? info.height } }
  const kept: Array<Rendering> = [{ name, bytes: data }]
  const sizes = variantsOf(name).toSorted((one, other) => other.width - one.width)
  if (sizes.length === 0) return kept
  // A still picture is decoded once, and each size is made from the next larger one, which takes half the time. With
  // transparency, each step would darken the picture a little, so all sizes are made from the whole.
  const isStill = (info.pages ?? 1) === 1 && info.pageHeight === undefined
  let larger = isStill ? await pixelsOf(open(data, options).timeout(time)) : undefined
  for (const { height, path, width } of sizes) {
    const smallName = parseMediaPath(path)
    if (smallName === undefined) continue
    const image = larger === undefined ? open(data, options) : open(larger.data, { raw: larger.raw })
    let resized = image.resize({ width, height, fit: "fill" })
    if (larger?.isOpaque === true) {
      larger = await pixelsOf(resized.timeout(time))
      resized = open(larger.data, { raw: larger.raw })
    }
    kept.push({ name: smallName, bytes: await smaller(resized).timeout(time).toBuffer() })
  }
  return kept
}

interface Pixels {
  readonly data: Buffer
  readonly raw: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 }
  readonly isOpaque: boolean
}

/** Pixels of eight bits a channel in sRGB: 64 MB at most, as no side is longer than 4096. An alpha channel of only 255 is removed. */
const pixelsOf = async (image: Sharp): Promise<Pixels> => {
  const { data, info } = await image.toColourspace("srgb").raw().toBuffer({ resolveWithObject: true })
  const { channels, height, width } = info
  if (channels !== 4) return { data, raw: { channels, height, width }, isOpaque: channels !== 2 }
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] !== 255) return { data, raw: { channels, height, width }, isOpaque: false }
  }
  const opaque = Buffer.allocUnsafe((data.length / 4) * 3)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    opaque[to] = data[from] ?? 0
    opaque[to + 1] = data[from + 1] ?? 0
    opaque[to + 2] = data[from + 2] ?? 0
  }
  return { data: opaque, raw: { channels: 3, height, width }, isOpaque: true }
}
