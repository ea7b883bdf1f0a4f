import { HttpServer } from "@effect/platform"
import { expect, it } from "@effect/vitest"
import { Clock, Effect, Layer, Option, Redacted } from "effect"
import sharp from "sharp"
import { OwnerPhoto } from "../../src/services/OwnerPhoto.js"
import { Posts } from "../../src/services/Posts.js"
import { PostViews } from "../../src/services/PostViews.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import * as Blog from "../../src/web/blog/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import { formKept } from "../../src/web/login/SessionEnded.js"
import * as SiteSettings from "../../src/web/settings/Routes.js"
import * as Share from "../../src/web/share/Routes.js"
import * as Views from "../../src/web/views/Routes.js"
import { ownerRoutes, serverWith } from "../fixtures/OwnerServer.js"
import { browser } from "./Browser.js"
import { look } from "./Look.js"

const site = "http://me.localhost"

/** A site without settings, its owner's browser, and a page in it. */
const owned = (options: { readonly timezoneId?: string } = {}) =>
  Effect.gen(function* () {
    const server = yield* Layer.build(
      serverWith(
        serve(Layer.mergeAll(ownerRoutes, SiteSettings.routes, Share.routes, Views.routes, Blog.routes), formKept),
        {
          siteUrl: site,
          siteName: Option.none(),
          siteAuthor: Option.none()
        }
      )
    )
    return yield* Effect.gen(function* () {
      const base = yield* HttpServer.addressFormattedWith(Effect.succeed)
      const context = yield* browser(new URL(base).host, options)
      const token = Redacted.value(yield* (yield* SessionManager).create({ owner: `${site}/` }))
      yield* Effect.promise(() => context.addCookies([{ name: "starpunk_session", value: token, url: site }]))
      const photo = yield* OwnerPhoto
      const posts = yield* Posts
      const views = yield* PostViews
      return { photo, posts, views, page: yield* Effect.promise(() => context.newPage()) }
    }).pipe(Effect.provide(server))
  })

it.scopedLive(
  "the settings fit every window in both schemes, have no barrier, and work by keyboard",
  () =>
    Effect.gen(function* () {
      const { page, photo } = yield* owned({ timezoneId: "Asia/Tokyo" })
      const picture = yield* Effect.promise(() =>
        sharp({ create: { width: 90, height: 120, channels: 3, background: "#267" } })
          .jpeg()
          .toBuffer()
      )
      yield* photo.replace(picture)
      yield* Effect.promise(async () => {
        await page.goto(`${site}/admin/settings`)
        await page.getByRole("button", { name: "Use Asia/Tokyo, as in this browser" }).click()
        expect(await page.getByLabel("Time zone").inputValue()).toBe("Asia/Tokyo")
        // Renaming the site is two steps: open the settings, type and press Enter.
        await page.getByLabel("Name", { exact: true }).fill("Low Tide")
        await page.keyboard.press("Enter")
        await page.getByText("Saved.").waitFor()
        await look(page, "settings-site")

        await page.goto(`${site}/admin/settings/you`)
        await page.getByRole("button", { name: "Add link" }).click()
        await page.locator('[id="set-links.0.url"]:focus').waitFor()
        await page.keyboard.type("not a url")
        await page.keyboard.press("Enter")
        await page.getByRole("link", { name: "“not a url” isn't a web address." }).click()
        expect(await page.evaluate(() => document.activeElement?.id)).toBe("set-links.0.url")
        await page.getByText("Crop", { exact: true }).click()
        await look(page, "settings-you")

        await page.goto(`${site}/admin/settings/menu`)
        for (const [at, [label, address]] of [
          ["About", "/about"],
          ["A label that is as long as labels of menus should never be", "https://example.com/with/a/long/path"]
        ].entries()) {
          await page.getByRole("button", { name: "Add item" }).click()
          await page.locator(`[id="set-items.${at}.label"]:focus`).waitFor()
          await page.keyboard.type(label ?? "")
          await page.keyboard.press("Tab")
          await page.keyboard.type(address ?? "")
        }
        await look(page, "settings-menu")
        for (const section of ["home", "footer", "look", "care"]) {
          await page.goto(`${site}/admin/settings/${section}`)
          await look(page, `settings-${section}`)
        }
        await page.goto(`${site}/admin/welcome`)
        await look(page, "settings-welcome")
        await page.goto(`${site}/admin/share`)
        await look(page, "settings-share")
      })
    }),
  240_000
)

it.scopedLive("the numbers of views fit every window in both schemes and have no barrier", () =>
  Effect.gen(function* () {
    const { page, posts, views } = yield* owned()
    const { id } = yield* posts.create({
      type: "h-entry",
      properties: { name: ["Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen and other long words"] },
      status: "published",
      visibility: "public"
    })
    const today = Math.floor((yield* Clock.currentTimeMillis) / 86_400_000)
    yield* views.add([
      { post: id, day: today, count: 1_200 },
      { post: id, day: today - 7, count: 30 }
    ])
    yield* Effect.promise(async () => {
      for (const [name, path] of [
        ["views", "views"],
        ["views-of-post", `posts/${id}/views`],
        ["views-clear", "views/clear"]
      ]) {
        await page.goto(`${site}/admin/${path}`)
        await look(page, name ?? "")
      }
    })
  })
)

it.scopedLive("a look is shown before it is saved, in a frame that typed CSS does not leave", () =>
  Effect.gen(function* () {
    const { page } = yield* owned()
    yield* Effect.promise(async () => {
      await page.setViewportSize({ width: 1440, height: 900 })
      const failures: Array<string> = []
      page.on("console", (message) => message.type() === "error" && failures.push(message.text()))
      await page.goto(`${site}/admin/settings/look`)
      const frame = page.frameLocator("iframe")
      await frame.getByRole("heading", { name: "A heading" }).waitFor()
      const styleOf = (property: string) =>
        frame.locator("body").evaluate((body, name) => getComputedStyle(body).getPropertyValue(name), property)
      const sheets = () =>
        frame
          .locator('link[href^="/static/look/"]')
          .evaluateAll((links) => links.map((link) => link.getAttribute("href")?.split(".")[0]))

      await page.getByLabel("Night").check()
      await page.getByLabel("Sans", { exact: true }).check()
      await page.getByLabel("Narrow").check()
      await page.getByLabel("Dark", { exact: true }).check()
      await page.getByLabel("Another accent colour").fill("#c2185b")
      expect(await page.getByLabel("Another:").isChecked()).toBe(true)
      await frame.locator('link[href^="/static/look/night-sans-narrow-dark-c2185b."]').waitFor({ state: "attached" })
      await expect.poll(sheets).toEqual(["/static/look/night-sans-narrow-dark-c2185b"])
      expect(await styleOf("--accent")).not.toBe("")

      await page
        .getByLabel("Custom CSS")
        .fill('body { background: rgb(1, 2, 3) url("https://other.example/x.png") } main { display: none !important }')
      expect(await styleOf("background-color")).toBe("rgb(1, 2, 3)")
      expect(await frame.locator("#main").isVisible()).toBe(false)
      expect(await page.getByRole("button", { name: "Save" }).isVisible()).toBe(true)
      await page.getByLabel("Custom CSS").fill("")
      expect(await frame.locator("#main").isVisible()).toBe(true)
      await expect.poll(() => failures.filter((text) => !text.includes("other.example"))).toEqual([])
      await look(page, "settings-look-tried")

      // Nothing was saved.
      await page.reload()
      expect(await page.getByLabel("Paper").isChecked()).toBe(true)
      await frame.locator('link[href^="/static/look/paper-preset-usual-auto."]').waitFor({ state: "attached" })
    })
  })
)
