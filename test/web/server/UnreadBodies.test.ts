import { once } from "node:events"
import type { IncomingMessage } from "node:http"
import { connect } from "node:net"
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { Connections } from "../../../layers/http/Connections.js"
import { createLimitedServer } from "../../../layers/http/HttpLimits.js"

const head = (path: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nHost: me.example\r\nContent-Length: ${length}\r\n\r\n`

/** What a handler does with a body before it answers: the end of it is behind, and the next request with it. */
const handlers: Readonly<Record<string, (request: IncomingMessage) => Promise<void>>> = {
  nothing: async () => {},
  "its beginning": async (request) => {
    await once(request, "readable")
    request.read()
  },
  "all of it, slowly": async (request) => {
    for await (const _ of request) await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

describe("S2: bodies that no route has read", () => {
  it.each(Object.keys(handlers))(
    "stay on the connection when the handler of the request before read %s",
    async (what) => {
      const server = createLimitedServer({ trustedProxies: [] })
      const connections = new Connections(server, () => false)
      const unread: Array<IncomingMessage> = []
      connections.attach((request, response) => {
        if (request.url === "/waiting") unread.push(request)
        else void handlers[what]?.(request).then(() => response.end("here"))
      })
      await once(server.listen(0, "127.0.0.1"), "listening")
      const address = server.address()
      const socket = connect(typeof address === "object" ? (address?.port ?? 0) : 0, "127.0.0.1")
      socket.on("error", () => {}).resume()
      // The longest body whose end is read although nobody has asked for it; longer ones end the connection.
      const [before, large] = [65_536, 16_000_000]
      socket.write(`${head("/read", before)}${"a".repeat(before)}${head("/waiting", large)}${"b".repeat(large)}`)
      const buffered = () => unread[0]?.readableLength ?? 0
      await expect.poll(buffered).toBeGreaterThan(0)
      // Nothing says that no more will come: the whole body takes less time than this.
      for (let turn = 0; turn < 500; turn++) await new Promise((resolve) => setImmediate(resolve))
      expect(buffered()).toBeLessThan(300_000)
      socket.destroy()
      server.close()
      server.closeAllConnections()
      await Effect.runPromise(connections.closed)
    }
  )
})
