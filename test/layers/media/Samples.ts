import { deflateSync } from "node:zlib"
import sharp from "sharp"

/** What no stored file may hold: a place, a name, a device. */
export const secrets = ["SECRET-PLACE", "SECRET-NAME", "SECRET-XMP", "+52.5200+013.4050"]

/** A picture of `width` × `height` whose left half is red and whose right half is blue. */
const halves = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#c00" } }).composite([
    {
      input: { create: { width: Math.ceil(width / 2), height, channels: 3, background: "#00c" } },
      left: Math.floor(width / 2),
      top: 0
    }
  ])

/** A JPEG as a phone writes it: lying on its side, and full of what it knows. */
export const photo = async (width = 1600, height = 1200, orientation = 6): Promise<Buffer> =>
  halves(width, height)
    .withExif({
      IFD0: { Copyright: "SECRET-NAME", ImageDescription: "SECRET-PLACE", Make: "Phone" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 12/1", GPSLongitudeRef: "E", GPSLongitude: "13/1 24/1 18/1" }
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>SECRET-XMP</place></x:xmpmeta>')
    .withIccProfile("p3")
    .withMetadata({ orientation })
    .jpeg()
    .toBuffer()

export const png = (width = 400, height = 300) =>
  halves(width, height)
    .png()
    .withExif({ IFD0: { Artist: "SECRET-NAME" } })
    .toBuffer()
/** An AVIF that calls itself by the brand of its family first, as libavif and some phones write it. */
export const brandedAvif = async (major = "mif1"): Promise<Buffer> => {
  const content = Buffer.from(await avif())
  content.write(major, 8, "latin1")
  return content
}

export const webp = (width = 400, height = 300) =>
  halves(width, height)
    .webp()
    .withExif({ IFD0: { Artist: "SECRET-NAME" } })
    .toBuffer()
export const avif = (width = 400, height = 300) => halves(width, height).avif({ effort: 0 }).toBuffer()

/** Three frames, of 100, 200 and 300 ms. */
const frames = async (width: number, height: number) =>
  sharp(
    await Promise.all(
      ["#c00", "#0c0", "#00c"].map((background) =>
        sharp({ create: { width, height, channels: 3, background } })
          .png()
          .toBuffer()
      )
    ),
    { join: { animated: true } }
  )

export const animatedGif = async (width = 400, height = 300) =>
  (await frames(width, height)).gif({ delay: [100, 200, 300], loop: 0 }).toBuffer()
export const animatedWebp = async (width = 400, height = 300) =>
  (await frames(width, height)).webp({ delay: [100, 200, 300], loop: 0 }).toBuffer()

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})
const crc = (bytes: Uint8Array) => {
  let value = 0xffffffff
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}

const pngChunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc(body), body.length + 4)
  return chunk
}

/** A PNG of a few kilobytes that says it is `width` × `height` white pixels. */
export const bomb = (width = 50_000, height = 50_000): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc(Math.min(1_000_000, Math.ceil(width / 8) + 1))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", Buffer.alloc(0))
  ])
}

/** A box of MP4 and its like. */
export const box = (type: string, ...content: ReadonlyArray<Buffer | string>): Buffer => {
  const body = Buffer.concat(content.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)))
  const header = Buffer.alloc(8)
  header.writeUInt32BE(body.length + 8, 0)
  header.write(type, 4, "latin1")
  return Buffer.concat([header, body])
}

const handler = (type: string) => box("hdlr", Buffer.alloc(8), type, Buffer.alloc(13))

/** A film as a phone writes it: two tracks, the second its positions, and where it was taken in three places. */
export const film = (brand = "isom"): Buffer =>
  Buffer.concat([
    box("ftyp", brand, Buffer.alloc(4), "isommp42"),
    box("free", "SECRET-PLACE"),
    box("mdat", "pictures and sounds"),
    box(
      "moov",
      box("mvhd", Buffer.alloc(100)),
      box(
        "trak",
        box("tkhd", Buffer.alloc(84)),
        box("mdia", handler("vide"), box("minf", "samples")),
        box("udta", "SECRET-NAME")
      ),
      box("trak", box("tkhd", Buffer.alloc(84)), box("mdia", handler("meta"), box("minf", "SECRET-PLACE"))),
      box(
        "udta",
        box("\u00a9xyz", Buffer.from([0, 18, 0x15, 0xc7]), "+52.5200+013.4050/"),
        box("loci", "SECRET-PLACE"),
        Buffer.alloc(4)
      ),
      box("meta", Buffer.alloc(4), "SECRET-NAME")
    ),
    box("uuid", Buffer.alloc(16), "SECRET-XMP")
  ])

const sampleDescription = (codec: string) =>
  box("stbl", box("stsd", Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), box(codec, Buffer.alloc(78))))

/** A file of MP4's family with a track for each handler and codec; its index stands at its end, behind 100 kB of samples. */
export const tracks = (brand: string, ...each: ReadonlyArray<readonly [handler: string, codec: string]>): Buffer =>
  Buffer.concat([
    box("ftyp", brand, Buffer.alloc(4), "isommp42"),
    box("mdat", Buffer.alloc(100_000)),
    box(
      "moov",
      box("mvhd", Buffer.alloc(100)),
      ...each.map(([kind, codec]) =>
        box("trak", box("tkhd", Buffer.alloc(84)), box("mdia", handler(kind), box("minf", sampleDescription(codec))))
      )
    )
  ])

/** An element of EBML (RFC 8794) whose size fits into a byte, or is not known. */
const ebml = (id: ReadonlyArray<number>, content: Buffer, isUnknown = false): Buffer =>
  Buffer.concat([Buffer.from([...id, isUnknown ? 0xff : 0x80 | content.length]), content])

/** A WebM file with tracks of these types: 1 is video, 2 audio. */
export const webm = (...types: ReadonlyArray<number>): Buffer => {
  const entries = types.map((type) =>
    ebml([0xae], Buffer.concat([ebml([0xd7], Buffer.from([1])), ebml([0x83], Buffer.from([type]))]))
  )
  const info = ebml([0x15, 0x49, 0xa9, 0x66], Buffer.alloc(10))
  const list = ebml([0x16, 0x54, 0xae, 0x6b], Buffer.concat(entries))
  return Buffer.concat([
    ebml([0x1a, 0x45, 0xdf, 0xa3], Buffer.concat([Buffer.from([0x42, 0x82, 0x84]), Buffer.from("webm")])),
    ebml([0x18, 0x53, 0x80, 0x67], Buffer.concat([info, list, Buffer.alloc(60)]), true)
  ])
}

/** A GIF of `frames` frames of one pixel each on a canvas of `side` × `side`. */
export const longGif = (frames: number, side: number): Buffer => {
  const screen = Buffer.from("GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff", "latin1")
  screen.writeUInt16LE(side, 6)
  screen.writeUInt16LE(side, 8)
  const control = Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0])
  const image = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0])
  return Buffer.concat([
    screen,
    ...Array.from({ length: frames }, () => Buffer.concat([control, image])),
    Buffer.from([0x3b])
  ])
}

const bytes = (...values: ReadonlyArray<number | string>) =>
  Buffer.concat(
    values.map((value) => (typeof value === "number" ? Buffer.from([value]) : Buffer.from(value, "latin1")))
  )

/** The beginnings of recordings and films; enough to tell what they are. */
export const others: Readonly<Record<string, Buffer>> = {
  "audio/mpeg": Buffer.concat([
    bytes("ID3", 4, 0, 0, 0, 0, 0, 0),
    Buffer.from([0xff, 0xfb, 0x90, 0x64]),
    Buffer.alloc(413)
  ]),
  "audio/mp4": film("M4A "),
  "audio/ogg": Buffer.concat([bytes("OggS", 0, 2), Buffer.alloc(20), bytes(1, 19, "OpusHead"), Buffer.alloc(40)]),
  "audio/flac": Buffer.concat([bytes("fLaC"), Buffer.alloc(60)]),
  "audio/wav": Buffer.concat([bytes("RIFF", 36, 0, 0, 0, "WAVEfmt ", 16, 0, 0, 0, 1, 0, 1, 0), Buffer.alloc(40)]),
  "video/mp4": film(),
  "video/quicktime": film("qt  "),
  "video/webm": Buffer.concat([
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84]),
    bytes("webm"),
    Buffer.alloc(60)
  ])
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
const html = "<!doctype html><title>x</title><script>alert(1)</script>"

/** What is no picture, film or recording, whatever it is called. */
export const strangers: Readonly<Record<string, Buffer>> = {
  svg: Buffer.from(svg),
  "svg with a declaration": Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg>\n${svg}`),
  html: Buffer.from(html),
  xml: Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
  pdf: Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"),
  zip: bytes("PK", 3, 4, Buffer.alloc(60).toString("latin1")),
  executable: bytes(0x7f, "ELF", 2, 1, 1, Buffer.alloc(60).toString("latin1")),
  javascript: Buffer.from("alert(document.domain)"),
  tiff: Buffer.concat([bytes("II", 42, 0, 8, 0, 0, 0), Buffer.alloc(60)]),
  heic: box("ftyp", "heic", Buffer.alloc(4), "mif1heic"),
  "a shell script": Buffer.from("#!/bin/sh\nrm -rf /\n"),
  text: Buffer.from("This is no picture, whatever its name says")
}
