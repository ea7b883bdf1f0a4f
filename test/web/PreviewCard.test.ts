import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import sharp from "sharp"
import { cardSize, drawable } from "../../src/domain/site/PreviewCard.js"
import { blogServer } from "../fixtures/BlogServer.js"
import { post } from "../fixtures/SamplePost.js"

const site = "https://me.example"

const imageIn = (html: string) => /<meta property="og:image" content="([^"]*)"/.exec(html)?.[1]?.replace(site, "")

/** The rows and columns of a card whose pixels differ from its background. */
const inked = async (png: Uint8Array) => {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const offsetOf = (x: number, y: number) => (y * info.width + x) * 3
  const at = (x: number, y: number) => [...data.subarray(offsetOf(x, y), offsetOf(x, y) + 3)]
  const [red = 0, green = 0, blue = 0] = at(2, info.height - 2)
  // Without an array for each of the 756,000 pixels.
  const far = (offset: number, value: number) => Math.abs((data[offset] ?? 0) - value) > 8
  const differs = (x: number, y: number) => {
    const offset = offsetOf(x, y)
    return far(offset, red) || far(offset + 1, green) || far(offset + 2, blue)
  }
  let [left, right, top, bottom] = [info.width, 0, info.height, 0]
  // Below the bar of the accent.
  for (let y = 17; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      if (!differs(x, y)) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  return { size: { width: info.width, height: info.height }, bar: at(600, 4), left, right, top, bottom }
}

describe("the preview card of a post without pictures", () => {
  it.scopedLive("shows its heading within the margins, at every length", () =>
    Effect.gen(function* () {
      const headings = [
        "Low tide",
        "W".repeat(300),
        "An afternoon walk ".repeat(20),
        "Tea & <scones>",
        "Über “Größe” — ça va 🌊"
      ]
      const { get, text } = yield* blogServer(
        headings.map((name, index) => post({ id: index + 1, properties: { name: [name], content: ["x"] } }))
      )
      const seen = new Set<string>()
      for (const index of headings.keys()) {
        const path = imageIn(yield* text(`/notes/post-${index + 1}`)) ?? ""
        const answer = yield* get(path)
        expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"])
        expect(answer.headers.get("cache-control")).toContain("immutable")
        const png = yield* Effect.promise(async () => new Uint8Array(await answer.arrayBuffer()))
        expect(png.length).toBeLessThan(60_000)
        const card = yield* Effect.promise(() => inked(png))
        expect(card.size).toEqual(cardSize)
        expect(card.bar).toEqual([0x0b, 0x5c, 0x5e])
        expect(card.left).toBeGreaterThanOrEqual(80)
        expect(card.right).toBeLessThanOrEqual(cardSize.width - 80)
        expect(card.top).toBeGreaterThanOrEqual(80)
        expect(card.bottom).toBeLessThanOrEqual(cardSize.height - 80)
        seen.add(Buffer.from(png).toString("base64"))
      }
      expect(seen.size).toBe(headings.length)
    })
  )

  it.scopedLive("is found at its present address only, for those who may open the post", () =>
    Effect.gen(function* () {
      const { get, text } = yield* blogServer([
        post({ id: 1, properties: { content: ["A note by the sea"] } }),
        post({ id: 2, status: "draft", properties: { content: ["A note by the sea"] } }),
        post({ id: 3, deletedAt: 1, properties: { content: ["A note by the sea"] } }),
        post({ id: 4, properties: { name: ["海辺のノート"], content: ["x"] } })
      ])
      const path = imageIn(yield* text("/notes/post-1")) ?? ""
      expect(path).toMatch(/^\/cards\/post-1\.\w+\.png$/)
      const status = (address: string) => Effect.map(get(address), ({ status }) => status)
      expect(yield* status(path)).toBe(200)
      for (const other of ["post-2", "post-3", "post-9", "..%2f", "%00"]) {
        expect(yield* status(path.replace("post-1", other))).toBeGreaterThanOrEqual(400)
      }
      expect(yield* status(path.replace(/\.\w+\.png/, ".0.png"))).toBe(404)
      // Letters that the font does not have.
      expect(imageIn(yield* text("/notes/post-4"))).toBeUndefined()
      const crowd = yield* Effect.all(
        Array.from({ length: 20 }, () => status(path)),
        { concurrency: "unbounded" }
      )
      expect(new Set(crowd)).toEqual(new Set([200]))
    })
  )

  it("shows no text in part", () => {
    expect(drawable("Sea 🌊 and sky")).toBe("Sea and sky")
    expect(drawable("👋")).toBeUndefined()
    expect(drawable("Łódź")).toBeUndefined()
    expect(drawable("e\u0301te\u0301")).toBe("été")
    expect(drawable(`${"word ".repeat(40)}`)?.endsWith("word…")).toBe(true)
  })
})
