import { describe, expect, it } from "@effect/vitest"
import { Effect, Option } from "effect"
import type { Locator, Page } from "playwright-core"
import { defaultLook, type Look } from "../../src/web/theme/Look.js"
import { lookStylesheet } from "../../src/web/theme/Stylesheet.js"
import { blogServer } from "../fixtures/BlogServer.js"
import { browser } from "./Browser.js"
import { violations } from "./Look.js"
import { mixed } from "./Mixed.js"

const site = "http://me.localhost"

/** The site with the mixed posts in a browser. Its pictures are empty, but have their places. */
const open = (options: { readonly hasTouch?: boolean } = {}) =>
  Effect.gen(function* () {
    const { base } = yield* blogServer(mixed, {
      siteUrl: site,
      siteDescription: Option.some(
        "Mud flats, bread and small software, written down in a harbour town on the Wadden Sea."
      )
    })
    const context = yield* browser(new URL(base).host, options)
    return yield* Effect.promise(async () => {
      const page = await context.newPage()
      await page.route("**/media/**", (route) =>
        route.fulfill({ contentType: "image/svg+xml", body: '<svg xmlns="http://www.w3.org/2000/svg"/>' })
      )
      return page
    })
  })

const boxOf = async (element: Locator) => {
  const box = await element.boundingBox()
  if (box === null) throw new Error("The element is not shown")
  return { ...box, right: box.x + box.width, bottom: box.y + box.height }
}

const at = (page: Page, width: number, path = "/") =>
  page.setViewportSize({ width, height: 900 }).then(() => page.goto(`${site}${path}`))

/** Characters on the full lines of a paragraph: as many as the browser puts there. */
const charactersALine = (paragraph: Locator): Promise<number> =>
  paragraph.evaluate((element) => {
    const text = element.firstChild
    const range = element.ownerDocument.createRange()
    if (text === null) return 0
    const length = text.textContent?.length ?? 0
    const tops: Array<number> = []
    for (let index = 0; index < length; index += 1) {
      range.setStart(text, index)
      range.setEnd(text, index + 1)
      tops.push(range.getClientRects()[0]?.top ?? 0)
    }
    const lines = [...new Set(tops)].map((top) => tops.filter((each) => each === top).length)
    const full = lines.slice(0, -1)
    return full.reduce((sum, each) => sum + each, 0) / full.length
  })

/** Loads the stylesheet of the look once more, without the page. */
const restyle = (page: Page) =>
  page.evaluate(`new Promise((resolve, reject) => {
    const old = document.querySelector('link[href*="/static/look/"]')
    const link = old.cloneNode()
    link.href = old.href.split("?")[0] + "?" + Math.random()
    link.onload = () => { old.remove(); resolve() }
    link.onerror = reject
    old.after(link)
  })`)

const overflow = (page: Page): Promise<number> =>
  page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth)

/** Bytes and requests of a page's first view, as they travel: compressed, with headers, and without photos. */
const firstView = async (page: Page) => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send("Network.enable")
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true })
  const urls = new Map<string, string>()
  const sizes: Array<{ readonly path: string; readonly bytes: number }> = []
  devtools.on("Network.requestWillBeSent", ({ request, requestId }) => urls.set(requestId, request.url))
  devtools.on("Network.loadingFinished", ({ encodedDataLength, requestId }) => {
    const { pathname } = new URL(urls.get(requestId) ?? site)
    if (!pathname.startsWith("/media/")) sizes.push({ path: pathname, bytes: encodedDataLength })
  })
  await at(page, 1440)
  await page.waitForLoadState("networkidle")
  return sizes
}

describe("the look of public pages", () => {
  it.scopedLive(
    "keeps its measures: a centred column, lines of 60 to 75 characters, posts at once, links of one line",
    () =>
      Effect.gen(function* () {
        const page = yield* open()
        yield* Effect.promise(async () => {
          for (const width of [820, 1440]) {
            await at(page, width, "/notes/article")
            const { right, x } = await boxOf(page.locator("main"))
            expect.soft(Math.abs(x - (width - right)), `off centre at ${width}`).toBeLessThanOrEqual(1)
            const characters = await charactersALine(page.locator(".prose p").first())
            expect.soft(characters, `characters a line at ${width}`).toBeGreaterThanOrEqual(60)
            expect.soft(characters, `characters a line at ${width}`).toBeLessThanOrEqual(75)
          }
          for (const [width, limit] of [
            [1440, 260],
            [390, 340]
          ] as const) {
            await at(page, width)
            const { y } = await boxOf(page.locator(".entry").first())
            expect.soft(y, `the first post at ${width}`).toBeLessThan(limit)
          }
          await at(page, 1440)
          for (const row of await page.locator(".rows li").all()) {
            expect.soft((await boxOf(row)).height, (await row.textContent()) ?? "").toBeLessThanOrEqual(48)
          }
          expect.soft(await page.locator(".rows li").count()).toBe(5)
          await at(page, 1200)
          expect((await boxOf(page.locator(".day-date").first())).x).toBeGreaterThanOrEqual(0)
        })
      })
  )

  it.scopedLive("shows an article's date and reading time above its title, and how to follow at its end", () =>
    Effect.gen(function* () {
      const page = yield* open()
      yield* Effect.promise(async () => {
        await at(page, 1440, "/notes/article")
        const head = page.locator(".post-head .meta")
        expect(await head.textContent()).toContain("28 November 2026")
        expect(await head.textContent()).toMatch(/\d min read/)
        expect((await boxOf(head)).bottom).toBeLessThan((await boxOf(page.locator("h1"))).y)
        const subscribe = page.locator(".after").getByRole("link", { name: "Subscribe" })
        expect((await boxOf(subscribe)).y).toBeGreaterThan((await boxOf(page.locator(".e-content"))).bottom)
      })
    })
  )

  it.scopedLive("needs at most 45 kB and six requests for the first view of the home page, one of them a font", () =>
    Effect.gen(function* () {
      const page = yield* open()
      yield* Effect.promise(async () => {
        const sizes = await firstView(page)
        const told = sizes.map(({ bytes, path }) => `${path} ${bytes}`).join(", ")
        expect(sizes.length, told).toBeLessThanOrEqual(6)
        expect(
          sizes.reduce((sum, { bytes }) => sum + bytes, 0),
          told
        ).toBeLessThanOrEqual(45_000)
        const fonts = sizes.filter(({ path }) => path.endsWith(".woff2"))
        expect(fonts, told).toHaveLength(1)
        expect(fonts[0]?.bytes).toBeLessThanOrEqual(35_000)
      })
    })
  )

  it.scopedLive("never scrolls sideways at 320 px, and has targets of 44 px on a touch screen", () =>
    Effect.gen(function* () {
      const page = yield* open({ hasTouch: true })
      yield* Effect.promise(async () => {
        for (const path of ["/", "/notes/article", "/notes/note", "/notes/photo", "/archive", "/nothing"]) {
          await at(page, 320, path)
          expect.soft(await overflow(page), path).toBe(0)
          for (const target of await page.locator(":is(.top, .foot, .pager, .author, .intro, .rows) a:visible").all()) {
            const { height } = await boxOf(target)
            expect.soft(height, `${path}: ${await target.textContent()}`).toBeGreaterThanOrEqual(43)
          }
        }
      })
    })
  )

  it.scopedLive("is accessible in every look, scheme and accent, and shows red nowhere", () =>
    Effect.gen(function* () {
      const page = yield* open()
      const looks: ReadonlyArray<Look> = [
        ...(["paper", "signal", "night"] as const).flatMap((preset) =>
          (["light", "dark"] as const).map((scheme) => ({ ...defaultLook, preset, scheme }))
        ),
        ...["#ffe600", "#c2185b", "#808080", "#0000ff"].flatMap((accent) =>
          (["light", "dark"] as const).map((scheme) => ({ ...defaultLook, accent: Option.some(accent), scheme }))
        ),
        { ...defaultLook, preset: "night", font: "sans", width: "wide" }
      ]
      yield* Effect.promise(async () => {
        let look: Look = defaultLook
        await page.route("**/static/look/**", (route) =>
          route.fulfill({ contentType: "text/css", body: lookStylesheet(look).content })
        )
        // Without motion, since colours change slowly.
        await page.emulateMedia({ reducedMotion: "reduce" })
        for (const path of ["/", "/notes/article"]) {
          await at(page, 1280, path)
          expect.soft(await violations(page), `${path} in the first look`).toEqual([])
          for (look of looks) {
            await restyle(page)
            // Font and width change sizes, all others colours only.
            const rules = look.width === defaultLook.width ? "colour" : "all"
            expect.soft(await violations(page, rules), `${path} in ${lookStylesheet(look).path}`).toEqual([])
          }
        }
        const danger = await page.locator("body").evaluate((body) => {
          const styles = Array.from(body.querySelectorAll("*")).map((each) => getComputedStyle(each))
          const isRed = (colour: string) => {
            const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
            return red > 140 && green < 60 && blue < 60
          }
          return styles.filter(({ backgroundColor, color }) => isRed(backgroundColor) || isRed(color)).length
        })
        expect(danger).toBe(0)
      })
    })
  )
})
