import { HttpServer } from "@effect/platform"
import { expect, it } from "@effect/vitest"
import { Effect, Layer, Option, Redacted } from "effect"
import sharp from "sharp"
import { OwnerPhoto } from "../../src/services/OwnerPhoto.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import * as Blog from "../../src/web/blog/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import { formKept } from "../../src/web/login/SessionEnded.js"
import * as SiteSettings from "../../src/web/settings/Routes.js"
import { ownerRoutes, serverWith } from "../fixtures/OwnerServer.js"
import { browser } from "./Browser.js"
import { look } from "./Look.js"

const site = "http://me.localhost"

/** A site without settings, its owner's browser, and a page in it. */
const owned = (options: { readonly timezoneId?: string } = {}) =>
  Effect.gen(function* () {
    const server = yield* Layer.build(
      serverWith(serve(Layer.mergeAll(ownerRoutes, SiteSettings.routes, Blog.routes), formKept), {
        siteUrl: site,
        siteName: Option.none(),
        siteAuthor: Option.none()
      })
    )
    return yield* Effect.gen(function* () {
      const base = yield* HttpServer.addressFormattedWith(Effect.succeed)
      const context = yield* browser(new URL(base).host, options)
      const token = Redacted.value(yield* (yield* SessionManager).create({ owner: `${site}/` }))
      yield* Effect.promise(() => context.addCookies([{ name: "starpunk_session", value: token, url: site }]))
      const photo = yield* OwnerPhoto
      return { photo, page: yield* Effect.promise(() => context.newPage()) }
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
        for (const section of ["home", "footer", "look"]) {
          await page.goto(`${site}/admin/settings/${section}`)
          await look(page, `settings-${section}`)
        }
        await page.goto(`${site}/admin/welcome`)
        await look(page, "settings-welcome")
      })
    }),
  240_000
)
