import { describe, expect } from "@effect/vitest"
import { Effect, Option, Redacted } from "effect"
import { Posts } from "../../src/services/Posts.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import { post } from "../fixtures/SamplePost.js"
import { store } from "../fixtures/Sqlite.js"
import { drop, openDrawer, paste, png, scenario, site, status } from "./Desk.js"
import { fits, look } from "./Look.js"
import { samples } from "./Samples.js"

describe("writing in the browser", () => {
  scenario("from the first word to the public page, and away and back again", ({ ask, page }) =>
    Effect.promise(async () => {
      await page.goto(`${site}/admin/`)
      await page.getByRole("link", { name: "Write your first post" }).click()
      await page.getByLabel("Text", { exact: true }).pressSequentially("The garden this morning")
      await status(page, /^Saved \d/)
      expect(new URL(page.url()).pathname).toMatch(/^\/admin\/edit\/\d+$/)

      await page.reload()
      expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("The garden this morning")
      await drop(page, "garden.png")
      const alt = page.getByLabel("Description (alt text)")
      await alt.fill("Frost on the roses")
      await openDrawer(page)
      await page.getByLabel("Tags", { exact: true }).fill("garden, New York")
      await page.keyboard.press("Control+Enter")
      await page.getByText("Published.").waitFor()

      await page.getByRole("link", { name: "View on your site" }).click()
      expect(new URL(page.url()).pathname).toBe("/notes/the-garden-this-morning")
      const photo = page.locator("img.u-photo")
      expect(await photo.getAttribute("alt")).toBe("Frost on the roses")
      expect(await photo.evaluate((image) => image.getAttribute("src"))).toMatch(/^http:\/\/me\.localhost\/media\/./)
      await expect.poll(() => page.evaluate('document.querySelector("img.u-photo").naturalWidth')).toBe(1)
      expect(await page.locator(".p-category").allTextContents()).toEqual(["garden", "New York"])

      await page.goto(`${site}/admin/`)
      await page.getByRole("link", { name: "The garden this morning", exact: true }).click()
      await page.getByLabel("Text", { exact: true }).fill("The garden at noon")
      await page.keyboard.press("Control+s")
      await page.getByText("Updated.").waitFor()
      await openDrawer(page)
      await page.getByRole("link", { name: "Delete" }).click()
      await page.getByRole("button", { name: "Delete" }).click()
      await page.getByText("Deleted: “The garden at noon”.").waitFor()
      const visit = () => Effect.runPromise(ask("/notes/the-garden-this-morning", { headers: { cookie: "" } }))
      expect((await visit()).status).toBe(410)
      await page.getByRole("button", { name: "Undo" }).click()
      await page.getByText("Restored.").waitFor()
      expect((await visit()).body).toContain("The garden at noon")
    })
  )

  scenario("keeps the text when the connection is gone, and saves it when it is back", ({ context, page }) =>
    Effect.gen(function* () {
      yield* Effect.promise(async () => {
        await page.route("**/admin/autosave", (route) => route.abort())
        await page.goto(`${site}/admin/new`)
        await page.getByLabel("Title").fill("On the train")
        await page.getByLabel("Text", { exact: true }).fill("In a tunnel,\nthe text goes on")
        await status(page, /^Offline\. Kept in this browser/)
        await page.getByText("You are offline. Keep writing").waitFor()
        await page.unroute("**/admin/autosave")
        await page.goto(`${site}/admin/new`)
        const offer = page.getByText("Unsaved text from")
        await offer.waitFor()
        expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("")
        await page.getByRole("button", { name: "Restore" }).click()
        expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("In a tunnel,\nthe text goes on")
        await status(page, /^Saved/)
        await page.reload()
        expect(await offer.isVisible()).toBe(false)
      })
      const posts = yield* Effect.provide(Posts, context)
      const { posts: drafts } = yield* posts.listOwned({ state: "draft" }, { limit: 10 })
      expect(drafts.map(({ properties }) => properties.name)).toEqual([["On the train"]])
    })
  )

  scenario("goes on after a login in another tab", ({ context, logIn, page }) =>
    Effect.gen(function* () {
      const sessions = yield* Effect.provide(SessionManager, context)
      yield* Effect.promise(() => page.goto(`${site}/admin/new`))
      yield* sessions.endAll
      yield* Effect.promise(async () => {
        await page.getByLabel("Text", { exact: true }).fill("Long thoughts")
        await status(page, /Not saved: Your session has ended\. This browser keeps your text/)
        const link = page.getByRole("link", { name: "Log in" })
        expect(await link.getAttribute("href")).toBe("/auth/login?next=%2Fadmin%2Fnew")
      })
      const token = yield* sessions.create({ owner: `${site}/` })
      yield* Effect.promise(async () => {
        await logIn(Redacted.value(token))
        await page.getByLabel("Text", { exact: true }).fill("Long thoughts, at last")
        await status(page, /^Saved/)
        expect(await page.getByRole("link", { name: "Log in" }).count()).toBe(0)
      })
    })
  )

  scenario("keeps changes of what is published to this browser until they are published", ({ context, page }) =>
    Effect.gen(function* () {
      yield* Effect.provide(store([post({ id: 1, properties: { content: ["Out there"] } })]), context)
      const posts = yield* Effect.provide(Posts, context)
      yield* Effect.promise(async () => {
        await page.goto(`${site}/admin/edit/1`)
        await page.getByLabel("Text", { exact: true }).fill("Out there, and better")
        await status(page, /^Unsaved changes, kept in this browser/)
        await page.goto(`${site}/admin/edit/1`)
        await page.getByRole("button", { name: "Restore" }).click()
        expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("Out there, and better")
      })
      expect(Option.getOrThrow(yield* posts.byId(1)).properties.content).toEqual(["Out there"])
      yield* Effect.promise(async () => {
        await page.getByRole("button", { name: "Update" }).click()
        await page.getByText("Updated.").waitFor()
        await page.goto(`${site}/admin/edit/1`)
        expect(await page.getByText("Unsaved text from").isVisible()).toBe(false)
      })
      expect(Option.getOrThrow(yield* posts.byId(1)).properties.content).toEqual(["Out there, and better"])
    })
  )

  scenario("says so when a draft was changed elsewhere, and then shows both", ({ chromium, context, page }) =>
    Effect.gen(function* () {
      yield* Effect.provide(store([post({ id: 1, status: "draft", properties: { content: ["Begun"] } })]), context)
      yield* Effect.promise(async () => {
        await page.goto(`${site}/admin/edit/1`)
        const other = await chromium.newPage()
        await other.goto(`${site}/admin/edit/1`)
        await other.getByLabel("Text", { exact: true }).fill("Begun on the phone")
        await status(other, /^Saved/)
        await page.getByLabel("Text", { exact: true }).fill("Begun at the desk")
        await status(page, /Not saved: This post was changed elsewhere/)
        await page.getByRole("button", { name: "Compare" }).click()
        await page.getByRole("button", { name: "Keep mine" }).waitFor()
        expect(await page.locator(":focus").getAttribute("id")).toBe("problems")
        await page.locator("summary", { hasText: "Compare" }).click()
        await page.getByText("Text in the other version").waitFor()
        expect(await page.locator(".conflict").textContent()).toContain("Begun on the phone")
        expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("Begun at the desk")
        // Leaving now loses nothing, since nothing was chosen.
        await page.getByLabel("Title").fill("Nothing is saved by a timer now")
        await page.waitForTimeout(2_500)
        await page.goto(`${site}/admin/edit/1`)
        expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("Begun on the phone")
        await page.getByRole("button", { name: "Restore" }).click()
        expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("Begun at the desk")
        await status(page, /Not saved: This post was changed elsewhere/)
      })
    })
  )

  scenario("shows a preview beside the text, kept up as one types", ({ page }) =>
    Effect.promise(async () => {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.goto(`${site}/admin/new`)
      await page.getByRole("button", { name: "Preview" }).click()
      await page.getByLabel("Text", { exact: true }).fill("**Bold** <script>window.hit = 1</script>")
      const shown = page.frameLocator("[data-preview-frame]")
      await shown.locator("strong").waitFor()
      expect(await page.evaluate("window.hit")).toBeUndefined()
      expect(await page.evaluate("window.frames[0].hit")).toBeUndefined()
      const [text, preview] = await Promise.all(
        ["#field-content", "[data-preview-frame]"].map((selector) => page.locator(selector).boundingBox())
      )
      expect(preview?.x).toBeGreaterThan((text?.x ?? 0) + (text?.width ?? 0))
      await page.reload()
      await shown.locator(".h-entry").waitFor()
      for (const width of [1024, 390, 320]) {
        await page.setViewportSize({ width, height: 800 })
        expect(await page.getByLabel("Text", { exact: true }).isVisible()).toBe(false)
        // The button that opened the preview leads back, in its place in the bar, and so does Publish stay.
        const button = page.getByRole("button", { name: "Edit", exact: true })
        expect((await button.boundingBox())?.y).toBeLessThan(48)
        expect((await page.getByRole("button", { name: "Publish" }).boundingBox())?.y).toBeLessThan(48)
        await button.click()
        expect(await page.getByLabel("Text", { exact: true }).isVisible()).toBe(true)
        await page.getByRole("button", { name: "Preview" }).click()
      }
    })
  )

  scenario("completes tags by keyboard, one at a time", ({ context, page }) =>
    Effect.gen(function* () {
      const tagged = [["Slow Web", "css"], ["css"], ["CSS grid"]].map((category, index) =>
        post({ id: index + 1, properties: { content: ["x"], category } })
      )
      yield* Effect.provide(store(tagged), context)
      yield* Effect.promise(async () => {
        await page.goto(`${site}/admin/new`)
        await openDrawer(page)
        const tags = page.getByLabel("Tags", { exact: true })
        await tags.pressSequentially("cs")
        const line = () => page.locator('input[name="category"]').inputValue()
        const options = page.getByRole("listbox", { name: "Tags in use" }).getByRole("option")
        await options.first().waitFor()
        expect(await options.allTextContents()).toEqual(["css", "CSS grid"])
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await tags.pressSequentially("slo")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        expect(await line()).toBe("css, Slow Web")
        await tags.pressSequentially("cs")
        expect(await options.allTextContents()).toEqual(["CSS grid"])
        await page.keyboard.press("Escape")
        expect(await options.count()).toBe(0)
        // The drawer is still open. A space ends no tag; comma and Enter do.
        await tags.fill("")
        await tags.pressSequentially("New York,San Marino")
        await page.keyboard.press("Enter")
        expect(await line()).toBe("css, Slow Web, New York, San Marino")
        await page.keyboard.press("Backspace")
        await page.getByRole("button", { name: "Remove Slow Web" }).click()
        expect(await line()).toBe("css, New York")
        await page.keyboard.press("Escape")
        expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Post settings")
      })
    })
  )

  scenario("takes files by drop, choice and paste, in an order that the keyboard changes", ({ page }) =>
    Effect.promise(async () => {
      await page.goto(`${site}/admin/new`)
      await drop(page, "one.png")
      await page.getByLabel("Description (alt text)").first().waitFor()
      await paste(page, "two.png")
      await page.getByLabel("Description (alt text)").nth(1).waitFor()
      await page.setInputFiles('[name="files"]', { name: "three.png", mimeType: "image/png", buffer: png })
      await page.getByLabel("Description (alt text)").nth(2).waitFor()
      for (const [index, words] of ["One", "Two", "Three"].entries()) {
        await page.getByLabel("Description (alt text)").nth(index).fill(words)
      }
      await page.getByRole("button", { name: "Move picture 3 earlier" }).focus()
      await page.keyboard.press("Enter")
      expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Move picture 2 earlier")
      await page.keyboard.press("Enter")
      const alts = async () =>
        Promise.all((await page.getByLabel("Description (alt text)").all()).map((alt) => alt.inputValue()))
      expect(await alts()).toEqual(["Three", "One", "Two"])
      await page.getByRole("button", { name: "Remove picture 2" }).click()
      expect(await alts()).toEqual(["Three", "Two"])

      await drop(page, "drawing.svg")
      await page
        .getByRole("alert")
        .filter({ hasText: /not supported/ })
        .waitFor()
      await page.getByRole("button", { name: "Dismiss drawing.svg" }).click()
      await status(page, /^Saved/)
      await page.reload()
      expect(await alts()).toEqual(["Three", "Two"])
    })
  )

  scenario("reads times in the browser's own zone, and says which that is", ({ context, page }) =>
    Effect.gen(function* () {
      yield* Effect.promise(async () => {
        await page.goto(`${site}/admin/new`)
        await page.getByLabel("Text", { exact: true }).fill("Happy new year")
        await openDrawer(page)
        await page.getByLabel("Publish at (Europe/Berlin)").fill("2999-07-01T10:00")
        await page.getByRole("button", { name: "Schedule", exact: true }).click()
        await page.getByText("Scheduled for 1 July 2999 at 10:00 UTC+02:00.").waitFor()
        expect(await page.getByLabel("Publish at (Europe/Berlin)").inputValue()).toBe("2999-07-01T10:00")
      })
      const posts = yield* Effect.provide(Posts, context)
      const { posts: scheduled } = yield* posts.listOwned({ state: "scheduled" }, { limit: 2 })
      expect(scheduled.map(({ publishedAt }) => publishedAt)).toEqual([Date.UTC(2999, 6, 1, 8)])
    })
  )

  scenario("T2: a time in the gap of spring comes back as what clocks show, and stays that", ({ context, page }) =>
    Effect.gen(function* () {
      const publishedAt = () => page.getByLabel("Published (Europe/Berlin)").inputValue()
      yield* Effect.promise(async () => {
        await page.goto(`${site}/admin/new`)
        await page.getByLabel("Text", { exact: true }).fill("Spring forward")
        await openDrawer(page)
        await page.getByLabel("Publish at (Europe/Berlin)").fill("2026-03-29T02:30")
        await page.getByRole("button", { name: "Publish", exact: true }).click()
        await page.getByText("Published.").waitFor()
        expect(await publishedAt()).toBe("2026-03-29T03:30")
        await page.getByLabel("Text", { exact: true }).fill("Spring forwards")
        await page.getByRole("button", { name: "Update" }).click()
        await page.getByText("Updated.").waitFor()
        expect(await publishedAt()).toBe("2026-03-29T03:30")
      })
      const posts = yield* Effect.provide(Posts, context)
      const [spring] = (yield* posts.listOwned({}, { limit: 1 })).posts
      expect(spring).toMatchObject({ publishedAt: Date.parse("2026-03-29T01:30:00Z"), publishedOffset: 7200 })

      // The author was in another zone: the form shows the author's time, not the browser's.
      const away = { content: ["Far away"], published: ["2026-03-29T21:18:16-04:00"] }
      const { id } = yield* posts.create({
        type: "h-entry",
        properties: away,
        status: "published",
        visibility: "public",
        publishedAt: Date.parse("2026-03-30T01:18:16Z"),
        publishedOffset: -14_400
      })
      yield* Effect.promise(async () => {
        await page.goto(`${site}/admin/edit/${id}`)
        await openDrawer(page)
        const field = page.getByLabel("Published (UTC-04:00)")
        expect(await field.inputValue()).toBe("2026-03-29T21:18")
        await field.fill("2026-03-29T22:00")
        await page.getByRole("button", { name: "Update" }).click()
        await page.getByText("Updated.").waitFor()
      })
      const moved = Option.getOrThrow(yield* posts.byId(id))
      expect(moved.properties.published).toEqual(["2026-03-29T22:00-04:00"])
    })
  )

  scenario("makes one post of an impatient double click", ({ context, page }) =>
    Effect.gen(function* () {
      yield* Effect.promise(async () => {
        await page.goto(`${site}/admin/new`)
        await page.getByLabel("Text", { exact: true }).fill("Once")
        await page.getByRole("button", { name: "Publish" }).dblclick()
        await page.getByText("Published.").waitFor()
      })
      const posts = yield* Effect.provide(Posts, context)
      expect((yield* posts.listOwned({}, { limit: 10 })).posts).toHaveLength(1)
    })
  )
})

const now = Date.UTC(2026, 10, 23, 12)

const states = [
  post({ id: 201, slug: "s1", properties: { content: ["Later, says the clock"] }, publishedAt: Date.UTC(2999, 0) }),
  post({ id: 200, slug: "d1", status: "draft", properties: { name: ["A draft of mine"] }, publishedAt: now }),
  post({ id: 202, slug: "p1", visibility: "private", properties: { content: ["Only for me"] }, publishedAt: now }),
  post({ id: 203, slug: "u1", visibility: "unlisted", properties: { name: ["<b>Not listed</b>"] }, publishedAt: now }),
  post({ id: 204, slug: "g1", deletedAt: now, properties: { content: ["Gone"] }, publishedAt: now })
]

describe("the owner's pages for posts", () => {
  scenario("hold on every screen, and axe finds nothing in either scheme", ({ chromium, context, page }) =>
    Effect.gen(function* () {
      const at = async (name: string, path: string, check = look) => {
        await page.goto(`${site}${path}`)
        await check(page, `editor-${name}`)
      }
      const openAll = async () => {
        const closed = page.locator("details:not([open]) > summary")
        await openDrawer(page)
        while ((await closed.count()) > 0) await closed.first().click()
      }
      yield* Effect.promise(() => at("list-empty", "/admin/"))
      yield* Effect.provide(store([...samples, ...states]), context)
      yield* Effect.promise(async () => {
        await at("list", "/admin/")
        await at("list-deleted", "/admin/?state=deleted&deleted=204")
        await at("list-nothing", "/admin/?state=draft&q=nothing", fits)
        await page.goto(`${site}/admin/new`)
        await look(page, "editor-new")
        await openAll()
        await look(page, "editor-new-open")
        await page.getByLabel("Text", { exact: true }).fill("Hello")
        await page.getByLabel("In reply to").fill("example.com")
        await page.getByLabel("Address").fill("???")
        await page.getByRole("button", { name: "Publish" }).click()
        await page.locator("#problems").waitFor()
        await look(page, "editor-problems")
        await page.getByRole("link", { name: "Use letters or digits in the address" }).click()
        expect(await page.locator(":focus").getAttribute("id")).toBe("field-slug")
        await at("edit-draft", "/admin/edit/200?saved=draft")
        await at("edit-article", "/admin/edit/100?saved=published")
        await at("edit-long-words", "/admin/edit/96", fits)
        await at("edit-rtl", "/admin/edit/93", fits)
        await at("edit-photo", "/admin/edit/91")
        await at("edit-html", "/admin/edit/89", fits)
        await at("delete", "/admin/delete/91")
        await at("deleted", "/admin/edit/204")
        await at("preview-page", "/admin/preview/200")

        await page.goto(`${site}/admin/new`)
        await openDrawer(page)
        await page.getByLabel("Tags", { exact: true }).pressSequentially("in")
        await page.getByRole("listbox", { name: "Tags in use" }).waitFor()
        await look(page, "editor-tags")
        await drop(page, "drawing.svg")
        await page
          .getByRole("alert")
          .filter({ hasText: /not supported/ })
          .waitFor()
        await look(page, "editor-upload-refused")

        await page.goto(`${site}/admin/edit/99`)
        const other = await chromium.newPage()
        await other.goto(`${site}/admin/edit/99`)
        await other.getByLabel("Text", { exact: true }).fill("Tea first.\n\nAnd another paragraph.")
        await other.getByRole("button", { name: "Update" }).click()
        await other.getByText("Updated.").waitFor()
        await page.getByLabel("Title").fill("Juice")
        await page.getByLabel("Text", { exact: true }).fill("Juice first.")
        await page.getByRole("button", { name: "Update" }).click()
        await page.locator("#problems").waitFor()
        await page.locator("summary", { hasText: "Compare" }).click()
        await look(page, "editor-conflict")
        await page.goto(`${site}/admin/edit/99`)
        await page.getByText("Unsaved text from").waitFor()
        await look(page, "editor-recovered")

        await page.goto(`${site}/admin/edit/100`)
        await page.getByRole("button", { name: "Preview" }).click()
        await page.frameLocator("[data-preview-frame]").locator(".h-entry").waitFor()
        await look(page, "editor-preview")
      })
    })
  )
})
