/** Format and size of an image, from its first bytes. */
export interface RasterImage {
  readonly mediaType: "image/png" | "image/gif" | "image/webp" | "image/jpeg"
  /** Pixels. */
  readonly width: number
  readonly height: number
}

const startsWith = (view: DataView, offset: number, text: string): boolean =>
  view.byteLength >= offset + text.length &&
  Array.from(text).every((character, index) => view.getUint8(offset + index) === character.charCodeAt(0))

const png = (view: DataView): RasterImage | undefined =>
  startsWith(view, 0, "\x89PNG\r\n\x1a\n") && startsWith(view, 12, "IHDR") && view.byteLength >= 24
    ? { mediaType: "image/png", width: view.getUint32(16), height: view.getUint32(20) }
    : undefined

const gif = (view: DataView): RasterImage | undefined =>
  (startsWith(view, 0, "GIF87a") || startsWith(view, 0, "GIF89a")) && view.byteLength >= 10
    ? { mediaType: "image/gif", width: view.getUint16(6, true), height: view.getUint16(8, true) }
    : undefined

/** A RIFF container with a lossy (`VP8 `), lossless (`VP8L`) or extended (`VP8X`) image (RFC 9649 §2). */
const webp = (view: DataView): RasterImage | undefined => {
  if (!startsWith(view, 0, "RIFF") || !startsWith(view, 8, "WEBP") || view.byteLength < 30) return undefined
  const mediaType = "image/webp"
  if (startsWith(view, 12, "VP8 ")) {
    return { mediaType, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  if (startsWith(view, 12, "VP8L")) {
    const bits = view.getUint32(21, true)
    return { mediaType, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
  }
  const inThreeBytes = (offset: number) => view.getUint16(offset, true) + view.getUint8(offset + 2) * 65_536 + 1
  return startsWith(view, 12, "VP8X") ? { mediaType, width: inThreeBytes(24), height: inThreeBytes(27) } : undefined
}

/** The frame header among the segments (ITU-T T.81 §B.2.2): SOF0 to SOF15, except DHT, JPG and DAC. */
const jpeg = (view: DataView): RasterImage | undefined => {
  if (!startsWith(view, 0, "\xff\xd8\xff")) return undefined
  let offset = 2
  while (offset + 9 <= view.byteLength && view.getUint8(offset) === 0xff) {
    const marker = view.getUint8(offset + 1)
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { mediaType: "image/jpeg", width: view.getUint16(offset + 7), height: view.getUint16(offset + 5) }
    }
    offset += 2 + view.getUint16(offset + 2)
  }
  return undefined
}

/** Reads the header of a PNG, GIF, WebP or JPEG file; `undefined` for anything else. */
export const rasterImage = (content: Uint8Array): RasterImage | undefined => {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  const image = png(view) ?? gif(view) ?? webp(view) ?? jpeg(view)
  return image === undefined || image.width === 0 || image.height === 0 ? undefined : image
}
