import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { drawn } from "../../../layers/media/Pictures.js"

/** Width and height of the PNG that a drawing with these attributes becomes. */
const sizeOf = (attributes: string) =>
  Effect.map(
    drawn(
      Buffer.from(
        `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><path d="M0 0h5v5z"/></svg>`
      )
    ),
    (png) => {
      const header = Buffer.from(png.buffer, png.byteOffset, 24)
      return [header.readUInt32BE(16), header.readUInt32BE(20)]
    }
  )

describe("I6: drawings", () => {
  it.effect.each([
    ["a badge", 'width="90" height="20"', [90, 20]],
    ["an icon in pixels", "viewBox='0 0 10 10' height='40px' width='40px'", [40, 40]]
  ] as const)("that are %s keep the size that they state", ([, attributes, size]) =>
    Effect.map(sizeOf(attributes), (drawing) => expect(drawing).toEqual(size))
  )

  it.effect.each([
    ["without a size", 'viewBox="0 0 40 20"'],
    ["with a size in percent", 'viewBox="0 0 40 20" width="100%" height="100%"'],
    ["of the size of a diagram", 'width="600" height="300"']
  ] as const)("%s fill a column", ([, attributes]) =>
    Effect.map(sizeOf(attributes), ([width = 0, height = 0]) => {
      expect(width).toBeGreaterThan(1_200)
      expect(width / height).toBeCloseTo(2, 1)
    })
  )
})
