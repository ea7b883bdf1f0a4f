import { join } from "node:path"
import { it } from "@effect/vitest"
import { Effect } from "effect"
import { store } from "../search/Sqlite.js"
import { editorServer } from "../web/EditorServer.js"
import { post } from "../web/SamplePost.js"
import { browser } from "./Browser.js"
import { samples } from "./Samples.js"

const shots = process.env.STARPUNK_SCREENSHOTS ?? "/tmp/shots"

it.scopedLive(
  "shots",
  () =>
    Effect.gen(function* () {
      const { ask, base, context, token } = yield* editorServer
      const chromium = yield* browser("me.localhost", new URL(base).host)
      yield* Effect.promise(() =>
        chromium.addCookies([{ name: "starpunk_session", value: token, url: "http://me.localhost" }])
      )
      const page = yield* Effect.promise(() => chromium.newPage())
      page.on("console", (m) => console.log("console:", m.text()))
      page.on("pageerror", (m) => console.log("pageerror:", m.message))
      const shoot = async (name: string, full = true) => {
        for (const colorScheme of ["light", "dark"] as const)
          for (const [screen, width, height] of [
            ["phone", 390, 800],
            ["desktop", 1280, 860]
          ] as const) {
            await page.emulateMedia({ colorScheme })
            await page.setViewportSize({ width, height })
            await page.screenshot({ path: join(shots, `${name}-${screen}-${colorScheme}.png`), fullPage: full })
          }
        const over = await page.locator("html").evaluate((h) => h.scrollWidth - h.clientWidth)
        if (over !== 0) console.log(name, "overflow", over)
      }
      yield* Effect.promise(async () => {
        await page.goto("http://me.localhost/admin/")
        await shoot("list-empty")
        await page.goto("http://me.localhost/admin/new")
        await shoot("new", false)
        await page.locator("summary").first().click()
        await page.locator("summary").nth(1).click()
        await shoot("new-open")
      })
      yield* Effect.provide(
        store([
          ...samples,
          post({
            id: 200,
            slug: "d1",
            status: "draft",
            properties: { name: ["A draft of mine"], content: ["x"] },
            publishedAt: Date.now() - 1000
          }),
          post({
            id: 201,
            slug: "s1",
            properties: { content: ["Later, later, says the scheduler"], category: ["time"] },
            publishedAt: Date.now() + 86400_000
          }),
          post({
            id: 202,
            slug: "p1",
            visibility: "private",
            properties: { content: ["Only for me"] },
            publishedAt: Date.now() - 5000
          }),
          post({
            id: 203,
            slug: "u1",
            visibility: "unlisted",
            properties: { content: ["<script>alert(1)</script> & co"], name: ["<script>alert(1)</script>"] },
            publishedAt: Date.now() - 6000
          }),
          post({
            id: 204,
            slug: "g1",
            deletedAt: Date.now(),
            properties: { content: ["Gone"] },
            publishedAt: Date.now() - 6000
          })
        ]),
        context
      )
      yield* Effect.promise(async () => {
        await page.goto("http://me.localhost/admin/")
        await shoot("list")
        await page.goto("http://me.localhost/admin/?state=deleted&deleted=204")
        await shoot("list-deleted")
        await page.goto("http://me.localhost/admin/?state=draft&q=nothing")
        await shoot("list-nothing")
        await page.goto("http://me.localhost/admin/edit/100?saved=published")
        await shoot("edit", false)
        await page.goto("http://me.localhost/admin/edit/96")
        await shoot("edit-long")
        await page.goto("http://me.localhost/admin/edit/91")
        await shoot("edit-photo")
        await page.goto("http://me.localhost/admin/delete/91")
        await shoot("delete")
        await page.goto("http://me.localhost/admin/edit/204")
        await shoot("deleted")
        await page.goto("http://me.localhost/admin/edit/100")
        await page.setViewportSize({ width: 1280, height: 860 })
        await page.locator("[data-preview]").click()
        await page.waitForSelector(".preview .entry")
        await shoot("preview", false)
        await page.goto("http://me.localhost/admin/new")
        await page.fill("#field-content", "Hello")
        await page.locator("summary").first().click()
        await page.locator("summary").nth(1).click()
        await page.fill("#field-in-reply-to", "example.com")
        await page.fill("#field-slug", "???")
        await page.locator("[data-publish]").click()
        await page.waitForSelector("#problems")
        await shoot("faults")
      })
      const page2 = yield* Effect.promise(() => chromium.newPage())
      yield* Effect.promise(async () => {
        await page.goto("http://me.localhost/admin/edit/99")
        await page2.goto("http://me.localhost/admin/edit/99")
        await page2.fill("#field-content", "Tea first, then the migrations.\n\nAnd a second paragraph.")
        await page2.locator("[data-publish]").click()
        await page2.waitForSelector("[data-saved]")
        await page.fill("#field-content", "Juice first.")
        await page.fill("#field-name", "Juice")
        await page.locator("[data-publish]").click()
        await page.waitForSelector("#problems")
        await shoot("conflict")
      })
    }),
  300_000
)
