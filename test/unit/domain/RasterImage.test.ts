import { describe, expect, it } from "@effect/vitest"
import sharp from "sharp"
import { rasterImage } from "../../../src/domain/media/RasterImage.js"

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 200, g: 10, b: 60, alpha: 0.5 } } })

describe("a raster image", () => {
  it("is recognised by its first bytes, with its size in pixels", async () => {
    const written = [
      ["image/png", await picture(300, 7).png().toBuffer()],
      ["image/gif", await picture(300, 7).gif().toBuffer()],
      ["image/jpeg", await picture(300, 7).flatten().jpeg().toBuffer()],
      ["image/jpeg", await picture(300, 7).flatten().jpeg({ progressive: true }).withExif({}).toBuffer()],
      ["image/webp", await picture(300, 7).flatten().webp({ lossless: false }).toBuffer()],
      ["image/webp", await picture(300, 7).webp({ lossless: true }).toBuffer()],
      ["image/webp", await picture(300, 7).webp({ lossless: false }).toBuffer()]
    ] as const
    for (const [mediaType, content] of written) {
      expect(rasterImage(content)).toEqual({ mediaType, width: 300, height: 7 })
      // What stands at another place of a larger buffer is read from there.
      const moved = new Uint8Array([1, 2, 3, ...content]).subarray(3)
      expect(rasterImage(moved)).toEqual({ mediaType, width: 300, height: 7 })
    }
  })

  it("is neither a mislabelled nor a truncated file", async () => {
    for (const text of [
      "",
      "\x89PNG",
      "GIF89a",
      "<svg xmlns='http://www.w3.org/2000/svg'/>",
      "RIFF....WEBPVP8 ",
      "\xff\xd8\xff"
    ]) {
      expect(rasterImage(Buffer.from(text, "latin1"))).toBeUndefined()
    }
    for (const whole of [await picture(9, 9).png().toBuffer(), await picture(9, 9).flatten().jpeg().toBuffer()]) {
      for (let length = 0; length < whole.length; length += 1) {
        const image = rasterImage(whole.subarray(0, length))
        if (image !== undefined) expect(image).toMatchObject({ width: 9, height: 9 })
      }
    }
  })

  it("reports gigapixels before anything is decoded", () => {
    const head = Buffer.from("89504e470d0a1a0a0000000d494844520000ea600000ea600806000000", "hex")
    expect(rasterImage(head)).toEqual({ mediaType: "image/png", width: 60_000, height: 60_000 })
  })
})
