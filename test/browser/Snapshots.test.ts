import { existsSync } from "node:fs"
import { mkdir, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Page } from "playwright-core"
import sharp from "sharp"
import { blogServer } from "../fixtures/BlogServer.js"
import { editorServer } from "../fixtures/EditorServer.js"
import { store } from "../fixtures/Sqlite.js"
import { browser } from "./Browser.js"
import { samples } from "./Samples.js"

const site = "http://me.localhost"

/** Replaces the snapshots by what pages look like now: `STARPUNK_SNAPSHOTS=refresh npx vitest run test/browser/Snapshots`. */
const isRefreshing = process.env.STARPUNK_SNAPSHOTS === "refresh"

const snapshots = fileURLToPath(new URL("snapshots", import.meta.url))

/** Where pictures of pages that differ are left. */
const differing = join(tmpdir(), "starpunk-snapshots")

const widths = [320, 390, 768, 1440]
const height = 900

/** Pictures are kept at a quarter of their size, without colour: enough to see whether a part has moved or gone. */
const shrink = 4

/** Side of the squares that are compared, in pixels of kept pictures. */
const square = 8

/** Maximum difference of a square's mean brightness, of 255: fonts of systems differ by less, a lost line by more. */
const tolerance = 16

/** Part of the squares that may differ by more. */
const tolerated = 0.01

interface Grey {
  readonly data: Buffer
  readonly width: number
  readonly height: number
}

const grey = async (png: Buffer | string): Promise<Grey> => {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** Mean brightness of each square. */
const squares = ({ data, height, width }: Grey): ReadonlyArray<number> => {
  const means: Array<number> = []
  for (let top = 0; top + square <= height; top += square) {
    for (let left = 0; left + square <= width; left += square) {
      let sum = 0
      for (let y = top; y < top + square; y++)
        for (let x = left; x < left + square; x++) sum += data[y * width + x] ?? 0
      means.push(sum / square ** 2)
    }
  }
  return means
}

/** Part of the squares in which two pictures differ. */
const difference = (one: Grey, other: Grey): number => {
  if (one.width !== other.width || one.height !== other.height) return 1
  const [left, right] = [squares(one), squares(other)]
  return left.filter((mean, index) => Math.abs(mean - (right[index] ?? 0)) > tolerance).length / left.length
}

const shot = async (page: Page, width: number): Promise<Buffer> => {
  await page.setViewportSize({ width, height })
  await page.evaluate("document.fonts.ready.then(() => true)")
  return sharp(await page.screenshot({ animations: "disabled", caret: "hide" }))
    .resize({ width: Math.round(width / shrink) })
    .greyscale()
    .png({ compressionLevel: 9 })
    .toBuffer()
}

const compare = async (page: Page, name: string, path: string) => {
  await page.goto(`${site}${path}`)
  for (const width of widths) {
    const picture = await shot(page, width)
    const kept = join(snapshots, `${name}-${width}.png`)
    if (isRefreshing) {
      await writeFile(kept, picture)
      continue
    }
    expect.soft(existsSync(kept), `${name} at ${width} px has a snapshot`).toBe(true)
    const part = difference(await grey(picture), await grey(kept))
    if (part > tolerated) {
      await mkdir(differing, { recursive: true })
      await writeFile(join(differing, `${name}-${width}.png`), picture)
    }
    expect
      .soft(part, `${name} at ${width} px differs from its snapshot; the page is in ${differing}`)
      .toBeLessThanOrEqual(tolerated)
  }
}

const pages = {
  home: "/",
  article: "/notes/article",
  note: "/notes/tags",
  "long-words": "/notes/long-words",
  photo: "/notes/photo",
  event: "/notes/event",
  "right-to-left": "/notes/rtl",
  tag: "/tag/indieweb",
  archive: "/archive",
  "not-found": "/notes/nothing-here"
}

const ownerPages = { editor: "/admin/new", posts: "/admin/" }

describe("snapshots", () => {
  it.scopedLive(
    "show public pages as they were",
    () =>
      Effect.gen(function* () {
        const { base } = yield* blogServer(samples, { siteUrl: site })
        const context = yield* browser(new URL(base).host)
        yield* Effect.promise(async () => {
          const page = await context.newPage()
          await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" })
          for (const [name, path] of Object.entries(pages)) await compare(page, name, path)
        })
      }),
    300_000
  )

  it.scopedLive(
    "show the owner's pages as they were",
    () =>
      Effect.gen(function* () {
        const { base, context: services, token } = yield* editorServer
        yield* Effect.provide(store(samples), services)
        const context = yield* browser(new URL(base).host, { timezoneId: "UTC" })
        yield* Effect.promise(async () => {
          await context.addCookies([{ name: "starpunk_session", value: token, url: site }])
          const page = await context.newPage()
          await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" })
          for (const [name, path] of Object.entries(ownerPages)) await compare(page, name, path)
        })
      }),
    300_000
  )

  it("differ if a line is lost or moved, and not by the edges of letters", async () => {
    const page = async (lines: ReadonlyArray<number>, shade: number) => {
      const picture = sharp({ create: { width: 96, height: 192, channels: 3, background: "#fff" } })
      const line = {
        create: { width: 80, height: 4, channels: 3 as const, background: { r: shade, g: shade, b: shade } }
      }
      const drawn = picture.composite(lines.map((top) => ({ input: line, left: 8, top })))
      return grey(await drawn.png().toBuffer())
    }
    const lines = [8, 16, 24, 32, 40, 56, 64, 72]
    expect(difference(await page(lines, 60), await page(lines, 60))).toBe(0)
    expect(difference(await page(lines, 60), await page(lines, 85))).toBe(0)
    expect(difference(await page(lines, 60), await page(lines.slice(1), 60))).toBeGreaterThan(tolerated)
    expect(
      difference(
        await page(lines, 60),
        await page(
          lines.map((top) => top + 96),
          60
        )
      )
    ).toBeGreaterThan(tolerated)
  })
})
