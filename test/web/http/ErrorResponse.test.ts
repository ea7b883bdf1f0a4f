import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { expect, layer } from "@effect/vitest"
import { Effect, Layer, Stream } from "effect"
import { CapturedLogs } from "../../../layers/memory/Logger.js"
import { MethodNotAllowed } from "../../../src/errors/Address.js"
import { entries } from "../../../src/errors/Catalogue.js"
import { TokenInvalid, TokenMissing } from "../../../src/errors/Micropub.js"
import { routes as errorPages } from "../../../src/web/errors/Pages.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { oauthEndpoint, publicPage } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import { accessLines, ask, askRaw, testServer } from "../../fixtures/TestServer.js"

const canary = "SELECT secret FROM /home/canary"

const fail = (prefix: "/fail" | "/micropub/fail") =>
  Routes.one(
    prefix === "/fail" ? publicPage : oauthEndpoint,
    "GET",
    `${prefix}/:code`,
    Effect.gen(function* () {
      const { code } = yield* HttpLayerRouter.params
      const entry = entries.find(({ info }) => info.code === code)
      return entry === undefined ? HttpServerResponse.empty() : yield* entry.example
    })
  )

/** A failure that breaks whoever wants to put it into words. */
const unspeakable = Object.defineProperty(new MethodNotAllowed({ allowed: [] }), "allowed", {
  get: () => {
    throw new Error(canary)
  }
})

const errorLines = (requestId: string | null) =>
  Effect.map(
    Effect.flatMap(CapturedLogs, ({ events }) => events),
    (events) => events.filter(({ fields, level }) => level === "ERROR" && fields.request_id === requestId)
  )

const routes = Layer.mergeAll(
  fail("/fail"),
  fail("/micropub/fail"),
  Routes.one(publicPage, "GET", "/die", Effect.die(new Error(canary))),
  Routes.one(
    publicPage,
    "GET",
    "/throw",
    Effect.sync((): HttpServerResponse.HttpServerResponse => {
      throw new Error(canary)
    })
  ),
  Routes.one(oauthEndpoint, "GET", "/micropub/die", Effect.die(canary)),
  Routes.one(publicPage, "GET", "/unspeakable", unspeakable),
  Routes.one(
    publicPage,
    "GET",
    "/stream",
    HttpServerResponse.stream(Stream.concat(Stream.make(new TextEncoder().encode("half")), Stream.fail(canary)))
  ),
  Routes.one(oauthEndpoint, "POST", "/micropub", new TokenMissing()),
  Routes.one(oauthEndpoint, "GET", "/micropub", new TokenInvalid({ reason: "revoked" })),
  errorPages
)

const html = { headers: { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" } }

const leaks = /SQLITE_|SELECT|node_modules|at Object\.|at async|\.ts:|\/home|data\/starpunk|STARPUNK_|no such column/

layer(testServer(serve(routes)), { excludeTestServices: true })("failures as responses", (it) => {
  it.effect("a browser without a session is redirected to the login, and back afterwards", () =>
    Effect.gen(function* () {
      const answer = yield* ask("/fail/session.expired?draft=1&to=a%26b", html)
      expect(answer.status).toBe(303)
      expect(answer.headers.get("cache-control")).toBe("no-store")
      const to = new URL(answer.headers.get("location") ?? "", "https://me.example")
      expect(to.pathname).toBe("/auth/login")
      expect(to.searchParams.get("next")).toBe("/fail/session.expired?draft=1&to=a%26b")
      expect(to.searchParams.get("ended")).toBe("idle")
    })
  )

  it.effect("a browser with an old proof is redirected to the confirmation, and back afterwards", () =>
    Effect.gen(function* () {
      const answer = yield* ask("/fail/session.proof_needed?draft=1", html)
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([303, "no-store"])
      expect(answer.headers.get("location")).toBe("/auth/confirm?next=%2Ffail%2Fsession.proof_needed%3Fdraft%3D1")
    })
  )

  for (const { info } of entries) {
    it.effect(`${info.code} as a problem document`, () =>
      Effect.gen(function* () {
        const answer = yield* ask(`/fail/${info.code}`)
        expect(answer.status).toBe(info.status)
        expect(answer.headers.get("content-type")).toBe("application/problem+json")
        expect(answer.headers.get("cache-control")).toBe("no-store")
        expect(answer.headers.get("retry-after")).toBe(info.retryAfter?.toString() ?? null)
        if (info.status === 401) expect(answer.headers.get("www-authenticate")).toMatch(/^(Bearer|Cookie)\b/)
        expect(JSON.parse(answer.body)).toEqual({
          type: `https://me.example/errors/${info.code}`,
          title: info.message,
          status: info.status,
          detail: info.suggestion,
          instance: answer.headers.get("x-request-id"),
          code: info.code,
          retryable: info.retryable,
          error: { message: info.message, suggestion: info.suggestion, troubleshooting: info.troubleshooting }
        })
        expect(answer.body).not.toMatch(leaks)
      })
    )

    // A browser that opens one of the owner's pages is led to the login, or to where it proves who is there.
    if (info.code !== "session.expired" && info.code !== "session.proof_needed")
      it.effect(`${info.code} as a page`, () =>
        Effect.gen(function* () {
          const answer = yield* ask(`/fail/${info.code}`, html)
          expect(answer.status).toBe(info.status)
          expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8")
          expect(answer.body).toMatch(/^<!doctype html><html lang="en">/i)
          expect(answer.body).toContain(`<code>${info.code}</code>`)
          expect(answer.body).toContain(answer.headers.get("x-request-id"))
          expect(answer.body).not.toMatch(/<script|style=| on\w+=/)
          expect(answer.body).not.toMatch(leaks)
        })
      )

    it.effect(`${info.code} on a Micropub endpoint`, () =>
      Effect.gen(function* () {
        const answer = yield* ask(`/micropub/fail/${info.code}`)
        expect(answer.status).toBe(info.status)
        expect(answer.headers.get("content-type")).toBe("application/json")
        const body = JSON.parse(answer.body)
        expect(body.error).toMatch(
          /^(invalid_request|invalid_grant|invalid_scope|unsupported_grant_type|unauthorized|forbidden|invalid_token|insufficient_scope|server_error|temporarily_unavailable)$/
        )
        expect(body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
        expect(body).toMatchObject({ code: info.code, request_id: answer.headers.get("x-request-id") })
        expect(answer.body).not.toMatch(leaks)
      })
    )

    it.effect(`${info.code} has its page`, () =>
      Effect.gen(function* () {
        const answer = yield* ask(`/errors/${info.code}`)
        expect(answer.status).toBe(200)
        expect(answer.body).toContain(`HTTP status ${info.status}`)
        expect(answer.body).not.toMatch(leaks)
      })
    )
  }

  it.effect.each([
    ["text/html", "text/html; charset=utf-8"],
    ["application/json", "application/problem+json"],
    ["application/problem+json", "application/problem+json"],
    ["*/*", "application/problem+json"],
    ["image/png", "application/problem+json"],
    ["text/html;q=0.1, application/json", "application/problem+json"],
    ["application/json;q=0.1, text/html", "text/html; charset=utf-8"],
    ["\u00ff;;;,,q=", "application/problem+json"]
  ] as const)("Accept: %s is answered as %s", ([accept, expected]) =>
    Effect.gen(function* () {
      const answer = yield* ask("/nowhere", { headers: { accept } })
      expect(answer.status).toBe(404)
      expect(answer.headers.get("content-type")).toBe(expected)
      expect(answer.headers.get("vary")).toBe("accept")
    })
  )

  it.effect("a browser gets a page from a Micropub endpoint too", () =>
    Effect.gen(function* () {
      const answer = yield* ask("/micropub", html)
      expect(answer.headers.get("content-type")).toContain("text/html")
    })
  )

  it.effect("a missing token is challenged without an error code, an invalid one and a missing scope with theirs", () =>
    Effect.gen(function* () {
      const missing = yield* ask("/micropub", { method: "POST" })
      expect([missing.status, missing.headers.get("www-authenticate")]).toEqual([401, "Bearer"])
      expect(JSON.parse(missing.body).error).toBe("unauthorized")
      const invalid = yield* ask("/micropub")
      expect(invalid.status).toBe(401)
      expect(invalid.headers.get("www-authenticate")).toBe(
        'Bearer error="invalid_token", error_description="The access token was revoked. Sign in again in your Micropub client to get a new token"'
      )
      expect(JSON.parse(invalid.body).error).toBe("invalid_token")
      const scope = yield* ask("/micropub/fail/micropub.scope_missing")
      expect(scope.headers.get("www-authenticate")).toMatch(
        /^Bearer error="insufficient_scope", error_description="[^"]*lacks the scope `create`[^"]*", scope="create"$/
      )
      expect(JSON.parse(scope.body)).toMatchObject({ error: "insufficient_scope", scope: "create" })
    })
  )

  it.effect.each(["/die", "/throw", "/micropub/die"])(
    "%s shows the id and nothing else; the log has the cause",
    (path) =>
      Effect.gen(function* () {
        const answer = yield* ask(path)
        expect(answer.status).toBe(500)
        expect(answer.body).toContain("internal.unforeseen")
        expect(answer.body).not.toMatch(leaks)
        const lines = yield* errorLines(answer.headers.get("x-request-id"))
        expect(lines).toHaveLength(1)
        expect(String(lines[0]?.fields.error)).toContain(canary)
      })
  )

  it.effect("a failure that cannot be rendered is a constant text with the id", () =>
    Effect.gen(function* () {
      const answer = yield* ask("/unspeakable", html)
      const id = answer.headers.get("x-request-id")
      expect(answer.status).toBe(500)
      expect(answer.body).toBe(`An internal error occurred. Request id: ${id}\n`)
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff")
      const [line] = yield* errorLines(id)
      expect(String(line?.fields.error)).toContain(canary)
    })
  )

  it.effect("a response that breaks off is logged", () =>
    Effect.gen(function* () {
      yield* Effect.flatMap(CapturedLogs, ({ clear }) => clear)
      expect(yield* askRaw("GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).toContain("half")
      const [access] = yield* accessLines(1)
      const [line] = yield* errorLines(String(access?.fields.request_id))
      expect(line?.message).toBe("Response aborted")
    })
  )

  it.effect("HEAD is answered with the headers alone", () =>
    Effect.gen(function* () {
      const answer = yield* ask("/nowhere", { method: "HEAD" })
      expect([answer.status, answer.body]).toEqual([404, ""])
      expect(answer.headers.get("content-type")).toBe("application/problem+json")
    })
  )

  it.effect("an unknown code has no page, and the list has all of them", () =>
    Effect.gen(function* () {
      expect((yield* ask("/errors/no.such_code")).status).toBe(404)
      expect((yield* ask("/errors/__proto__")).status).toBe(404)
      const { body } = yield* ask("/errors")
      for (const { info } of entries) expect(body).toContain(`/errors/${info.code}"`)
    })
  )
})
