import { once } from "node:events"
import { createServer } from "node:http"
import { HttpServer } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { AccessTokens } from "../../src/services/AccessTokens.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import { challenge, site, verifier } from "../fixtures/IndieAuthSite.js"
import { settings } from "../fixtures/TestServer.js"
import { browser } from "./Browser.js"
import { look } from "./Look.js"

/** An app on this computer: redeems the code, and redirects the owner to its own page on another host. */
const app = (tokenEndpoint: string) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const answers: Array<Readonly<Record<string, unknown>>> = []
      const server = createServer(async (request, response) => {
        const url = new URL(request.url ?? "/", "http://127.0.0.1")
        const code = url.searchParams.get("code")
        if (url.pathname !== "/callback") return void response.end("<title>The app</title>Signed in")
        if (code !== null) {
          const address = server.address()
          const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
          const body = new URLSearchParams({
            grant_type: "authorization_code",
            code,
            client_id: `${origin}/`,
            redirect_uri: `${origin}/callback`,
            code_verifier: verifier
          })
          const answer = await fetch(tokenEndpoint, { method: "POST", body })
          answers.push(JSON.parse(await answer.text()))
        } else answers.push(Object.fromEntries(url.searchParams))
        const { port } = new URL(`http://${request.headers.host}`)
        response.writeHead(302, { location: `http://localhost:${port}/home` }).end()
      }).listen(0, "127.0.0.1")
      await once(server, "listening")
      const address = server.address()
      const port = typeof address === "object" ? address?.port : undefined
      return { answers, origin: `http://127.0.0.1:${port}`, server }
    }),
    ({ server }) =>
      Effect.sync(() => {
        server.closeAllConnections()
        server.close()
      })
  )

describe("signing in to an app", () => {
  it.scopedLive(
    "through the consent page to a code and a token, and refused when denied",
    () =>
      Effect.gen(function* () {
        const context = yield* Layer.build(site({ ...settings, siteUrl: "http://me.localhost" }))
        yield* Effect.gen(function* () {
          const base = yield* HttpServer.addressFormattedWith(Effect.succeed)
          const { answers, origin } = yield* app(`${base}/indieauth/token`)
          const chromium = yield* browser(new URL(base).host)
          const sessions = yield* SessionManager
          const tokens = yield* AccessTokens
          const session = yield* sessions.create({ owner: "http://me.localhost/", proved: true })
          yield* tokens.create({ label: "Backup script", me: "http://me.localhost/", scopes: ["create", "media"] })
          const query = (client: string, redirect: string, scope: string) =>
            new URLSearchParams({
              response_type: "code",
              client_id: client,
              redirect_uri: redirect,
              state: "the state",
              code_challenge: challenge,
              code_challenge_method: "S256",
              scope
            })
          const authorize = (...request: Parameters<typeof query>) =>
            `http://me.localhost/indieauth/authorize?${query(...request)}`
          const local = authorize(`${origin}/`, `${origin}/callback`, "create update profile")

          yield* Effect.promise(async () => {
            await chromium.addCookies([
              { name: "starpunk_session", value: Redacted.value(session), url: "http://me.localhost" }
            ])
            const page = await chromium.newPage()
            const complaints: Array<string> = []
            page.on("console", (message) => complaints.push(message.text()))

            const scopes = "create draft update delete undelete media profile email read"
            await page.goto(authorize("https://app.example/", "https://elsewhere.example/callback", scopes))
            expect(await page.title()).toContain("Sign in to Example App")
            await look(page, "indieauth-consent")
            await page.goto(authorize("https://down.example/", "https://down.example/callback", ""))
            await look(page, "indieauth-consent-identity")

            await page.goto(local)
            await page.getByLabel(/and edit them/).uncheck()
            await page.getByLabel("Name in the list of tokens").fill("App on this computer")
            await page
              .getByLabel("Expiry")
              .selectOption({ label: "30 days, renewed while the app is in use, one year at most" })
            await page.getByRole("button", { name: "Allow" }).click()
            await page.waitForURL(/\/home$/)
            expect(await page.title()).toBe("The app")
            expect(answers[0]).toMatchObject({
              scope: "create profile",
              me: "http://me.localhost/",
              profile: { name: "Me" },
              refresh_token: expect.any(String)
            })

            await page.goto(local)
            await page.getByRole("button", { name: "Deny" }).click()
            await page.waitForURL(/\/home$/)
            expect(answers[1]).toMatchObject({
              error: "access_denied",
              state: "the state",
              iss: "http://me.localhost/"
            })

            await page.goto("http://me.localhost/admin/tokens")
            await look(page, "indieauth-tokens")
            expect(await page.getByText("App on this computer").count()).toBeGreaterThan(0)
            await page.getByLabel("Name", { exact: true }).fill("Shell")
            await page.getByRole("button", { name: "Create token" }).click()
            expect(await page.locator(".secret").textContent()).toMatch(/^[\w-]{43}$/)
            await look(page, "indieauth-token-made")
            await page.getByRole("button", { name: "Revoke App on this computer" }).click()
            await page.waitForURL(/\/admin\/tokens$/)
            expect(await page.getByText("App on this computer").count()).toBe(0)
            expect(complaints).toEqual([])
          })

          const left = (yield* tokens.list).map(({ label }) => label)
          expect(left.toSorted()).toEqual(["Backup script", "Shell"])
        }).pipe(Effect.provide(context))
      }),
    120_000
  )
})
