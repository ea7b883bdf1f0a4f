import { describe, expect, it } from "@effect/vitest"
import { Effect, Schedule } from "effect"
import { living } from "../../fixtures/LivingServer.js"

type Server = Effect.Effect.Success<ReturnType<typeof living>>

const accessLines = (server: Server, count: number) =>
  Effect.map(server.events, (events) => events.filter(({ message }) => message === "http.access")).pipe(
    Effect.repeat({
      until: (lines) => lines.length >= count,
      schedule: Schedule.spaced("5 millis").pipe(Schedule.upTo("10 seconds"))
    }),
    Effect.zipRight(Effect.map(server.events, (events) => events.filter(({ message }) => message === "http.access")))
  )

/** Nothing is left of the requests: a drain waits for nobody. */
const nothingIsLeft = (server: Server) =>
  Effect.gen(function* () {
    yield* server.stop
    const messages = (yield* server.events).map(({ message }) => message)
    expect(messages).toContain("Drained")
  })

describe("clients that leave before the response", () => {
  it.scopedLive("with an RST during a large response: its access line is written, and nothing is left", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.get("/large")
      yield* Effect.promise(() => wire.until("200 OK"))
      wire.reset()
      expect(yield* accessLines(server, 1)).toMatchObject([{ fields: { path: "/large" } }])
      yield* nothingIsLeft(server)
    })
  )

  it.scopedLive("R1: with requests queued behind another: they are never begun, and nothing is left", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.get("/slow")
      yield* server.arrived
      wire.get("/")
      wire.get("/stuck")
      wire.get("/large")
      // Long enough on the wire to be parsed: another connection is answered after it.
      const other = yield* server.connect
      other.get("/")
      yield* Effect.promise(() => other.until("home"))
      wire.close()
      const paths = (yield* accessLines(server, 2)).map(({ fields }) => fields.path)
      expect(paths.toSorted()).toEqual(["/", "/slow"])
      yield* server.openDoor
      expect(yield* server.homes, "the other client's").toBe(1)
      yield* nothingIsLeft(server)
    })
  )

  it.scopedLive("during an uninterruptible action: it is completed, and nothing is left", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.get("/stubborn")
      yield* server.arrived
      wire.reset()
      const other = yield* server.connect
      other.get("/")
      yield* Effect.promise(() => other.until("home"))
      yield* server.openDoor
      const paths = (yield* accessLines(server, 2)).map(({ fields }) => fields.path)
      expect(paths.toSorted()).toEqual(["/", "/stubborn"])
      yield* nothingIsLeft(server)
    })
  )

  it.scopedLive("with a request behind a refused one: it is neither executed nor answered, and nothing is left", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.send("GET / HTTP/1.1\r\nHost: me.example\r\nHost: other.example\r\n\r\n")
      wire.get("/stuck")
      expect(yield* Effect.promise(() => wire.closed())).toMatch(/^HTTP\/1\.1 400 /)
      expect((yield* accessLines(server, 1)).map(({ fields }) => fields.status)).toEqual([400])
      yield* nothingIsLeft(server)
      expect(server.ended).toEqual(["services"])
    })
  )
})
