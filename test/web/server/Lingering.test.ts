import { once } from "node:events"
import type { Server } from "node:http"
import { connect, type Socket } from "node:net"
import { Effect } from "effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Connections } from "../../../layers/http/Connections.js"
import { createLimitedServer } from "../../../layers/http/HttpLimits.js"
import { productionBounds } from "../../../layers/http/Lingering.js"

const mebibyte = 1_048_576

const head = (length: number, more = "") =>
  `POST / HTTP/1.1\r\nHost: me.example\r\nContent-Length: ${length}\r\n${more}\r\n`

describe("S1: bodies of requests that were answered before", () => {
  let server: Server
  let connections: Connections
  let handled = 0

  beforeEach(async () => {
    handled = 0
    server = createLimitedServer({ trustedProxies: [] })
    connections = new Connections(server, () => false)
    connections.attach((_, response) => {
      handled++
      response.writeHead(401, { "content-length": 7 }).end("refused")
    })
    await once(server.listen(0, "127.0.0.1"), "listening")
  })

  afterEach(async () => {
    server.close()
    server.closeAllConnections()
    await Effect.runPromise(connections.closed)
  })

  const client = (): Socket => {
    const address = server.address()
    const port = typeof address === "object" ? (address?.port ?? 0) : 0
    // The server ends its side first; these clients go on sending.
    return connect({ port, host: "127.0.0.1", allowHalfOpen: true }).on("error", () => {})
  }

  /** Sends a text in pieces of a mebibyte, each after the one before, until the connection ends. */
  const pour = async (socket: Socket, bytes: number): Promise<number> => {
    let sent = 0
    const piece = Buffer.alloc(mebibyte, "a")
    while (sent < bytes && !socket.destroyed) {
      // A connection that is cut has no more callbacks.
      await new Promise<void>((resolve) => {
        socket.once("close", resolve).write(piece, () => resolve())
      })
      sent += mebibyte
    }
    return sent
  }

  const answerOf = async (socket: Socket): Promise<string> => {
    let said = ""
    socket.on("data", (chunk) => {
      said += chunk
    })
    await new Promise((resolve) => socket.once("close", resolve))
    return said
  }

  it.each(["", "Connection: close\r\n"])(
    "a client that sends all of it before it reads gets the response (%j)",
    async (more) => {
      const socket = client()
      const answered = answerOf(socket)
      socket.pause()
      socket.write(head(8 * mebibyte, more))
      await pour(socket, 8 * mebibyte)
      socket.resume().end()
      const said = await answered
      expect(said).toMatch(/^HTTP\/1\.1 401 /)
      expect(said).toContain("Connection: close")
      expect(said).toMatch(/refused$/)
    }
  )

  it("nothing more is read than the limit, and no request after it is handled", async () => {
    const socket = client()
    const answered = answerOf(socket)
    socket.write(head(1_000 * mebibyte))
    const sent = await pour(socket, 1_000 * mebibyte)
    expect(await answered).toMatch(/refused$/)
    // What the server has read, and what lies in the buffers of both ends.
    expect(sent).toBeLessThan(productionBounds.bytes + 32 * mebibyte)
    expect(handled).toBe(1)
  })

  it("a request behind the body is not handled", async () => {
    const socket = client()
    const answered = answerOf(socket)
    socket.write(head(mebibyte))
    socket.write(Buffer.alloc(mebibyte, "a"))
    socket.end(head(0))
    expect(await answered).toMatch(/refused$/)
    expect(handled).toBe(1)
  })

  it("a short body costs the client no connection", async () => {
    const socket = client()
    socket.write(head(60_000))
    const [first] = await once(socket, "data")
    expect(String(first)).toContain("Connection: keep-alive")
    socket.write(`${"a".repeat(60_000)}${head(0)}`)
    await once(socket, "data")
    expect(handled).toBe(2)
    socket.destroy()
  })

  it("the earliest of many clients that go on sending makes room for the next", async () => {
    const sockets = Array.from({ length: 3 * productionBounds.connections }, client)
    const closed = sockets.map((socket) => answerOf(socket))
    for (const socket of sockets) {
      socket.write(head(mebibyte))
      await once(socket, "data")
    }
    await expect.poll(() => connections.size).toBeLessThanOrEqual(productionBounds.connections)
    for (const socket of sockets) socket.destroy()
    expect(await Promise.all(closed)).toHaveLength(sockets.length)
  })
})
