import { HttpLayerRouter, HttpServer, HttpServerResponse } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Context, Duration, Effect, Layer, Option, Redacted } from "effect"
import type { Page } from "playwright-core"
import * as Testing from "../../layers/Testing.js"
import type { Progress } from "../../src/services/Backup.js"
import { BackupDirectory, type KeptDirectory } from "../../src/services/BackupDirectory.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import { Settings } from "../../src/settings/Config.js"
import * as Assets from "../../src/web/assets/Routes.js"
import * as Data from "../../src/web/data/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import { unread } from "../fixtures/UnreadBackups.js"
import { browser } from "./Browser.js"
import { look } from "./Look.js"

const host = "me.localhost"

/** A directory of two backups, in which one may be underway. */
const directory = (underway: Option.Option<Progress>): KeptDirectory => ({
  ...unread,
  latest: Effect.succeedNone,
  add: Effect.dieMessage("nobody makes one here"),
  addUnlessBusy: Effect.succeedNone,
  underway: Effect.succeed(underway),
  list: Effect.succeed([
    { name: "starpunk-20261129T190000Z.tar", createdAt: Date.UTC(2026, 10, 29, 19), bytes: 1_234_567_890 },
    { name: "starpunk-20261128T190000Z.tar", createdAt: Date.UTC(2026, 10, 28, 19), bytes: 812_345 }
  ])
})

/** Keeps a page that loads itself again while it is looked at. */
const still = HttpLayerRouter.middleware((handler) =>
  Effect.map(handler, (response) =>
    response.headers.refresh === undefined ? response : HttpServerResponse.setHeader(response, "refresh", "3600")
  )
).layer

/** The page in the browser of the owner, who has just logged in or did so long ago. */
const opened = (backups: Option.Option<KeptDirectory>, proved: boolean) =>
  Effect.gen(function* () {
    const data = Data.routes.pipe(Layer.provide(Layer.succeed(BackupDirectory, backups)), Layer.provide(still))
    const routes = Layer.merge(data, Assets.routes)
    const services = yield* Layer.build(Testing.site(serve(routes), { settings: { siteUrl: `http://${host}` } }))
    const base = yield* Effect.provide(HttpServer.addressFormattedWith(Effect.succeed), services)
    const token = yield* Context.get(services, SessionManager).create({ owner: "https://me.example/", proved })
    const context = yield* browser(new URL(base).host)
    yield* Effect.promise(() =>
      context.addCookies([
        {
          name: "starpunk_session",
          value: Redacted.value(token),
          url: `http://${host}`,
          httpOnly: true,
          sameSite: "Lax"
        }
      ])
    )
    return { page: yield* Effect.promise(() => context.newPage()), ...Context.get(services, Settings) }
  })

const visit = async (page: Page, name: string) => {
  const complaints: Array<string> = []
  page.on("console", (message) => complaints.push(message.text()))
  await page.goto(`http://${host}/admin/data`)
  await look(page, name)
  expect.soft(complaints, `${name}: what the browser complains of`).toEqual([])
}

describe("the page about the site's data", () => {
  it.scopedLive(
    "fits every screen and is readable in both colour schemes and to screen readers, in each state",
    () =>
      Effect.gen(function* () {
        const progress = { step: "Writing the archive", done: 3, total: 7 }
        const states = [
          ["data", Option.some(directory(Option.none())), true],
          ["data-unproven", Option.some(directory(Option.none())), false],
          ["data-underway", Option.some(directory(Option.some(progress))), true],
          ["data-without-backups", Option.none(), true]
        ] as const
        for (const [name, backups, proved] of states) {
          const { page } = yield* opened(backups, proved)
          yield* Effect.promise(() => visit(page, name))
        }
      }),
    Duration.toMillis("5 minutes")
  )

  it.scopedLive(
    "gives the file with everything by keyboard",
    () =>
      Effect.gen(function* () {
        const { page } = yield* opened(Option.none(), true)
        yield* Effect.promise(async () => {
          await page.goto(`http://${host}/admin/data`)
          await page.getByRole("link", { name: "Download everything" }).focus()
          const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")])
          expect(download.suggestedFilename()).toMatch(/^me\.localhost-\d{4}-\d\d-\d\d\.zip$/)
          expect(await download.failure()).toBeNull()
        })
      }),
    Duration.toMillis("2 minutes")
  )
})
