import { once } from "node:events"
import { connect } from "node:net"
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { Connections } from "../../../layers/http/Connections.js"
import { createLimitedServer } from "../../../layers/http/HttpLimits.js"

/** More than the buffers of a connection take while nobody reads. */
const large = Buffer.alloc(32_000_000)

describe("a client that requests much and reads nothing", () => {
  it("is disconnected after a time without progress, and nothing of its response is kept", async () => {
    const server = createLimitedServer({ trustedProxies: [] }, { stallTimeout: 200 })
    const connections = new Connections(server, () => false)
    const over = new Promise<void>((resolve) => {
      connections.attach((_, response) => {
        response.once("close", resolve)
        response.end(large)
      })
    })
    await once(server.listen(0, "127.0.0.1"), "listening")
    const address = server.address()
    const socket = connect(typeof address === "object" ? (address?.port ?? 0) : 0, "127.0.0.1")
    socket.on("error", () => {})
    socket.pause()
    socket.write("GET / HTTP/1.1\r\nHost: me.example\r\n\r\n")
    await over
    socket.destroy()
    server.close()
    server.closeAllConnections()
    await Effect.runPromise(connections.closed)
    expect(connections.inFlight).toBe(0)
  })
})
