import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { describe, expect, it, layer } from "@effect/vitest"
import { Context, Deferred, Effect, FastCheck, Fiber, Layer, Option } from "effect"
import { CapturedLogs } from "../../../layers/memory/Logger.js"
import { PageNotFound } from "../../../src/errors/Address.js"
import { currentRequestId } from "../../../src/services/Correlation.js"
import { Lifecycle } from "../../../src/services/Lifecycle.js"
import { Logger } from "../../../src/services/Logger.js"
import { loggablePath } from "../../../src/web/http/AccessLog.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { probe, publicPage } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import { accessLines, ask, askAndLeave, askRaw, testServer } from "../../fixtures/TestServer.js"

/** Lets a test know that a handler has begun. */
class Begun extends Context.Tag("test/Begun")<Begun, Deferred.Deferred<void>>() {}

const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const log = (yield* Logger).named("test")
    const begun = yield* Begun
    yield* routes.add(publicPage, "GET", "/", HttpServerResponse.text("home"))
    yield* routes.add(publicPage, "POST", "/notes", HttpServerResponse.empty({ status: 201 }))
    yield* routes.add(
      publicPage,
      "GET",
      "/notes/:slug",
      Effect.gen(function* () {
        const { slug } = yield* HttpLayerRouter.params
        const id = yield* currentRequestId
        yield* log.info("note.seen", { slug })
        return slug === "absent"
          ? yield* new PageNotFound()
          : HttpServerResponse.unsafeJson({ slug, id: id._tag === "Some" ? id.value : null })
      })
    )
    yield* routes.add(publicPage, "GET", "/slow", Effect.zipRight(Deferred.succeed(begun, undefined), Effect.never))
    yield* routes.add(
      publicPage,
      "GET",
      "/own-headers",
      HttpServerResponse.text("feed", { headers: { "cross-origin-resource-policy": "cross-origin" } })
    )
    yield* routes.add(probe, "GET", "/health/ready", HttpServerResponse.text("{}"))
    yield* routes.add(publicPage, "POST", "/admin/posts", HttpServerResponse.empty())
  })
)

const server = (options?: Parameters<typeof testServer>[1]) =>
  Layer.provideMerge(testServer(serve(routes), options), Layer.effect(Begun, Deferred.make<void>()))

const withId = (id: string) => ({ headers: { "x-request-id": id } })

describe("request ids", () => {
  layer(server({ trusted: ["127.0.0.0/8"] }), { excludeTestServices: true })("from a trusted hop", (it) => {
    it.effect("a valid one is kept: on the response, on every line, and in handlers", () =>
      Effect.gen(function* () {
        const answer = yield* ask("/notes/one", withId("trace.me_2026-11"))
        expect(answer.headers.get("x-request-id")).toBe("trace.me_2026-11")
        expect(JSON.parse(answer.body).id).toBe("trace.me_2026-11")
        yield* accessLines(1)
        const events = yield* Effect.flatMap(CapturedLogs, ({ events }) => events)
        expect(events.filter(({ fields }) => fields.request_id === "trace.me_2026-11").map((e) => e.message)).toEqual([
          "note.seen",
          "http.access"
        ])
      })
    )

    it.effect.each(["short", "x".repeat(65), "with space here", "<script>alert(1)", 'quote"quote'])(
      "%s is not, and no part of it is in the log",
      (offered) =>
        Effect.gen(function* () {
          const answer = yield* ask("/", withId(offered))
          expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/)
          yield* accessLines(1)
          const events = yield* Effect.flatMap(CapturedLogs, ({ events }) => events)
          expect(JSON.stringify(events)).not.toContain(offered)
        })
    )
  })

  layer(server(), { excludeTestServices: true })("from any other client", (it) => {
    it.effect("are generated, and never twice", () =>
      Effect.gen(function* () {
        const answers = yield* Effect.all(
          Array.from({ length: 50 }, (_, index) => ask(`/notes/${index}`, withId("same-for-everybody"))),
          { concurrency: 10 }
        )
        const ids = answers.map(({ headers }) => headers.get("x-request-id"))
        expect(new Set(ids).size).toBe(50)
        for (const [index, { body }] of answers.entries()) {
          expect(JSON.parse(body)).toEqual({ slug: String(index), id: ids[index] })
        }
      })
    )
  })
})

layer(server({ trusted: ["127.0.0.1"] }), { excludeTestServices: true })("the access log", (it) => {
  const only = <A, E, R>(request: Effect.Effect<A, E, R>) =>
    Effect.gen(function* () {
      yield* Effect.flatMap(CapturedLogs, ({ clear }) => clear)
      yield* request
      const lines = yield* accessLines(1)
      expect(lines).toHaveLength(1)
      return lines[0]?.fields ?? {}
    })

  it.effect("has one line for a response", () =>
    Effect.gen(function* () {
      const fields = yield* only(
        ask("/notes/one?page=2&code=hush&access_token=hush", {
          headers: { "user-agent": "u".repeat(5000), "x-forwarded-for": "203.0.113.7" }
        })
      )
      expect(fields).toMatchObject({
        method: "GET",
        route: "/notes/:slug",
        path: "/notes/one?page=2&code=***&access_token=***",
        status: 200,
        client_address: "203.0.113.7",
        aborted: false
      })
      expect(fields.bytes_out).toBeGreaterThan(10)
      expect(fields.duration_ms).toBeGreaterThan(0)
      expect(String(fields.user_agent)).toHaveLength(256)
      expect(fields.request_id).toMatch(/^[0-9a-f]{32}$/)
    })
  )

  it.effect("has one line for a 404, with its code", () =>
    Effect.gen(function* () {
      const fields = yield* only(ask("/nowhere", { method: "HEAD" }))
      expect(fields).toMatchObject({ status: 404, error_code: "http.not_found", bytes_out: 0, method: "HEAD" })
    })
  )

  it.effect("has one line for a client that left, without an error", () =>
    Effect.gen(function* () {
      const leave = yield* askAndLeave("GET /slow HTTP/1.1\r\nHost: me.example\r\n\r\n")
      yield* Effect.flatMap(Begun, Deferred.await)
      const fields = yield* only(leave)
      expect(fields).toMatchObject({ status: 499, aborted: true, route: "/slow" })
      const events = yield* Effect.flatMap(CapturedLogs, ({ events }) => events)
      expect(events.filter(({ level }) => level !== "INFO")).toEqual([])
    })
  )

  it.effect("shortens long addresses", () =>
    Effect.gen(function* () {
      const fields = yield* only(ask(`/${"a".repeat(9000)}`))
      expect(fields).toMatchObject({ status: 414, error_code: "http.address_malformed" })
      expect(fields.path).toMatch(/^\/a+\.\.\.$/)
      expect(String(fields.path).length).toBeLessThan(600)
    })
  )
})

it.prop("a logged address is printable, short, and without secrets", [FastCheck.string()], ([noise]) => {
  const path = loggablePath(`/${noise}?client_secret=${"hush"}&state=hush${noise.replaceAll("&", "")}`)
  expect(path).toMatch(/^[\x21-\x7e]{1,515}$/)
  if (!noise.includes("?")) expect(path).not.toContain("hush")
})

layer(server(), { excludeTestServices: true })("addresses and methods", (it) => {
  const target = (text: string) => askRaw(`GET ${text} HTTP/1.1\r\nHost: me.example\r\nConnection: close\r\n\r\n`)

  it.effect.each([
    ["/notes/%", 400],
    ["/notes/%zz", 400],
    ["/notes/%c3%28", 400],
    ["/notes/%00", 400],
    ["/notes/a?q=%00", 400],
    ["/notes/%0d%0aset-cookie:x", 400],
    ["/../etc/passwd", 400],
    ["/notes/..%2f..%2fetc", 400],
    ["/notes/..%5c..%5cetc", 400],
    [`/${"a".repeat(9000)}`, 414],
    [`/notes/${"%25".repeat(690)}`, 414],
    [`/notes/one?q=${"%25".repeat(2_700)}`, 200],
    [`/${"a".repeat(60_000)}`, 431],
    ["http://elsewhere.example/", 400],
    ["*", 400],
    ["//notes/one", 404],
    ["/NOTES/x", 404],
    ["/notes/%252e%252e", 200],
    ["/notes/caf%C3%A9?q=100%", 200],
    ["/notes/one/", 200]
  ] as const)("%s is answered %i", ([address, status]) =>
    Effect.gen(function* () {
      const answer = yield* target(address)
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
      expect(answer).not.toMatch(/^set-cookie/im)
    })
  )

  it.effect("a wrong method gets the allowed ones", () =>
    Effect.gen(function* () {
      const home = yield* ask("/", { method: "DELETE" })
      expect([home.status, home.headers.get("allow")]).toEqual([405, "GET, HEAD"])
      expect(JSON.parse(home.body).code).toBe("http.method_not_allowed")
      expect((yield* ask("/notes")).headers.get("allow")).toBe("POST")
      expect((yield* ask("/admin/posts")).headers.get("allow")).toBe("POST")
      expect((yield* ask("/nowhere", { method: "DELETE" })).status).toBe(404)
    })
  )

  it.effect("a route that finds nothing is a 404 for any method", () =>
    Effect.gen(function* () {
      expect((yield* ask("/notes/absent")).status).toBe(404)
    })
  )

  it.effect("Host and forwarding headers of strangers are not trusted", () =>
    Effect.gen(function* () {
      const answer = yield* askRaw(
        "GET /nowhere HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n"
      )
      expect(answer).not.toContain("evil.example")
      expect(answer).toContain("https://me.example/errors/http.not_found")
    })
  )
})

layer(server(), { excludeTestServices: true })("headers", (it) => {
  it.effect.each(["/", "/nowhere", "/%zz"])("%s has the security headers", (path) =>
    Effect.gen(function* () {
      const { headers } = yield* ask(path)
      expect(headers.get("content-security-policy")).toContain("script-src 'none'")
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'")
      expect(headers.get("content-security-policy")).not.toContain("unsafe")
      expect(headers.get("x-content-type-options")).toBe("nosniff")
      expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin")
      expect(headers.get("strict-transport-security")).toBe("max-age=31536000")
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin")
      expect(headers.get("x-powered-by")).toBeNull()
      expect(headers.get("set-cookie")).toBeNull()
    })
  )

  it.effect("a route's own headers win", () =>
    Effect.gen(function* () {
      const { headers } = yield* ask("/own-headers")
      expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin")
    })
  )
})

layer(server({ phase: "starting" }), { excludeTestServices: true })("the phases of the server", (it) => {
  it.effect("during the start only health is answered, and others wait; during the drain connections are closed", () =>
    Effect.gen(function* () {
      const early = yield* Effect.fork(ask("/notes/early"))
      expect((yield* ask("/health/ready")).status).toBe(200)
      expect((yield* ask("/a%2")).status).toBe(400)
      expect(Option.isNone(yield* Fiber.poll(early))).toBe(true)

      const lifecycle = yield* Lifecycle
      yield* lifecycle.advance("ready")
      expect(JSON.parse((yield* Fiber.join(early)).body).slug).toBe("early")
      const ready = yield* ask("/")
      expect([ready.status, ready.headers.get("connection")]).toEqual([200, "keep-alive"])

      yield* lifecycle.advance("draining")
      const late = yield* ask("/")
      expect([late.status, late.headers.get("connection")]).toEqual([200, "close"])
    })
  )
})

layer(server({ phase: "starting" }), { excludeTestServices: true })(
  "a start that takes longer than requests wait",
  (it) => {
    // In real time, five seconds of it: the requests come over a socket, which no clock of a test moves.
    it.effect("is reported under every address but those of health", () =>
      Effect.gen(function* () {
        const answers = yield* Effect.all([ask("/"), ask("/healthy")], { concurrency: 2 })
        for (const { body, headers, status } of answers) {
          expect([status, headers.get("retry-after")]).toEqual([503, "2"])
          expect(JSON.parse(body).code).toBe("http.site_starting")
        }
      })
    )
  }
)

describe("types", () => {
  it("a route with an unhandled failure does not compile", () => {
    const stray = Routes.one(publicPage, "GET", "/", Effect.fail("a mere string"))
    // @ts-expect-error a string is no failure of the catalogue
    expect(serve(stray)).toBeDefined()
  })
})
