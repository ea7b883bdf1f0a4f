import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect, Fiber, TestClock } from "effect"
import { living } from "../../fixtures/LivingServer.js"
import { Wire } from "../../fixtures/Wire.js"

const drain = (delaySeconds: number, deadlineSeconds: number) => ({
  drain: { delay: Duration.seconds(delaySeconds), deadline: Duration.seconds(deadlineSeconds) }
})

const count = (text: string, part: string): number => text.split(part).length - 1

describe("the shutdown of a server", () => {
  it.scopedLive("a request in progress is answered, and its services stay until then", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.get("/slow")
      yield* server.arrived
      const stopping = yield* Effect.fork(server.stop)
      yield* server.lifecycle.reached("draining")
      expect(server.ended).toEqual([])
      yield* server.openDoor
      const answer = yield* Effect.promise(() => wire.closed())
      expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
      expect(answer).toMatch(/\r\nconnection: close\r\n/i)
      expect(answer).toMatch(/\r\n\r\nslow$/)
      yield* Fiber.join(stopping)
      expect(server.ended).toEqual(["services"])
    })
  )

  it.scopedLive("the access line is written before any service ends", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.get("/slow")
      yield* server.arrived
      const stopping = yield* Effect.fork(server.stop)
      yield* server.lifecycle.reached("draining")
      yield* server.openDoor
      yield* Fiber.join(stopping)
      const messages = (yield* server.events).filter(({ level }) => level !== "DEBUG").map(({ message }) => message)
      expect(messages).toEqual(["Listening", "Draining", "http.access", "Drained"])
    })
  )

  it.scoped("during the delay new connections are accepted, and responses say close", () =>
    Effect.gen(function* () {
      const server = yield* living(drain(30, 1))
      const kept = yield* server.connect
      kept.get("/")
      yield* Effect.promise(() => kept.until("home"))
      expect(kept.received).not.toMatch(/connection: close/i)
      const stopping = yield* Effect.fork(server.stop)
      yield* server.lifecycle.reached("draining")
      const fresh = yield* server.connect
      fresh.get("/")
      expect(yield* Effect.promise(() => fresh.closed())).toMatch(
        /^HTTP\/1\.1 200 OK[\s\S]*connection: close[\s\S]*home$/i
      )
      kept.get("/")
      const both = yield* Effect.promise(() => kept.closed())
      expect(count(both, "HTTP/1.1 200 OK")).toBe(2)
      expect(count(both.toLowerCase(), "connection: close")).toBe(1)
      expect(server.ended).toEqual([])
      yield* TestClock.adjust("30 seconds")
      yield* Fiber.join(stopping)
    })
  )

  it.scopedLive("a request on a kept-alive connection after the listener has closed is still answered", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const slow = yield* server.connect
      slow.get("/slow")
      const half = yield* server.connect
      half.send("GET / HTTP/1.1\r\nHost: me.example\r\n")
      yield* server.arrived
      const stopping = yield* Effect.fork(server.stop)
      yield* Effect.promise(() => refused(server.port))
      half.send("\r\n")
      expect(yield* Effect.promise(() => half.closed())).toMatch(
        /^HTTP\/1\.1 200 OK[\s\S]*connection: close[\s\S]*home$/i
      )
      yield* server.openDoor
      expect(yield* Effect.promise(() => slow.closed())).toMatch(/slow$/)
      yield* Fiber.join(stopping)
    })
  )

  it.scopedLive("a response that had begun is completed, and its connection closes", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const wire = yield* server.connect
      wire.get("/stream")
      yield* Effect.promise(() => wire.until("first "))
      const stopping = yield* Effect.fork(server.stop)
      yield* Effect.promise(() => refused(server.port))
      yield* server.openDoor
      expect(yield* Effect.promise(() => wire.closed())).toMatch(/last\r\n0\r\n\r\n$/)
      yield* Fiber.join(stopping)
    })
  )

  it.scopedLive("idle connections are closed at once, those without any request after a short time", () =>
    Effect.gen(function* () {
      const server = yield* living()
      const idle = yield* server.connect
      idle.get("/")
      yield* Effect.promise(() => idle.until("home"))
      const silent = yield* server.connect
      yield* server.stop
      expect(yield* Effect.promise(() => silent.closed())).toBe("")
      yield* Effect.promise(() => idle.closed())
    })
  )

  it.scopedLive(
    "half-sent and hanging requests are cut off at the deadline, and their fibers are interrupted before the services end",
    () =>
      Effect.gen(function* () {
        const server = yield* living(drain(0, 0.2))
        const half = yield* server.connect
        half.send("POST / HTTP/1.1\r\nHost: me.example\r\nContent-Length: 10\r\n\r\nhalf")
        const stuck = yield* server.connect
        stuck.get("/stuck")
        yield* server.arrived
        yield* server.stop
        expect(server.ended).toEqual(["stuck request", "services"])
        expect(yield* Effect.promise(() => half.closed())).toBe("")
        const cut = (yield* server.events).find(({ message }) => message.startsWith("Requests cut off"))
        expect(cut).toMatchObject({ level: "WARNING", fields: { connections: 2, requests: 2, job: "http_server" } })
      })
  )

  it.scopedLive("an unused server ends without waiting for any deadline", () =>
    Effect.gen(function* () {
      const server = yield* living(drain(0, 3600))
      yield* server.stop
      expect(server.ended).toEqual(["services"])
      yield* Effect.promise(() => refused(server.port))
    })
  )
})

/** Waits until nobody listens on the port any more. */
const refused = async (port: number): Promise<void> => {
  for (;;) {
    const wire = await Wire.open(port).catch(() => undefined)
    if (wire === undefined) return
    wire.close()
  }
}
