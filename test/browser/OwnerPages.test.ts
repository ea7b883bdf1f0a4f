import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { HttpServer } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Context, Effect, Layer, Redacted } from "effect"
import type { BrowserContext, Page } from "playwright-core"
import * as MemorySessions from "../../layers/memory/SessionManager.js"
import type { ActivityEvent } from "../../src/domain/ActivityEvent.js"
import { HeaderStripped } from "../../src/errors/Access.js"
import { DatabaseLocked } from "../../src/errors/Database.js"
import type { Failure } from "../../src/errors/Failure.js"
import { ScopeMissing, TokenInvalid } from "../../src/errors/Micropub.js"
import { Activity } from "../../src/services/Activity.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import * as ActivityRoutes from "../../src/web/activity/Routes.js"
import * as Assets from "../../src/web/assets/Routes.js"
import { reasonOf } from "../../src/web/http/ActivityNote.js"
import { serve } from "../../src/web/http/Pipeline.js"
import * as SessionRoutes from "../../src/web/login/sessions/Routes.js"
import { settings, testServer } from "../fixtures/TestServer.js"
import { browser } from "./Browser.js"
import { look } from "./Look.js"

const host = "me.localhost"
const routes = Layer.mergeAll(ActivityRoutes.routes, SessionRoutes.routes, Assets.routes)

const start = Date.UTC(2026, 10, 23, 19, 40)

const refused = (failure: Failure): Pick<ActivityEvent, "status" | "refusal"> => {
  const { code, message, operator, status, suggestion, troubleshooting } = failure.info
  return {
    status,
    refusal: {
      reason: reasonOf(failure, code),
      code,
      message,
      suggestion,
      troubleshooting,
      ...(operator === undefined ? {} : { operator })
    }
  }
}

const app = { clientId: "https://indigenous.example/client", label: "Phone", tokenId: "0011223344556677" }
const happened: ReadonlyArray<Partial<ActivityEvent>> = [
  { ...app, asked: "authorize", endpoint: "/indieauth/authorize", method: "GET", status: 200 },
  { ...app, asked: "token", endpoint: "/indieauth/token", status: 200 },
  { ...app, asked: "q=config", method: "GET", status: 200 },
  { ...app, asked: "create", status: 201, userAgent: "Indigenous/2.1 (Android 15; Pixel 9)" },
  { ...app, asked: "delete", ...refused(new ScopeMissing({ needed: "delete", given: ["create", "update"] })) },
  { asked: "post", ...refused(new TokenInvalid({ reason: "expired" })), userAgent: "micropublish/1.0" },
  { asked: "post", ...refused(new HeaderStripped({ sign: "recent_token" })), address: "2001:db8:85a3::8a2e:370:7334" },
  { ...app, asked: "upload", endpoint: "/micropub/media", ...refused(new DatabaseLocked({ waitedMillis: 2000 })) },
  {
    asked: "login",
    endpoint: "/auth/login",
    status: 303,
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
  }
]

/** A site whose owner is logged in in a browser, and in another one. */
const opened = (options: { readonly activity: boolean }) =>
  Effect.gen(function* () {
    const services = yield* Layer.build(
      testServer(serve(routes).pipe(Layer.provideMerge(MemorySessions.layer)), {
        settings: { ...settings, siteUrl: `http://${host}` }
      })
    )
    const sessions = Context.get(services, SessionManager)
    const activity = Context.get(services, Activity)
    const base = yield* Effect.provide(HttpServer.addressFormattedWith(Effect.succeed), services)
    const owner = "https://me.example/"
    yield* sessions.create({ owner, userAgent: "Some very particular browser/1.0 (that nobody knows)".repeat(4) })
    yield* sessions.create({
      owner,
      address: "2001:db8:85a3::8a2e:370:7334",
      userAgent:
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1"
    })
    const token = yield* sessions.create({
      owner,
      proved: true,
      address: "192.0.2.7",
      userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
    })
    if (options.activity) {
      for (const [index, event] of happened.entries()) {
        yield* activity.record({
          at: start + index * 61_000,
          requestId: "0123456789abcdef0123456789abcdef",
          endpoint: "/micropub",
          method: "POST",
          asked: "create",
          status: 201,
          address: "192.0.2.7",
          ...event
        })
      }
    }
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
    return { context, base, sessions, page: yield* Effect.promise(() => context.newPage()) }
  })

/** Opens a page and all its details, and checks it. */
const visit = async (page: Page, name: string, path: string) => {
  const complaints: Array<string> = []
  page.on("console", (message) => complaints.push(message.text()))
  await page.goto(`http://${host}${path}`)
  for (const summary of await page.locator("summary").all()) await summary.click()
  await look(page, name)
  expect.soft(complaints, `${name}: what the browser complains of`).toEqual([])
}

describe("the owner's sessions and activity", () => {
  it.scopedLive(
    "fit every screen, are readable in both colour schemes and to screen readers, and violate no content security policy",
    () =>
      Effect.gen(function* () {
        const { page } = yield* opened({ activity: true })
        yield* Effect.promise(() => visit(page, "sessions", "/admin/sessions"))
        yield* Effect.promise(() => visit(page, "activity", "/admin/activity"))
        yield* Effect.promise(() => visit(page, "activity-refused", "/admin/activity?show=refused"))
        const empty = yield* opened({ activity: false })
        yield* Effect.promise(() => visit(empty.page, "activity-empty", "/admin/activity"))
      }),
    300_000
  )

  it.scopedLive(
    "end sessions by their buttons, only from a page of this site",
    () =>
      Effect.gen(function* () {
        const { context, page, sessions } = yield* opened({ activity: false })
        const count = Effect.map(sessions.list, (list) => list.length)
        const foreign = yield* foreignSite
        for (const name of ["evil.localhost", `blog.${host}`]) {
          const status = yield* Effect.promise(() => forge(context, `http://${name}:${foreign}/`))
          expect(status, name).toBe(403)
          expect(yield* count).toBe(3)
        }
        yield* Effect.promise(async () => {
          await page.goto(`http://${host}/admin/sessions`)
          await page.getByRole("button", { name: "Log out Safari on iPhone" }).click()
          await page.getByRole("status").waitFor()
        })
        expect(yield* count).toBe(2)
        yield* Effect.promise(async () => {
          await page.getByRole("button", { name: "Log out all others" }).click()
          await page.getByRole("status").waitFor()
        })
        expect(yield* count).toBe(1)
        yield* Effect.promise(async () => {
          await page.getByRole("button", { name: "Log out everywhere" }).click()
          await page.waitForURL(/\/auth\/login/)
        })
        expect(yield* count).toBe(0)
        expect(yield* Effect.promise(() => context.cookies())).toEqual([])
      }),
    120_000
  )
})

/** Another site's page that posts a form to the owner's site on load; returns its port. */
const foreignSite = Effect.map(
  Effect.acquireRelease(
    Effect.async<ReturnType<typeof createServer>>((resume) => {
      const server = createServer((_, response) => {
        response.setHeader("content-type", "text/html")
        response.end(
          `<form method="post" action="http://${host}/admin/sessions/end-all"></form><script>document.forms[0].submit()</script>`
        )
      })
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) => Effect.sync(() => server.close())
  ),
  (server) => (server.address() as AddressInfo).port
)

/**
 * Opens a forging page, and returns the response to its form once that is shown: Chromium may never close a page that
 * is closed during a navigation to another site.
 */
const forge = async (context: BrowserContext, address: string): Promise<number> => {
  const page = await context.newPage()
  const answer = page.waitForResponse((response) => response.request().method() === "POST")
  await page.goto(address, { waitUntil: "commit" })
  const status = (await answer).status()
  await page.waitForURL(`http://${host}/admin/sessions/end-all`)
  await page.close()
  return status
}
