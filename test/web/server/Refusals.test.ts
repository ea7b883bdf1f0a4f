import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { living } from "../../fixtures/LivingServer.js"

const refusals: ReadonlyArray<readonly [string, request: string, status: number, code: string]> = [
  ["no HTTP at all", "hello there\r\n\r\n", 400, "http.request_malformed"],
  ["TLS", "\x16\x03\x01\x02\x00\x01\x00", 400, "http.request_malformed"],
  ["no Host", "GET / HTTP/1.1\r\n\r\n", 400, "http.request_malformed"],
  ["two Hosts", "GET / HTTP/1.1\r\nHost: me.example\r\nhost: other.example\r\n\r\n", 400, "http.request_malformed"],
  [
    "both lengths (request smuggling)",
    "POST / HTTP/1.1\r\nHost: me.example\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    400,
    "http.request_malformed"
  ],
  [
    "two Content-Lengths",
    "POST / HTTP/1.1\r\nHost: me.example\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
    400,
    "http.request_malformed"
  ],
  [
    "a header that is none",
    "GET / HTTP/1.1\r\nHost: me.example\r\nBad Header: x\r\n\r\n",
    400,
    "http.request_malformed"
  ],
  [
    "headers that are too large",
    `GET / HTTP/1.1\r\nHost: me.example\r\nX-Large: ${"x".repeat(20_000)}\r\n\r\n`,
    431,
    "http.headers_too_large"
  ],
  [
    "an absolute target",
    "GET http://other.example/ HTTP/1.1\r\nHost: me.example\r\n\r\n",
    400,
    "http.address_malformed"
  ],
  ["a tunnel", "CONNECT other.example:443 HTTP/1.1\r\nHost: other.example:443\r\n\r\n", 400, "http.address_malformed"],
  [
    "an unknown expectation",
    "POST / HTTP/1.1\r\nHost: me.example\r\nExpect: the-unexpected\r\nContent-Length: 0\r\n\r\n",
    417,
    "http.expectation_unsupported"
  ]
]

describe("an invalid request", () => {
  for (const [name, request, status, code] of refusals) {
    it.scopedLive(`${name} is answered with ${status}, with an id that is also in its one access line`, () =>
      Effect.gen(function* () {
        const server = yield* living()
        const wire = yield* server.connect
        wire.send(request)
        const answer = yield* Effect.promise(() => wire.until(/\}$/))
        expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
        expect(answer).toMatch(/\r\ncontent-type: application\/problem\+json\r\n/i)
        expect(answer).toMatch(/\r\ndate: /i)
        const body = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))
        expect(body).toMatchObject({ status, code })
        const id = /\r\nx-request-id: ([0-9a-f]{32})\r\n/i.exec(answer)?.[1]
        expect(body.instance).toBe(id)
        const lines = (yield* server.events).filter(({ message }) => message === "http.access")
        expect(lines).toMatchObject([{ level: "INFO", fields: { request_id: id, status, error_code: code } }])
      })
    )
  }

  it.scopedLive("a refused connection is closed, and says so", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.send("nonsense\r\n\r\nGET / HTTP/1.1\r\nHost: me.example\r\n\r\n")
      const answer = yield* Effect.promise(() => wire.closed())
      expect(answer).toMatch(/\r\nconnection: close\r\n/i)
      expect(answer.match(/^HTTP\/1\.1 \d{3} /gm)).toHaveLength(1)
    })
  )

  it.scopedLive("HTTP/1.0 needs no Host", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.send("GET / HTTP/1.0\r\n\r\n")
      expect(yield* Effect.promise(() => wire.closed())).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*home$/)
    })
  )

  it.scopedLive("a body that breaks while a route reads it ends that request only", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.send("POST / HTTP/1.1\r\nHost: me.example\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nno chunk\r\n")
      expect(yield* Effect.promise(() => wire.closed())).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
      const other = yield* server.connect
      other.get("/")
      yield* Effect.promise(() => other.until("home"))
    })
  )
})
