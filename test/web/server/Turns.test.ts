import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { living } from "../../fixtures/LivingServer.js"

/** More requests than the buffers of a connection hold, in bytes. */
const manyBytes = 24_000_000

const request = "GET / HTTP/1.1\r\nHost: me.example\r\n\r\n"

type Server = Effect.Effect.Success<ReturnType<typeof living>>

/** Another client is answered: whatever came before it has been taken in. */
const anotherIsAnswered = (server: Server) =>
  Effect.gen(function* () {
    const other = yield* server.connect
    other.get("/")
    yield* Effect.promise(() => other.until("home"))
    other.close()
  })

describe("pipelined requests", () => {
  it.scopedLive("R1: are executed one after another, answered in their order, and closed after sixteen", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.get("/slow")
      yield* server.arrived
      wire.send(request.repeat(200))
      yield* anotherIsAnswered(server)
      expect(yield* server.homes, "the other client's").toBe(1)
      yield* server.openDoor
      const text = yield* Effect.promise(() => wire.closed())
      expect(text.match(/slow|home/)?.[0]).toBe("slow")
      expect(text.match(/home/g)).toHaveLength(16)
      expect(text.match(/connection: close/gi)).toHaveLength(1)
      expect(yield* server.homes).toBe(17)
    })
  )

  it.scopedLive("R1: are not read without end, and block nothing when the client leaves", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.get("/slow")
      yield* server.arrived
      const count = Math.ceil(manyBytes / request.length)
      wire.send(request.repeat(count))
      for (let round = 0; round < 10; round++) yield* anotherIsAnswered(server)
      // What is left over is nearly all: a chunk was read, and the system's buffers have the rest.
      expect(wire.unsent).toBeGreaterThan(manyBytes / 2)
      wire.close()
      yield* server.openDoor
      yield* server.stop
      expect((yield* server.events).map(({ message }) => message)).toContain("Drained")
    })
  )

  it.scopedLive("continue when a body comes in pieces behind them", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.get("/slow")
      yield* server.arrived
      wire.send(request.repeat(10))
      wire.send("POST / HTTP/1.1\r\nHost: me.example\r\nContent-Length: 200000\r\n\r\n")
      wire.send("a".repeat(100_000))
      yield* anotherIsAnswered(server)
      yield* server.openDoor
      wire.send(`${"a".repeat(99_996)}last`)
      yield* Effect.promise(() => wire.until("aalast"))
      expect(yield* server.homes).toBe(11)
    })
  )
})
