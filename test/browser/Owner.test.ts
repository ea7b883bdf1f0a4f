import { HttpServer, HttpServerResponse } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, Option, Redacted } from "effect"
import { Owner } from "../../src/services/Owner.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import * as Body from "../../src/web/http/Body.js"
import { serve } from "../../src/web/http/Pipeline.js"
import { publicPage, textForm } from "../../src/web/http/RoutePolicy.js"
import { Routes } from "../../src/web/http/Routes.js"
import { ownerSession } from "../../src/web/http/SessionCookie.js"
import { formKept } from "../../src/web/login/SessionEnded.js"
import * as SiteSettings from "../../src/web/settings/Routes.js"
import { ownerRoutes, passphrase, serverWith } from "../fixtures/OwnerServer.js"
import { browser } from "./Browser.js"
import { look, virtualAuthenticator } from "./Look.js"

const site = "http://me.localhost"

/** As an editor has them: a form, and where it leads, which needs the session and answers what came. */
const editor = Routes.use((routes) =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const field = '<textarea name="content"></textarea>'
    const form = `<form method="post" action="/admin/new">${field}<button>Publish</button></form>`
    yield* routes.add(
      publicPage,
      "GET",
      "/compose",
      HttpServerResponse.text(form, { contentType: "text/html; charset=utf-8" })
    )
    yield* routes.add(
      { ...textForm, caller: "anyone" },
      "POST",
      "/admin/new",
      Effect.zipRight(
        ownerSession(sessions),
        Effect.map(Body.form(), (fields) =>
          HttpServerResponse.text(JSON.stringify([...fields]), { contentType: "text/plain; charset=utf-8" })
        )
      )
    )
  })
)

/** A site without an owner, a browser that sees it, and its setup link. */
const newSite = Effect.gen(function* () {
  const server = yield* Layer.build(
    serverWith(serve(Layer.mergeAll(ownerRoutes, SiteSettings.routes, editor), formKept), {
      siteUrl: site,
      siteName: Option.some("Notes from the river")
    })
  )
  return yield* Effect.gen(function* () {
    const base = yield* HttpServer.addressFormattedWith(Effect.succeed)
    const context = yield* browser(new URL(base).host)
    const { key } = Option.getOrThrow(yield* Effect.flatMap(Owner, ({ issueSetup }) => issueSetup))
    return {
      context,
      setup: `${site}/auth/setup/${Redacted.value(key)}`,
      page: yield* Effect.promise(() => context.newPage())
    }
  }).pipe(
    Effect.provide(server),
    Effect.map((found) => ({ ...found, server }))
  )
})

describe("the owner in the browser", () => {
  it.scopedLive(
    "takes over the site, adds a passkey, and logs in with it",
    () =>
      Effect.gen(function* () {
        const { context, page, setup } = yield* newSite
        yield* Effect.promise(async () => {
          const complaints: Array<string> = []
          page.on("console", (message) => {
            if (!/status of 40[14]/.test(message.text())) complaints.push(message.text())
          })
          await page.goto(`${site}/auth/login`)
          await look(page, "owner-login-unclaimed")
          const authenticator = await virtualAuthenticator(context, page)
          await page.goto(setup)
          await look(page, "owner-setup")
          await page.getByLabel("New passphrase").fill(passphrase)
          await page.getByLabel("Repeat passphrase").fill(passphrase)
          await page.getByRole("button", { name: "Finish setup" }).click()
          await page.waitForURL(`${site}/admin/welcome`)
          await look(page, "owner-welcome")
          await page.getByRole("link", { name: "Security" }).click()
          await look(page, "owner-security-new")

          await page.getByLabel("Name of the new passkey").fill("Laptop")
          await page.getByRole("button", { name: "Add a passkey" }).click()
          await page.waitForURL(`${site}/admin/security?done=passkey-added`)
          expect(await page.locator(".records").textContent()).toContain("Laptop")
          expect(await authenticator.credentials()).toMatchObject([
            { isResidentCredential: true, rpId: "me.localhost" }
          ])
          await look(page, "owner-security")

          await page.getByRole("button", { name: "Log out" }).click()
          await page.waitForURL(`${site}/`)
          await page.goto(`${site}/admin/security`)
          expect(page.url()).toBe(`${site}/auth/login?next=%2Fadmin%2Fsecurity`)
          await look(page, "owner-login")
          await page.getByRole("button", { name: "Use a passkey" }).click()
          await page.waitForURL(`${site}/admin/security`)
          expect(await page.locator(".records").textContent()).toContain("last used")

          // Removed from the site, it opens nothing any more; forgotten by the device, the browser says so.
          await page.getByRole("button", { name: "Remove Laptop" }).click()
          await page.waitForURL(`${site}/admin/security?done=passkey-removed`)
          expect(complaints).toEqual([])
        })
      }),
    120_000
  )

  it.scopedLive(
    "logs in with a passkey after the session ended while writing, and resubmits the text",
    () =>
      Effect.gen(function* () {
        const { context, page, server, setup } = yield* newSite
        yield* Effect.promise(async () => {
          await virtualAuthenticator(context, page)
          await page.goto(setup)
          await page.getByLabel("New passphrase").fill(passphrase)
          await page.getByLabel("Repeat passphrase").fill(passphrase)
          await page.getByRole("button", { name: "Finish setup" }).click()
          await page.waitForURL(`${site}/admin/welcome`)
          await page.goto(`${site}/admin/security`)
          await page.getByRole("button", { name: "Add a passkey" }).click()
          await page.waitForURL(/done=passkey-added/)
        })
        yield* Effect.provide(
          Effect.flatMap(SessionManager, ({ endAll }) => endAll),
          server
        )
        const text = 'Line one\nline "two" & <b>three</b>\n\n  end 🚂'
        yield* Effect.promise(async () => {
          await page.goto(`${site}/compose`)
          await page.locator("textarea").fill(text)
          await page.getByRole("button", { name: "Publish" }).click()
          await page.getByText("Your text is kept").waitFor()
          await look(page, "owner-session-ended")
          await page.getByRole("button", { name: "Use a passkey" }).click()
          await page.getByText("You are logged in").first().waitFor()
          await look(page, "owner-logged-in-again")
          await page.getByRole("button", { name: "Send now" }).click()
          await page.waitForURL(`${site}/admin/new`)
          const sent = JSON.parse((await page.locator("body").textContent()) ?? "")
          expect(sent).toEqual([["content", [text.replaceAll("\n", "\r\n")]]])
        })
      }),
    120_000
  )

  it.scopedLive(
    "sets up authenticator codes; all of it works without JavaScript",
    () =>
      Effect.gen(function* () {
        const { page, setup } = yield* newSite
        yield* Effect.promise(async () => {
          await page.goto(setup)
          await page.getByLabel("New passphrase").fill(passphrase)
          await page.getByLabel("Repeat passphrase").fill(passphrase)
          await page.getByRole("button", { name: "Finish setup" }).click()
          await page.waitForURL(`${site}/admin/welcome`)
          await page.goto(`${site}/admin/security`)
          await page.getByRole("link", { name: "Set up two-step login" }).click()
          await look(page, "owner-codes")
          const picture = page.getByAltText("QR code of the key below")
          expect(await picture.evaluate((image) => image.getBoundingClientRect().width)).toBeGreaterThan(0)
          const secret = Redacted.make((await page.locator('input[name="secret"]').getAttribute("value")) ?? "")
          const { codeAt } = await import("../../src/domain/login/OneTimeCode.js")
          await page.getByLabel("Code from the app").fill(await Effect.runPromise(codeAt(secret, Date.now())))
          await page.getByRole("button", { name: "Turn on" }).click()
          await page.getByText("Save your recovery codes").first().waitFor()
          await look(page, "owner-recovery-codes")
          await page.getByRole("link", { name: "I've saved them" }).click()
          await look(page, "owner-security-codes")
          await page.goto(`${site}/auth/logout`)
          await look(page, "owner-logout")
          await page.locator("main").getByRole("button", { name: "Log out" }).click()
          await page.goto(`${site}/auth/login`)
          await page.getByLabel("Passphrase").fill("not the right one")
          await page.getByRole("button", { name: "Log in" }).click()
          await look(page, "owner-login-wrong")
          await page.getByLabel("Passphrase").fill(passphrase)
          await page.getByRole("button", { name: "Log in" }).click()
          await page.waitForURL(`${site}/auth/login/code`)
          await look(page, "owner-code")
        })
      }),
    120_000
  )
})
