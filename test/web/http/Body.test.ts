import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { expect, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as Body from "../../../src/web/http/Body.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { publicPage } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"
import { accessLines, ask, askAndLeave, askRaw, testServer } from "../../fixtures/TestServer.js"

const limit = { maxBytes: 1000 }
/** Room for what is refused by its shape. */
const jsonLimit = { maxBytes: 200_000 }

const routes = Layer.mergeAll(
  Routes.one(
    { ...publicPage, maxBody: 1_048_576 },
    "POST",
    "/json",
    Effect.map(Body.json(jsonLimit), HttpServerResponse.unsafeJson)
  ),
  Routes.one(
    { ...publicPage, maxBody: 1_048_576 },
    "POST",
    "/form",
    Effect.map(Body.form(limit), (fields) => HttpServerResponse.unsafeJson([...fields]))
  ),
  Routes.one(
    { ...publicPage, maxBody: 1_048_576 },
    "POST",
    "/text",
    Effect.map(Body.text(limit), HttpServerResponse.text)
  ),
  Routes.one(
    { ...publicPage, maxBody: 1_048_576 },
    "POST",
    "/platform",
    Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ json }) => Effect.flatMap(json, HttpServerResponse.json))
  )
)

const post = (
  path: string,
  type: string,
  body: string | Uint8Array | ReadableStream,
  more: Record<string, string> = {}
) => ask(path, { method: "POST", headers: { "content-type": type, ...more }, body, duplex: "half" } as RequestInit)

const json = (body: string | Uint8Array) => post("/json", "application/json", body)
const form = (body: string | Uint8Array) => post("/form", "application/x-www-form-urlencoded", body)

layer(testServer(serve(routes)), { excludeTestServices: true })("bodies", (it) => {
  it.effect("JSON arrives unchanged", () =>
    Effect.gen(function* () {
      const body = '{"type":["h-entry"],"properties":{"content":["Grüße 🎈"],"x":[null,1.5,true]}}'
      expect((yield* json(body)).body).toBe(body)
      expect((yield* post("/json", 'application/ld+json; charset="UTF-8"', "[]")).body).toBe("[]")
    })
  )

  it.effect("forms arrive in order, with repeated and bracketed names together", () =>
    Effect.gen(function* () {
      const answer = yield* form("h=entry&category[]=a&content=1%2B1+%3D+2&category=b%20c&__proto__=x&empty=&flag")
      expect(JSON.parse(answer.body)).toEqual([
        ["h", ["entry"]],
        ["category", ["a", "b c"]],
        ["content", ["1+1 = 2"]],
        ["__proto__", ["x"]],
        ["empty", [""]],
        ["flag", [""]]
      ])
    })
  )

  it.effect.each([
    ["malformed", "{", "valid JSON"],
    ["two values", "{}{}", "valid JSON"],
    ["a NaN", "NaN", "valid JSON"],
    ["nothing", "", "Send a body"],
    ["white space", " \n", "Send a body"],
    ["too deep", `${"[".repeat(33)}${"]".repeat(33)}`, "Reduce the nesting"],
    ["far too deep", `${"[".repeat(500)}${"]".repeat(500)}`, "Reduce the nesting"],
    ["too deep where it is broken as well", '{"a":'.repeat(33), "at most 32 levels"],
    ["more numbers than are taken", `[${"1,".repeat(20_000)}1]`, "at most 10,000 values"],
    ["more empty objects than are taken", `{"a":[${"{},".repeat(10_000)}1]}`, "at most 10,000 values"],
    ["more members than are taken", `{${'"":1,'.repeat(20_000)}"b":1}`, "at most 10,000 values"],
    ["__proto__", '{"a":[{"__proto__":{"admin":true}}]}', "__proto__"],
    ["an escaped __proto__", '{"\\u005f_proto__":1}', "__proto__"],
    ["invalid UTF-8", new Uint8Array([0x22, 0xc3, 0x28, 0x22]), "UTF-8"],
    ["an overlong encoding", new Uint8Array([0x22, 0xc0, 0xaf, 0x22]), "UTF-8"]
  ] as const)("JSON with %s is a 400 with advice", ([, body, words]) =>
    Effect.gen(function* () {
      const answer = yield* json(body)
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.body)).toMatchObject({ code: "http.body_malformed" })
      expect(JSON.parse(answer.body).detail).toContain(words)
    })
  )

  it.effect.each(["a=%", "a=%zz", "a=%ff%fe", "%c3=1"])("the form %s is a 400", (body) =>
    Effect.gen(function* () {
      const answer = yield* form(body)
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.body).code).toBe("http.body_malformed")
    })
  )

  it.effect("nesting up to the limit is accepted, and so are many fields up to a limit", () =>
    Effect.gen(function* () {
      expect((yield* json(`${"[".repeat(32)}${"]".repeat(32)}`)).status).toBe(200)
      expect((yield* form("&".repeat(900))).status).toBe(200)
    })
  )

  it.effect("a body at the limit is accepted, one byte more is not", () =>
    Effect.gen(function* () {
      expect((yield* post("/text", "text/plain", "x".repeat(1000))).body).toHaveLength(1000)
      const answer = yield* post("/text", "text/plain", "x".repeat(1001))
      expect(answer.status).toBe(413)
      expect(JSON.parse(answer.body).code).toBe("http.body_too_large")
    })
  )

  it.effect("a too large body is answered while the client still sends it", () =>
    Effect.gen(function* () {
      expect((yield* post("/text", "text/plain", "x".repeat(3_000_000))).status).toBe(413)
      const chunk = new Uint8Array(65_536)
      let sent = 0
      const endless = new ReadableStream({
        pull(controller) {
          sent += 1
          if (sent > 60) controller.close()
          else controller.enqueue(chunk)
        }
      })
      expect((yield* post("/text", "text/plain", endless)).status).toBe(413)
    })
  )

  it.effect.each([
    ["/json", "text/plain"],
    ["/json", ""],
    ["/json", "application/json; charset=iso-8859-1"],
    ["/form", "application/json"],
    ["/form", "multipart/form-data; boundary=x"]
  ] as const)("%s refuses %s with 415", ([path, type]) =>
    Effect.gen(function* () {
      const answer = yield* post(path, type, "{}")
      expect(answer.status).toBe(415)
      expect(JSON.parse(answer.body).code).toBe("http.media_type_unsupported")
    })
  )

  it.effect("a compressed body is refused rather than misread", () =>
    Effect.gen(function* () {
      expect((yield* post("/json", "application/json", "{}", { "content-encoding": "gzip" })).status).toBe(415)
    })
  )

  it.effect("a client that disconnects during its body is no error", () =>
    Effect.gen(function* () {
      const before = (yield* accessLines(0)).length
      const leave = yield* askAndLeave("POST /text HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
      yield* leave
      const line = (yield* accessLines(before + 1)).at(-1)
      expect(line?.fields.aborted).toBe(true)
    })
  )

  it.effect("contradictory lengths are refused", () =>
    Effect.gen(function* () {
      const answer = yield* askRaw(
        "POST /text HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
      )
      expect(answer).toMatch(/^HTTP\/1.1 400 /)
    })
  )

  it.effect("errors of the platform's own reader are answered with a 4xx", () =>
    Effect.gen(function* () {
      const malformed = yield* post("/platform", "application/json", "{")
      expect([malformed.status, JSON.parse(malformed.body).code]).toEqual([400, "http.body_malformed"])
    })
  )
})
