import { HttpServerResponse } from "@effect/platform"
import { expect, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { conditional } from "../../../src/web/http/Conditional.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { publicPage } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import { ask, testServer } from "../../fixtures/TestServer.js"

const lastModified = Date.UTC(2026, 10, 23, 12, 0, 0, 789)

const routes = Layer.mergeAll(
  Routes.one(
    publicPage,
    "GET",
    "/page",
    conditional(HttpServerResponse.text("content", { headers: { vary: "accept" } }), { lastModified })
  ),
  Routes.one(publicPage, "GET", "/other", conditional(HttpServerResponse.text("other content"))),
  Routes.one(
    { ...publicPage, cache: "public, max-age=60" },
    "GET",
    "/given",
    conditional(HttpServerResponse.text("content"), { etag: 'W/"7"' })
  ),
  Routes.one(publicPage, "GET", "/teapot", conditional(HttpServerResponse.text("no", { status: 418 })))
)

const given = (headers: Record<string, string>, path = "/page", method = "GET") => ask(path, { method, headers })

layer(testServer(serve(routes)), { excludeTestServices: true })("conditional requests", (it) => {
  it.effect("the first response has validators, and they change with the content", () =>
    Effect.gen(function* () {
      const page = yield* given({})
      expect(page.status).toBe(200)
      expect(page.headers.get("etag")).toMatch(/^"[\w-]{22}"$/)
      expect(page.headers.get("last-modified")).toBe("Mon, 23 Nov 2026 12:00:00 GMT")
      expect(page.headers.get("cache-control")).toBe("public, no-cache")
      expect((yield* given({}, "/other")).headers.get("etag")).not.toBe(page.headers.get("etag"))
    })
  )

  it.effect("content that the client has is not sent again", () =>
    Effect.gen(function* () {
      const etag = (yield* given({})).headers.get("etag") ?? ""
      for (const noneMatch of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
        const answer = yield* given({ "if-none-match": noneMatch })
        expect([answer.status, answer.body]).toEqual([304, ""])
        expect(answer.headers.get("etag")).toBe(etag)
        expect(answer.headers.get("vary")).toBe("accept, accept-encoding")
        expect(answer.headers.get("content-type")).toBeNull()
        expect(answer.headers.get("content-length")).toBeNull()
        expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/)
      }
    })
  )

  it.effect("If-None-Match wins over If-Modified-Since, which counts in whole seconds", () =>
    Effect.gen(function* () {
      const since = "Mon, 23 Nov 2026 12:00:00 GMT"
      expect((yield* given({ "if-modified-since": since })).status).toBe(304)
      expect((yield* given({ "if-modified-since": "Mon, 23 Nov 2026 11:59:59 GMT" })).status).toBe(200)
      expect((yield* given({ "if-modified-since": "yesterday" })).status).toBe(200)
      expect((yield* given({ "if-modified-since": since, "if-none-match": '"x"' })).status).toBe(200)
    })
  )

  it.effect("HEAD is answered like GET, without the body", () =>
    Effect.gen(function* () {
      const head = yield* given({}, "/page", "HEAD")
      expect([head.status, head.body, head.headers.get("content-length")]).toEqual([200, "", "7"])
      expect((yield* given({ "if-none-match": "*" }, "/page", "HEAD")).status).toBe(304)
    })
  )

  it.effect("a given tag and cache rule are used", () =>
    Effect.gen(function* () {
      const answer = yield* given({ "if-none-match": '"7"' }, "/given")
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([304, "public, max-age=60"])
    })
  )

  it.effect("error responses have no validators", () =>
    Effect.gen(function* () {
      const answer = yield* given({ "if-none-match": "*" }, "/teapot")
      expect([answer.status, answer.headers.get("etag")]).toEqual([418, null])
    })
  )
})
