import { describe, expect } from "@effect/vitest"
import { Effect } from "effect"
import type { Page } from "playwright-core"
import sharp from "sharp"
import { Posts } from "../../src/services/Posts.js"
import { post } from "../fixtures/SamplePost.js"
import { store } from "../fixtures/Sqlite.js"
import { openDrawer, paste, png, scenario, site, status } from "./Desk.js"
import { look } from "./Look.js"

const photo = (width = 1600) =>
  sharp({ create: { width, height: 1200, channels: 3, background: "#7a9" } })
    .jpeg()
    .toBuffer()

const text = (page: Page) => page.getByLabel("Text", { exact: true })

/** Selects a part of the text. */
const select = async (page: Page, from: number, to: number) => {
  await text(page).focus()
  await page.evaluate(`document.querySelector("#field-content").setSelectionRange(${from}, ${to})`)
}

const choose = async (page: Page, name: string) =>
  page.setInputFiles('[name="files"]', { name, mimeType: "image/jpeg", buffer: await photo() })

/** Holds the next uploads until `release` is called for each. */
const heldUploads = async (page: Page) => {
  const waiting: Array<() => void> = []
  await page.route("**/admin/media", async (route) => {
    await new Promise<void>((resolve) => waiting.push(resolve))
    await route.continue().catch(() => undefined)
  })
  return async () => {
    await expect.poll(() => waiting.length).toBeGreaterThan(0)
    waiting.shift()?.()
  }
}

const focusedLabel = (page: Page) =>
  page.locator(":focus").evaluate((element) => element.getAttribute("aria-label") ?? element.getAttribute("id"))

describe("the writing surface", () => {
  scenario("is used by keyboard alone, from the title to the published article", ({ context, page }) =>
    Effect.gen(function* () {
      yield* Effect.promise(async () => {
        await page.goto(`${site}/admin/new`)
        await page.keyboard.press("Shift+Tab")
        expect(await focusedLabel(page)).toBe("field-name")
        await page.keyboard.type("Low tide")
        await page.keyboard.press("Enter")
        expect(await focusedLabel(page)).toBe("field-content")
        await page.keyboard.type("First\n\n- one\ntwo\n\nEnd with ")
        await page.keyboard.press("Control+b")
        await page.keyboard.type("weight")
        expect(await text(page).inputValue()).toBe("First\n\n- one\n- two\n\nEnd with **weight**")
        // Every helper is one step of the browser's own undo.
        await page.keyboard.press("Control+a")
        await page.keyboard.press("Control+i")
        await page.keyboard.press("Control+z")
        expect(await text(page).inputValue()).toBe("First\n\n- one\n- two\n\nEnd with **weight**")
        await page.keyboard.press("Control+End")

        // The toolbar is one tab stop with arrow keys.
        await page.keyboard.press("Shift+Tab")
        await page.keyboard.press("Shift+Tab")
        expect(await focusedLabel(page)).toBe("Add picture")
        await page.keyboard.press("ArrowLeft")
        expect(await focusedLabel(page)).toBe("Code")
        await page.keyboard.press("Home")
        await page.keyboard.press("ArrowRight")
        expect(await focusedLabel(page)).toBe("Bold")
        await page.keyboard.press("Shift+Tab")
        expect(await focusedLabel(page)).not.toBe("Add picture")
        await page.keyboard.press("Tab")
        expect(await focusedLabel(page)).toBe("Bold")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        expect(await focusedLabel(page)).toBe("field-content")

        await page.keyboard.press("Control+s")
        await status(page, /^Saved \d/)
        expect(await page.locator("[data-state]").textContent()).toBe("Draft")
        expect(await page.title()).toContain("Edit draft")
        await page.keyboard.press("Control+Enter")
        await page.getByText("Published.").waitFor()
      })
      const posts = yield* Effect.provide(Posts, context)
      const [written] = (yield* posts.listOwned({}, { limit: 1 })).posts
      expect(written).toMatchObject({ status: "published", properties: { name: ["Low tide"] } })
    })
  )

  scenario("makes a link of a pasted address, and saves by its keys", ({ page }) =>
    Effect.promise(async () => {
      await page.goto(`${site}/admin/new`)
      await text(page).fill("See the tide tables")
      await select(page, 8, 19)
      await page.evaluate(`(() => {
        const clipboardData = new DataTransfer()
        clipboardData.setData("text/plain", "https://tide.example/a")
        document.querySelector("#field-content").dispatchEvent(
          new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
      })()`)
      expect(await text(page).inputValue()).toBe("See the [tide tables](https://tide.example/a)")
      await page.keyboard.press("Control+z")
      expect(await text(page).inputValue()).toBe("See the tide tables")
      await page.locator("[data-words]").filter({ hasText: "4 words, 1 min" }).waitFor()
    })
  )

  scenario(
    "puts pictures into the text: pasted, in progress, described, undone, and as a gallery",
    ({ context, page }) =>
      Effect.gen(function* () {
        yield* Effect.promise(async () => {
          await page.goto(`${site}/admin/new`)
          await page.getByLabel("Title").fill("Two pictures")
          await text(page).fill("Before\n\nAfter")
          await select(page, 6, 6)
          const release = await heldUploads(page)
          await paste(page, "one.png")
          await choose(page, "two.jpg")
          // At once at the caret, in the strip and in the status.
          expect(await text(page).inputValue()).toBe(
            "Before\n\n![Uploading one.png…]()\n\n![Uploading two.jpg…]()\n\nAfter"
          )
          await status(page, /^Uploading 1 of 2, \d+ %/)
          expect(await page.locator("[data-uploads] li").count()).toBe(2)
          expect(await page.locator("[data-pictures-count]").textContent()).toBe("2 pictures")
          await look(page, "writing-uploading")
          // What is saved meanwhile has no placeholder.
          await page.keyboard.press("Control+s")
          await expect.poll(async () => page.url()).toMatch(/edit\/\d+$/)
          await release()
          await release()
          await page.locator("[data-inline] li").nth(1).waitFor()
          const shown = await text(page).inputValue()
          expect(shown).toMatch(
            /^Before\n\n!\[\]\(\/media\/[0-9a-f]{32}-1x1\.png\)\n\n!\[\]\(\/media\/[0-9a-f]{32}-1600x1200\.jpg\)\n\nAfter$/
          )
          await text(page).focus()
          await page.keyboard.press("Control+z")
          expect(await text(page).inputValue()).toBe(shown.replace(/!\[\]\([^)]*\.jpg\)/, "![Uploading two.jpg…]()"))
          await page.keyboard.press("Control+Shift+z")
          expect(await text(page).inputValue()).toBe(shown)

          // Descriptions and the text stay equal.
          const alts = page.locator("[data-inline]").getByLabel("Description (alt text)")
          await alts.first().fill("A [wet] flat")
          await alts.nth(1).focus()
          await expect.poll(() => text(page).inputValue()).toContain("![A \\[wet\\] flat](/media/")
          await text(page).fill((await text(page).inputValue()).replace("![](", "![Heron]("))
          await expect.poll(() => alts.nth(1).inputValue()).toBe("Heron")
          await alts.nth(1).fill("")
          await text(page).focus()

          // Publish asks once for what is missing.
          await page.getByRole("button", { name: "Publish", exact: true }).click()
          await page.getByText("One picture has no description.").waitFor()
          expect(await page.locator(":focus").textContent()).toBe("Add descriptions")
          await look(page, "writing-descriptions")
          await page.getByRole("button", { name: "Add descriptions" }).click()
          expect(await focusedLabel(page)).toBe("in-text-1")
          await page.keyboard.type("A heron")
          await page.getByRole("button", { name: "Publish", exact: true }).click()
          await page.getByText("Published.").waitFor()

          await page.getByRole("link", { name: "View on your site" }).click()
          const picture = page.getByAltText("A heron")
          expect(await picture.getAttribute("srcset")).toContain("320w")
          expect(await picture.getAttribute("width")).toBe("1600")
          await page.goBack()
          await page.getByRole("button", { name: "Make gallery" }).click()
          expect(await text(page).inputValue()).toBe("Before\n\nAfter")
          await page.getByRole("button", { name: "Insert picture 2 into the text" }).click()
          expect(await text(page).inputValue()).toMatch(/!\[A heron\]/)
          await page.getByRole("button", { name: "Remove picture 1 in the text" }).click()
          await page.getByRole("button", { name: "Update" }).click()
          await page.getByText("Updated.").waitFor()
        })
        const posts = yield* Effect.provide(Posts, context)
        const [written] = (yield* posts.listOwned({}, { limit: 1 })).posts
        expect(written?.properties).toEqual({
          name: ["Two pictures"],
          content: [expect.stringMatching(/^Before\n\nAfter\s*$/)],
          photo: [{ value: expect.stringMatching(/-1x1\.png$/), alt: "A [wet] flat" }]
        })
      })
  )

  scenario("cancels, retries and refuses uploads, and never publishes without them by accident", ({ page }) =>
    Effect.promise(async () => {
      await page.goto(`${site}/admin/new`)
      await page.getByLabel("Title").fill("Uploads")
      await text(page).fill("Before\n\nAfter")
      await select(page, 6, 6)
      await heldUploads(page)
      await choose(page, "one.jpg")
      await page.getByRole("button", { name: "Cancel one.jpg" }).click()
      expect(await text(page).inputValue()).toBe("Before\n\nAfter")
      expect(await page.locator("[data-pictures]").isVisible()).toBe(false)

      await page.unrouteAll()
      await page.route("**/admin/media", (route) => route.abort())
      await choose(page, "two.jpg")
      await page.getByText("Upload stopped").waitFor()
      expect(await text(page).inputValue()).toContain("![Uploading two.jpg…]()")
      // The status of a draft that is saved later replaces the one that follows.
      await status(page, /^Saved \d/)
      await look(page, "writing-upload-stopped")
      await page.getByRole("button", { name: "Publish", exact: true }).click()
      await status(page, /A file was not uploaded/)
      await page.unrouteAll()
      await page.getByRole("button", { name: "Retry two.jpg" }).click()
      await page.locator("[data-inline] li").waitFor()
      expect(await text(page).inputValue()).toMatch(/!\[\]\(\/media\//)

      await page.setInputFiles('[name="files"]', {
        name: "scan.tiff",
        mimeType: "image/tiff",
        buffer: Buffer.from("II*\0")
      })
      await page
        .getByRole("alert")
        .filter({ hasText: /not supported/ })
        .waitFor()
      await page.getByRole("button", { name: "Dismiss scan.tiff" }).click()
      expect(await page.getByRole("alert").count()).toBe(0)
    })
  )

  scenario("waits out a busy site with the text on the page", ({ page }) =>
    Effect.promise(async () => {
      await page.goto(`${site}/admin/new`)
      await text(page).fill("Still here")
      await page.route("**/admin/new", (route) =>
        route.request().method() === "POST" ? route.fulfill({ status: 503, body: "busy" }) : route.continue()
      )
      await page.route("**/admin/autosave", (route) => route.abort())
      await page.getByRole("button", { name: "Publish", exact: true }).click()
      await page.getByText("Not published: the server is busy. This browser keeps your text.").waitFor()
      expect(await text(page).inputValue()).toBe("Still here")
      await page.unrouteAll()
      await page.getByRole("button", { name: "Try now" }).click()
      await page.getByText("Published.").waitFor()
    })
  )

  scenario("starts the text above 200 px, and holds at 320 px with the drawer open", ({ context, page }) =>
    Effect.gen(function* () {
      yield* Effect.provide(
        store([post({ id: 1, status: "draft", properties: { name: ["T"], content: ["x"] } })]),
        context
      )
      yield* Effect.promise(async () => {
        for (const [width, height] of [
          [1440, 900],
          [390, 844],
          [320, 568]
        ] as const) {
          await page.setViewportSize({ width, height })
          await page.goto(`${site}/admin/edit/1`)
          expect((await text(page).boundingBox())?.y, String(width)).toBeLessThan(200)
        }
        await openDrawer(page)
        await look(page, "writing-drawer")
        await page.keyboard.press("Escape")
        expect(await focusedLabel(page)).toBe("Post settings")
      })
    })
  )

  scenario("is a form that works without script, drawer and all", ({ chromium, context, token }) =>
    Effect.gen(function* () {
      yield* Effect.promise(async () => {
        const plain = await chromium.browser()?.newContext({ javaScriptEnabled: false })
        const page = await (plain ?? chromium).newPage()
        await (plain ?? chromium).addCookies([{ name: "starpunk_session", value: token, url: site }])
        await page.setViewportSize({ width: 390, height: 844 })
        await page.goto(`${site}/admin/`)
        await page.getByLabel("New note").fill("From the list")
        await page.getByRole("button", { name: "Open in editor" }).click()
        expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("From the list")
        expect(await page.getByRole("toolbar").count()).toBe(0)
        await page.getByRole("button", { name: "Post settings" }).click()
        await page.getByLabel("Tags", { exact: true }).fill("New York, sea")
        await page.getByLabel("Address").fill("???")
        await page.getByRole("button", { name: "Close" }).click()
        await page.setInputFiles('[name="files"]', { name: "a.png", mimeType: "image/png", buffer: png })
        await page.getByRole("button", { name: "Publish", exact: true }).click()
        // With an error in the drawer, its fields are on the page.
        await page.getByLabel("Address").fill("from-the-list")
        await page.getByLabel("Description (alt text)").fill("A dot")
        await page.getByRole("button", { name: "Publish", exact: true }).click()
        await page.getByText("Published.").waitFor()
        await plain?.close()
      })
      const posts = yield* Effect.provide(Posts, context)
      const [written] = (yield* posts.listOwned({}, { limit: 1 })).posts
      expect(written).toMatchObject({
        slug: "from-the-list",
        properties: { content: ["From the list"], category: ["New York", "sea"], photo: [{ alt: "A dot" }] }
      })
    })
  )

  scenario("posts from above the list by keys, with a pasted picture", ({ page }) =>
    Effect.promise(async () => {
      await page.goto(`${site}/admin/`)
      await page.getByLabel("New note").fill("Straight away")
      await page.evaluate(`(() => {
        const clipboardData = new DataTransfer()
        clipboardData.items.add(new File([Uint8Array.from(atob("${png.toString("base64")}"), (c) => c.charCodeAt(0))], "a.png"))
        document.querySelector("#note").dispatchEvent(
          new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
      })()`)
      await page.getByLabel("New note").press("Control+Enter")
      await page.getByText("Posted.").waitFor()
      await page.getByText("No description").waitFor()
      await look(page, "posts-posted")
    })
  )
})
