import { HttpLayerRouter, HttpServer, HttpServerResponse } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Context, Duration, Effect, Layer, Redacted } from "effect"
import * as Testing from "../../layers/Testing.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import * as Assets from "../../src/web/assets/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import * as Imports from "../../src/web/imports/Routes.js"
import { hostileZips } from "../fixtures/RawZip.js"
import { wordPressExport } from "../layers/portability/sites/WordPressExport.js"
import { browser } from "./Browser.js"
import { look } from "./Look.js"

const host = "me.localhost"
const address = `http://${host}/admin/data/import`

/** Loads a page of progress again soon, so that the test need not wait. */
const soon = HttpLayerRouter.middleware((handler) =>
  Effect.map(handler, (response) =>
    response.headers.refresh === undefined ? response : HttpServerResponse.setHeader(response, "refresh", "0")
  )
).layer

describe("the page of imports", () => {
  it.scopedLive(
    "brings in a file by keyboard, and is readable in each state in both colour schemes and to screen readers",
    () =>
      Effect.gen(function* () {
        const routes = Layer.merge(Imports.routes.pipe(Layer.provide(soon)), Assets.routes)
        const services = yield* Layer.build(Testing.site(serve(routes), { settings: { siteUrl: `http://${host}` } }))
        const base = yield* Effect.provide(HttpServer.addressFormattedWith(Effect.succeed), services)
        const token = yield* Context.get(services, SessionManager).create({
          owner: "https://me.example/",
          proved: true
        })
        const context = yield* browser(new URL(base).host)
        yield* Effect.promise(async () => {
          await context.addCookies([
            {
              name: "starpunk_session",
              value: Redacted.value(token),
              url: `http://${host}`,
              httpOnly: true,
              sameSite: "Lax"
            }
          ])
          const page = await context.newPage()
          const scripts: Array<string> = []
          page.on("request", (request) => {
            if (request.resourceType() === "script") scripts.push(request.url())
          })
          const send = async (name: string, content: string | Buffer) => {
            await page.locator("#import-file").setInputFiles({ name, mimeType: "", buffer: Buffer.from(content) })
            await page.getByRole("button", { name: "Upload and check" }).focus()
            await page.keyboard.press("Enter")
          }
          await page.goto(address)
          await look(page, "import")
          await send("bad.zip", hostileZips[2]?.[2]() ?? "")
          await page.getByRole("heading", { name: "The file cannot be imported" }).waitFor()
          await look(page, "import-refused")
          await send("export.xml", wordPressExport)
          await page.getByRole("heading", { name: "What would be imported" }).waitFor()
          await look(page, "import-ready")
          await page.getByLabel("Import held-back entries as drafts").focus()
          await page.keyboard.press("Space")
          await page.getByRole("button", { name: "Import these" }).focus()
          await page.keyboard.press("Enter")
          await page.getByRole("heading", { name: "What was imported" }).waitFor()
          expect(await page.getByText("8 posts").count()).toBe(1)
          await look(page, "import-done")
          // The page needs none, and so works without.
          expect(scripts).toEqual([])
        })
      }),
    Duration.toMillis("4 minutes")
  )
})
