import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { describe, expect, layer, it as plain } from "@effect/vitest"
import { Duration, Effect, Layer, Redacted } from "effect"
import * as MemoryActivity from "../../../layers/memory/Activity.js"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as SqlActivity from "../../../layers/sql/stores/Activity.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import * as Testing from "../../../layers/Testing.js"
import type { RecordedEvent } from "../../../src/domain/ActivityEvent.js"
import type { NewAccessToken } from "../../../src/domain/indieauth/AccessToken.js"
import { entries } from "../../../src/errors/Catalogue.js"
import { SessionExpired } from "../../../src/errors/Session.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { Activity } from "../../../src/services/Activity.js"
import * as ActivityNote from "../../../src/web/http/ActivityNote.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { noteActivity } from "../../../src/web/http/RequestContext.js"
import { loginForm, loginPage, oauthEndpoint, ownerPage, publicPage } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import * as Micropub from "../../../src/web/micropub/Routes.js"
import * as MediaShelf from "../../fixtures/MediaShelf.js"
import { ask } from "../../fixtures/TestServer.js"

/** Endpoints as others build them: all that the trace has to know comes through `ActivityNote.note`, or from the answer. */
const others = Routes.use((routes) =>
  Effect.gen(function* () {
    const json = (body: object) => HttpServerResponse.unsafeJson(body)
    yield* routes.add(oauthEndpoint, "POST", "/indieauth/token", json({ access_token: "x" }))
    yield* routes.add(
      oauthEndpoint,
      "GET",
      "/indieauth/authorize",
      Effect.gen(function* () {
        yield* noteActivity({ clientId: "https://app.example/", asked: "authorize" })
        yield* noteActivity({
          returned: { error: "access_denied", error_description: "The owner denied the request" }
        })
        return HttpServerResponse.redirect("https://app.example/back?error=access_denied")
      })
    )
    yield* routes.add(oauthEndpoint, "GET", "/indieauth/userinfo", Effect.die(new Error("a bug")))
    yield* routes.add(loginPage, "GET", "/auth/login", HttpServerResponse.text("form"))
    yield* routes.add(loginForm, "POST", "/auth/login", HttpServerResponse.redirect("/admin/", { status: 303 }))
    yield* routes.add(loginForm, "POST", "/auth/passkey", new SessionExpired({ reason: "unknown" }))
    yield* routes.add(loginPage, "POST", "/auth/logout", HttpServerResponse.empty())
    yield* routes.add({ ...oauthEndpoint, origin: "site" }, "POST", "/indieauth/consent", HttpServerResponse.empty())
    yield* routes.add(publicPage, "GET", "/", HttpServerResponse.text("home"))
    yield* routes.add(
      { ...ownerPage, caller: "anyone" },
      "POST",
      "/admin/new",
      Effect.as(HttpServerRequest.HttpServerRequest, HttpServerResponse.empty())
    )
  })
)

const site = (activity: Layer.Layer<Activity> = MemoryActivity.layer) =>
  Testing.site(
    serve(Layer.merge(Micropub.routes, others)).pipe(Layer.provideMerge(Layer.merge(MediaShelf.layer, activity))),
    { settings: { trustedProxies: ["127.0.0.1"] } }
  )

const inSql = SqlActivity.layer.pipe(
  Layer.provide(Layer.merge(TestDatabase.database(), MemorySecureRandom.layer)),
  Layer.provide(MemoryLogger.layerSilent),
  Layer.orDie
)

const tokenFor = (options: Partial<NewAccessToken> = {}) =>
  Effect.gen(function* () {
    const { create } = yield* AccessTokens
    const { record, token } = yield* create({
      label: "Phone",
      me: "https://me.example/",
      scopes: ["create"],
      ...options
    })
    return { token: Redacted.value(token), id: record.id }
  })

const formType = "application/x-www-form-urlencoded"
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const posting = (headers: Record<string, string>, body: string) => ({
  method: "POST",
  headers: { "content-type": formType, ...headers },
  body
})

/** The newest event, once there is one for this request: it is noted when the answer has left. */
const eventFor = (answer: { readonly headers: Headers }) =>
  Effect.gen(function* () {
    const { list } = yield* Activity
    const id = answer.headers.get("x-request-id")
    for (;;) {
      const { events } = yield* list({ limit: 100 })
      const event = events.find(({ requestId }) => requestId === id)
      if (event !== undefined) return event
      yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
    }
  })

const traceOf = (path: string, init?: RequestInit) => Effect.flatMap(ask(path, init), eventFor)

const everything = Effect.flatMap(Activity, ({ list }) => Effect.map(list({ limit: 100 }), ({ events }) => events))

const reasonOf = ({ refusal }: RecordedEvent): string | undefined => refusal?.reason

describe.each([
  { name: "in memory", activity: MemoryActivity.layer },
  { name: "in SQL", activity: inSql }
])("the activity log $name", ({ activity }) => {
  layer(site(activity), { excludeTestServices: true })((it) => {
    it.effect("T1: has the time of a scheduled post in its author's zone", () =>
      Effect.gen(function* () {
        const { token } = yield* tokenFor()
        const { asked, status } = yield* traceOf(
          "/micropub",
          posting(bearer(token), "content=later&published=2999-01-01T09:00:00-05:00")
        )
        expect([asked, status]).toEqual(["create scheduled=2999-01-01T09:00:00.000-05:00", 201])
      })
    )

    it.effect("has client, action and address of granted requests", () =>
      Effect.gen(function* () {
        const { id, token } = yield* tokenFor()
        const event = yield* traceOf("/micropub", {
          ...posting({ ...bearer(token), "user-agent": "App/1.0", "x-forwarded-for": "203.0.113.7" }, "content=hello")
        })
        expect(event).toMatchObject({
          endpoint: "/micropub",
          method: "POST",
          asked: "create",
          status: 201,
          tokenId: id,
          label: "Phone",
          address: "203.0.113.7",
          userAgent: "App/1.0"
        })
        expect(event.refusal).toBeUndefined()
        expect(event.at).toBeGreaterThan(1_700_000_000_000)
        const query = yield* traceOf("/micropub?q=config", { headers: bearer(token) })
        expect(query).toMatchObject({ method: "GET", asked: "q=config", status: 200, label: "Phone" })
        const deleted = yield* traceOf("/micropub", posting(bearer(token), "action=delete&url=https://me.example/x"))
        expect(deleted).toMatchObject({ asked: "delete", label: "Phone" })
        expect(deleted.refusal?.reason).toBe("scope_missing")
      })
    )

    it.effect("has the reason of a refusal, as a code and as text", () =>
      Effect.gen(function* () {
        const { token } = yield* tokenFor()
        const expired = (yield* tokenFor({ lifetime: Duration.millis(1) })).token
        const revoked = yield* tokenFor()
        yield* Effect.flatMap(AccessTokens, ({ revoke }) => revoke(revoked.id))
        const powerless = (yield* tokenFor({ scopes: ["profile"] })).token
        yield* Effect.promise(() => new Promise((resolve) => setTimeout(resolve, 5)))
        const reasons = {
          token_missing: yield* traceOf("/micropub?q=config"),
          token_unknown: yield* traceOf("/micropub?q=config", { headers: bearer("a".repeat(43)) }),
          token_malformed: yield* traceOf("/micropub?q=config", { headers: bearer("short") }),
          token_expired: yield* traceOf("/micropub?q=config", { headers: bearer(expired) }),
          token_revoked: yield* traceOf("/micropub?q=config", { headers: bearer(revoked.token) }),
          token_ambiguous: yield* traceOf("/micropub", posting(bearer(token), "access_token=another")),
          scope_missing: yield* traceOf("/micropub", posting(bearer(powerless), "content=x")),
          body_malformed: yield* traceOf("/micropub", {
            method: "POST",
            headers: { ...bearer(token), "content-type": "application/json" },
            body: "{"
          }),
          media_type_unsupported: yield* traceOf("/micropub", {
            method: "POST",
            headers: { ...bearer(token), "content-type": "text/plain" },
            body: "hello"
          }),
          method_not_allowed: yield* traceOf("/micropub", { method: "PUT", headers: bearer(token) })
        }
        for (const [reason, event] of Object.entries(reasons)) {
          expect(reasonOf(event)).toBe(reason)
          expect(event.refusal?.message.length).toBeGreaterThan(10)
          expect(event.refusal?.suggestion.length).toBeGreaterThan(10)
          expect(event.refusal?.troubleshooting.length).toBeGreaterThan(0)
          expect(event.refusal?.code).toMatch(/^[a-z]+\.[a-z_]+$/)
        }
        expect(reasons.scope_missing).toMatchObject({ status: 403, label: "Phone" })
        expect(reasons.token_missing.label).toBeUndefined()
      })
    )

    it.effect("has errors that a redirect carries, and our own faults", () =>
      Effect.gen(function* () {
        const redirected = yield* traceOf("/indieauth/authorize?client_id=x&state=y")
        expect(redirected).toMatchObject({ status: 302, clientId: "https://app.example/", asked: "authorize" })
        expect(redirected.refusal).toMatchObject({ reason: "access_denied", message: "The owner denied the request" })
        const bug = yield* traceOf("/indieauth/userinfo")
        expect(bug).toMatchObject({ status: 500, asked: "userinfo" })
        expect(bug.refusal).toMatchObject({ reason: "internal_unforeseen", code: "internal.unforeseen" })
      })
    )

    it.effect("has sign-ins, granted and refused, and the owner's consent, but no reading of pages", () =>
      Effect.gen(function* () {
        expect(yield* traceOf("/auth/login", { method: "POST" })).toMatchObject({ asked: "login", status: 303 })
        expect(yield* traceOf("/auth/passkey", { method: "POST" })).toMatchObject({
          status: 401,
          refusal: { code: "session.expired", reason: "session_expired" }
        })
        expect(yield* traceOf("/indieauth/consent", { method: "POST" })).toMatchObject({ status: 204 })
        const forged = { method: "POST", headers: { "sec-fetch-site": "cross-site" } }
        expect((yield* traceOf("/auth/login", forged)).refusal?.reason).toBe("origin_foreign")
        const before = (yield* everything).length
        yield* ask("/")
        yield* ask("/auth/login")
        yield* ask("/auth/logout", { method: "POST" })
        yield* ask("/admin/new", { method: "POST" })
        yield* ask("/micropub", { method: "OPTIONS" })
        yield* ask("/micropub/elsewhere", { method: "POST" })
        yield* ask("/auth/nothing", { method: "POST" })
        yield* traceOf("/micropub?q=config")
        expect(yield* everything).toHaveLength(before + 1)
      })
    )

    it.effect("never has a secret, from any part of a request", () =>
      Effect.gen(function* () {
        const canary = `${"CaNaRy".repeat(7)}x`
        const { token } = yield* tokenFor()
        const form = ["token", "code", "code_verifier", "refresh_token", "client_secret", "state", canary]
          .map((name) => `${name}=${canary}`)
          .join("&")
        const answers = yield* Effect.all([
          ask(`/micropub?q=${canary}&access_token=${canary}&${canary}=1`, { headers: bearer(token) }),
          ask(`/micropub?q=${canary}`, { headers: bearer(token) }),
          ask("/micropub?q=config", { headers: bearer(canary) }),
          ask("/micropub?q=config", { headers: { ...bearer(token), cookie: `starpunk_session=${canary}` } }),
          ask("/micropub", posting({}, `access_token=${canary}&content=${canary}`)),
          ask("/micropub", posting(bearer(token), `action=${canary}&${form}`)),
          ask("/micropub", posting(bearer(token), `published=${canary}&content=${canary}`)),
          ask("/micropub", {
            method: "POST",
            headers: { ...bearer(token), "content-type": "application/json" },
            body: JSON.stringify({ type: [canary], properties: { [canary]: canary, content: canary } })
          }),
          ask(`/indieauth/authorize?code_challenge=${canary}&state=${canary}&redirect_uri=${canary}`),
          ask("/indieauth/token", posting({}, form)),
          ask("/auth/login", posting({}, `passphrase=${canary}&${form}`)),
          ask("/auth/passkey", posting({ "x-authorization": `Bearer ${canary}` }, form)),
          ask("/micropub?q=config", { headers: { "x-authorization": `Bearer ${canary}` } }),
          ask("/micropub?q=config", { headers: { "user-agent": `App ${canary}` } }),
          ask(`/micropub/?q=${canary}`)
        ])
        for (const answer of answers) yield* eventFor(answer)
        expect(JSON.stringify(yield* everything)).not.toContain("CaNaRy")
        expect(JSON.stringify(yield* everything)).not.toContain(token)
      })
    )

    it.effect("shortens long values", () =>
      Effect.gen(function* () {
        const long = "a b ".repeat(2000)
        const event = yield* traceOf("/micropub?q=config", { headers: { "user-agent": long } })
        expect(JSON.stringify(event).length).toBeLessThan(4000)
        expect(event.userAgent).toHaveLength(256)
      })
    )
  })
})

plain("every failure of the catalogue has a word for it", () => {
  for (const { example, info } of entries)
    expect(ActivityNote.reasonOf(example, info.code)).toMatch(/^[a-z0-9]+(_[a-z0-9]+)+$/)
})

describe("a lost Authorization header", () => {
  const app = { "user-agent": "App/1.0" }
  const json = { method: "POST", headers: { ...app, "content-type": "application/json" }, body: "{}" }
  const codeOf = (answer: { readonly body: string }) => JSON.parse(answer.body).code
  const signIn = (headers: Record<string, string> = app) => ask("/indieauth/token", posting(headers, "grant_type=x"))
  /** The token's issue is known when its event is. */
  const signedIn = (headers?: Record<string, string>) => Effect.flatMap(signIn(headers), eventFor)

  layer(site(), { excludeTestServices: true })("is recognised by its substitute", (it) => {
    it.effect.each([
      "x-authorization",
      "redirect-http-authorization",
      "REDIRECT_HTTP_AUTHORIZATION",
      "HTTP_AUTHORIZATION",
      "X-Forwarded-Authorization"
    ])("%s", (name) =>
      Effect.gen(function* () {
        const answer = yield* ask("/micropub", { ...json, headers: { ...json.headers, [name]: "Bearer abc" } })
        expect([answer.status, codeOf(answer)]).toEqual([401, "auth.header_stripped"])
        expect(answer.headers.get("www-authenticate")).toBe("Bearer")
        const { error, error_description } = JSON.parse(answer.body)
        expect(error).toBe("unauthorized")
        expect(error_description).toMatch(/seems to have been removed.*`access_token` in a form-encoded body/)
        const { refusal } = yield* eventFor(answer)
        expect(refusal?.reason).toBe("header_stripped")
        expect(refusal?.operator?.details).toContain(name.toLowerCase())
        expect(refusal?.operator?.troubleshooting.join()).toMatch(/nginx.*Apache.*CGIPassAuth/)
      })
    )

    it.effect("which alone is not enough: another scheme, an empty one, or a token beside it", () =>
      Effect.gen(function* () {
        const { token } = yield* tokenFor()
        for (const value of ["Basic YTpi", "Bearer", "Bearer "]) {
          const answer = yield* ask("/micropub", { ...json, headers: { ...app, "x-authorization": value } })
          expect(codeOf(answer)).toBe("auth.token_missing")
        }
        const both = { ...posting({ ...app, "x-authorization": "Bearer x" }, `content=x&access_token=${token}`) }
        expect((yield* ask("/micropub", both)).status).toBe(201)
      })
    )
  })

  layer(site(), { excludeTestServices: true })("is recognised by its sender", (it) => {
    it.effect("a client that was just given a token and comes without one", () =>
      Effect.gen(function* () {
        expect(codeOf(yield* ask("/micropub", json))).toBe("auth.token_missing")
        yield* signedIn()
        expect(codeOf(yield* ask("/micropub", json))).toBe("auth.header_stripped")
        expect(codeOf(yield* ask("/micropub?q=config", { headers: app }))).toBe("auth.header_stripped")
        // Looking around, another app, and another place are none of it.
        expect(codeOf(yield* ask("/micropub", { headers: app }))).toBe("auth.token_missing")
        expect(codeOf(yield* ask("/micropub", { ...json, headers: { "user-agent": "Crawler" } }))).toBe(
          "auth.token_missing"
        )
        const elsewhere = { ...json, headers: { ...json.headers, "x-forwarded-for": "203.0.113.9" } }
        expect(codeOf(yield* ask("/micropub", elsewhere))).toBe("auth.token_missing")
      })
    )

    it.effect("but not one that has sent the header, and omits it on purpose", () =>
      Effect.gen(function* () {
        const tester = { "user-agent": "Tester/1" }
        yield* traceOf("/micropub?q=config", { headers: { ...tester, ...bearer("a".repeat(43)) } })
        yield* signedIn(tester)
        const answer = yield* ask("/micropub", { ...json, headers: { ...json.headers, ...tester } })
        expect(codeOf(answer)).toBe("auth.token_missing")
      })
    )
  })
})

layer(site(), { excludeTestServices: true })("a session cookie", (it) => {
  it.effect("gives no access to Micropub, from any page", () =>
    Effect.gen(function* () {
      for (const name of ["starpunk_session", "__Host-starpunk_session"]) {
        for (const origin of ["https://me.example", "https://evil.example"]) {
          const headers = { cookie: `${name}=${"a".repeat(43)}`, origin, "sec-fetch-site": "same-origin" }
          for (const answer of [
            yield* ask("/micropub?q=config", { headers }),
            yield* ask("/micropub", posting(headers, "content=x"))
          ]) {
            expect(answer.status).toBe(401)
            expect(answer.headers.get("access-control-allow-origin")).toBe("*")
            expect(answer.headers.get("access-control-allow-credentials")).toBeNull()
          }
        }
      }
    })
  )
})
