import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Locator, Page } from "playwright-core"
import { blogServer } from "../fixtures/BlogServer.js"
import { browser } from "./Browser.js"
import { violations } from "./Look.js"
import { samples } from "./Samples.js"

/** Directory for screenshots of every page; without it, none are taken. */
const shots = process.env.STARPUNK_SCREENSHOTS

const pages = {
  home: "/",
  "second-page": "/?before=1793000000000_90",
  article: "/notes/article",
  tags: "/notes/tags",
  "long-words": "/notes/long-words",
  "long-words-note": "/notes/long-words-note",
  cjk: "/notes/cjk",
  "right-to-left": "/notes/rtl",
  "right-to-left-note": "/notes/rtl-note",
  photo: "/notes/photo",
  html: "/notes/html",
  event: "/notes/event",
  rsvp: "/notes/rsvp",
  checkin: "/notes/checkin",
  book: "/notes/book",
  venue: "/notes/venue",
  facts: "/notes/facts",
  meal: "/notes/meal",
  tag: "/tag/indieweb",
  "not-found": "/notes/nothing-here",
  "bad-request": "/?before=x"
}

const open = (posts: typeof samples) =>
  Effect.gen(function* () {
    const { base } = yield* blogServer(posts, { siteUrl: "http://me.localhost" })
    const context = yield* browser(new URL(base).host)
    return yield* Effect.promise(() => context.newPage())
  })

/** Horizontal overflow of the page in CSS pixels. */
const overflow = (page: Page): Promise<number> =>
  page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth)

/**
 * Texts whose contrast with their background is below WCAG's 4.5:1 (3:1 from 24 px, or bold from 18.66 px), with the
 * measured ratio.
 */
const faintTexts = (body: Locator): Promise<ReadonlyArray<string>> =>
  body.evaluate((root) => {
    const styleOf = (element: Element) => element.ownerDocument.defaultView?.getComputedStyle(element)
    const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number)
    const luminance = (color: string) => {
      const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
        const part = channel / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const backdrop = (element: Element | null): string => {
      const color = element === null ? "rgb(255, 255, 255)" : (styleOf(element)?.backgroundColor ?? "")
      return element !== null && channels(color)[3] === 0 ? backdrop(element.parentElement) : color
    }
    const faint: Array<string> = []
    for (const element of Array.from(root.querySelectorAll("*"))) {
      const text = Array.from(element.childNodes).find((node) => node.nodeType === 3 && node.textContent?.trim() !== "")
      const style = styleOf(element)
      if (text === undefined || style === undefined || element.closest(".unseen, .skip") !== null) continue
      const { color, fontSize, fontWeight } = style
      const [lighter = 0, darker = 0] = [luminance(color), luminance(backdrop(element))].sort((a, b) => b - a)
      const ratio = (lighter + 0.05) / (darker + 0.05)
      const size = Number.parseFloat(fontSize)
      const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700)
      if (ratio < (isLarge ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)}: ${text.textContent?.trim().slice(0, 40)}`)
    }
    return faint
  })

const screens = [
  { name: "phone", width: 390 },
  { name: "small-phone", width: 320 },
  { name: "desktop", width: 1280 }
] as const

const look = async (page: Page, name: string, path: string) => {
  const complaints: Array<string> = []
  const note = (message: { text(): string }) => {
    // The status of the error page itself is expected here.
    if (!/status of 4\d\d/.test(message.text())) complaints.push(message.text())
  }
  page.on("console", note)
  await page.goto(`http://me.localhost${path}`)
  for (const colorScheme of ["light", "dark"] as const) {
    // Without motion, since colours change slowly.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    // Of a scheme only colours differ: sizes are measured in one of them.
    for (const screen of colorScheme === "light" || shots !== undefined ? screens : []) {
      await page.setViewportSize({ width: screen.width, height: 800 })
      if (shots !== undefined) {
        await page.screenshot({ path: join(shots, `${name}-${screen.name}-${colorScheme}.png`), fullPage: true })
      }
      expect.soft(await overflow(page), `${name} on a ${screen.name} scrolls sideways`).toBe(0)
    }
    expect.soft(await faintTexts(page.locator("body")), `${name} in the ${colorScheme} scheme`).toEqual([])
  }
  await page.emulateMedia({ media: "print", colorScheme: "light" })
  expect.soft(await overflow(page), `${name} in print`).toBe(0)
  await page.emulateMedia({ media: "screen" })
  page.off("console", note)
  expect.soft(complaints, `${name}: what the browser complains of`).toEqual([])
}

describe("the theme", () => {
  it.scopedLive(
    "fits every page on every screen, is readable in both colour schemes, and violates no content security policy",
    () =>
      Effect.gen(function* () {
        const page = yield* open(samples)
        for (const [name, path] of Object.entries(pages)) yield* Effect.promise(() => look(page, name, path))
      }),
    300_000
  )

  it.scopedLive("fits the first page of a new site", () =>
    Effect.gen(function* () {
      const page = yield* open([])
      yield* Effect.promise(async () => {
        await look(page, "empty", "/")
        expect(await violations(page)).toEqual([])
      })
    })
  )

  it.scopedLive("is usable by keyboard: the skip link comes first, and every focus stop is visible", () =>
    Effect.gen(function* () {
      const page = yield* open(samples)
      yield* Effect.promise(async () => {
        await page.goto("http://me.localhost/")
        await page.keyboard.press("Tab")
        const skip = page.locator(":focus")
        expect(await skip.textContent()).toBe("Skip to content")
        expect((await skip.boundingBox())?.x).toBeGreaterThanOrEqual(0)
        for (let stop = 0; stop < 12; stop += 1) {
          await page.keyboard.press("Tab")
          const outline = await page
            .locator(":focus")
            .evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).outlineStyle)
          expect(outline).toBe("solid")
        }
      })
    })
  )

  it.scopedLive("shows dates in the margin where there is one, and above the text where there is none", () =>
    Effect.gen(function* () {
      const page = yield* open(samples)
      yield* Effect.promise(async () => {
        await page.setViewportSize({ width: 1280, height: 800 })
        await page.goto("http://me.localhost/")
        const date = page.locator(".day-date").first()
        const title = page.locator(".entry h3").first()
        const left = async (element: Locator) => (await element.boundingBox())?.x ?? Number.NaN
        expect(await left(date)).toBeLessThan(await left(title))
        await page.setViewportSize({ width: 390, height: 800 })
        expect(await left(date)).toBe(await left(title))
      })
    })
  )
})
