import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { activeRequests, requestDuration } from "../../../src/metrics/Http.js"
import { eventually } from "../../fixtures/Eventually.js"
import { living } from "../../fixtures/LivingServer.js"

/** How many requests were counted so far, by method, route and status. */
const counted = Effect.sync(() =>
  Object.fromEntries(
    requestDuration.series.map(({ labels, value }) => [
      [labels["http.request.method"], labels["http.route"] ?? "-", labels["http.response.status_code"]].join(" "),
      typeof value === "number" ? value : value.count
    ])
  )
)

const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** What is counted more after an effect than before: the instruments are the whole process's. */
const more = <E, R>(effect: Effect.Effect<unknown, E, R>, expected: number) =>
  Effect.gen(function* () {
    const before = yield* counted
    yield* effect
    const after = yield* eventually(counted, (now) => total(now) - total(before) >= expected)
    return Object.fromEntries(
      Object.entries(after).flatMap(([key, count]) =>
        count === before[key] ? [] : [[key, count - (before[key] ?? 0)]]
      )
    )
  })

const host = "Host: me.example\r\n"

const once: ReadonlyArray<readonly [name: string, request: string, counted: string]> = [
  ["a page", `GET / HTTP/1.1\r\n${host}\r\n`, "GET / 200"],
  ["a HEAD, at the route that answers it", `HEAD / HTTP/1.1\r\n${host}\r\n`, "HEAD / 200"],
  ["an address that leads nowhere", `GET /nowhere HTTP/1.1\r\n${host}\r\n`, "GET - 404"],
  ["a method that a route does not take", `DELETE / HTTP/1.1\r\n${host}\r\n`, "DELETE - 405"],
  ["a method that is hardly a word", `PROPFIND / HTTP/1.1\r\n${host}\r\n`, "_OTHER - 405"],
  ["a method that Node knows nothing of", `SHOUT / HTTP/1.1\r\n${host}\r\n`, "_OTHER - 400"],
  ["no HTTP at all", "hello there\r\n\r\n", "_OTHER - 400"],
  ["a request without Host", "GET / HTTP/1.1\r\n\r\n", "GET - 400"],
  ["headers that are too large", `GET / HTTP/1.1\r\n${host}X-Large: ${"x".repeat(20_000)}\r\n\r\n`, "_OTHER - 431"],
  ["a tunnel", `CONNECT other.example:443 HTTP/1.1\r\n${host}\r\n`, "CONNECT - 400"],
  ["an address that is none", `GET /%zz HTTP/1.1\r\n${host}\r\n`, "GET - 400"],
  ["an unknown expectation", `POST / HTTP/1.1\r\n${host}Expect: x\r\nContent-Length: 0\r\n\r\n`, "POST - 417"],
  [
    "a body that breaks",
    `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nno chunk\r\n`,
    "POST / 499"
  ]
]

describe("request metrics", () => {
  for (const [name, request, key] of once) {
    it.scopedLive(`${name}: once`, () =>
      Effect.gen(function* () {
        const server = yield* living()
        const wire = yield* server.connect
        const counts = yield* more(
          Effect.sync(() => wire.send(request)).pipe(
            Effect.zipRight(Effect.promise(() => wire.until(/^HTTP\/1\.1 \d{3} /)))
          ),
          1
        )
        expect(counts).toEqual({ [key]: 1 })
        const lines = (yield* server.events).filter(({ message }) => message === "http.access")
        expect(lines).toHaveLength(1)
      })
    )
  }

  it.scopedLive("every request of a connection that is kept alive, pipelined ones too", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      const counts = yield* more(
        Effect.gen(function* () {
          wire.get("/")
          yield* Effect.promise(() => wire.until("home"))
          wire.get("/")
          wire.get("/nowhere")
          wire.get("/")
        }),
        4
      )
      expect(counts).toEqual({ "GET / 200": 3, "GET - 404": 1 })
    })
  )

  it.scopedLive("a client that leaves before its response is counted, and no longer active", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const active = Effect.sync(() =>
        activeRequests.series.find(({ labels }) => labels["http.request.method"] === "GET")
      )
      const wire = yield* server.connect
      const counts = yield* more(
        Effect.gen(function* () {
          wire.get("/stuck")
          yield* server.arrived
          expect((yield* active)?.value).toBe(1)
          wire.close()
        }),
        1
      )
      expect(counts).toEqual({ "GET /stuck 499": 1 })
      expect((yield* active)?.value).toBe(0)
    })
  )

  it.scopedLive("a client that leaves during its response is counted with its status", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      const counts = yield* more(
        Effect.gen(function* () {
          wire.get("/stream")
          yield* Effect.promise(() => wire.until("first"))
          wire.close()
        }),
        1
      )
      expect(counts).toEqual({ "GET /stream 200": 1 })
    })
  )
})
