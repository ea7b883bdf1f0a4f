import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { connect } from "node:net"
import { setTimeout as wait } from "node:timers/promises"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Connections } from "../../../layers/http/Connections.js"
import * as Refusals from "../../../layers/http/Refusals.js"
import { layerSilent } from "../../../layers/memory/Logger.js"
import * as SecureRandom from "../../../layers/process/SecureRandom.js"
import { Settings } from "../../../src/settings/Config.js"
import { settings } from "../../fixtures/TestServer.js"

const body = "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x--\r\n"

/** A server that takes a request's headers and body for 200 ms each, and what it answers to one that takes longer. */
const slowly = (type: string) =>
  Effect.gen(function* () {
    const refusals = yield* Refusals.make
    return yield* Effect.promise(async () => {
      const server = createServer({ requestTimeout: 200, headersTimeout: 200, connectionsCheckingInterval: 20 })
      const connections = new Connections(server, () => false)
      refusals.attach(server, connections)
      connections.attach((request: IncomingMessage, response: ServerResponse) => {
        let size = 0
        request.on("data", (chunk) => {
          size += chunk.length
        })
        request.on("end", () => response.end(`took ${size}`))
      })
      await once(server.listen(0, "127.0.0.1"), "listening")
      const address = server.address()
      const socket = connect(typeof address === "object" ? (address?.port ?? 0) : 0, "127.0.0.1").setEncoding("utf8")
      let text = ""
      socket.on("data", (chunk) => {
        text += chunk
      })
      socket.on("error", () => {})
      socket.write(
        `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`
      )
      const closed = once(socket, "close")
      for (const character of body) {
        socket.write(character)
        await wait(10)
        if (text !== "") break
      }
      await closed
      server.close()
      server.closeAllConnections()
      return text
    })
  }).pipe(Effect.provide(Layer.mergeAll(layerSilent, SecureRandom.layer, Layer.succeed(Settings, settings))))

describe("a request that takes longer than the limit", () => {
  it.live("gets 408 if it is a text", () =>
    Effect.map(slowly("application/json"), (text) => expect(text).toMatch(/^HTTP\/1.1 408 /))
  )

  it.live("continues if it uploads files", () =>
    Effect.map(slowly("multipart/form-data; boundary=x"), (text) => expect(text).toContain(`took ${body.length}`))
  )
})
