import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import { Effect } from "effect"

/** Somebody else's server on loopback, and all that reached it. */
export interface Listener {
  readonly port: number
  /** `http://127.0.0.1:{port}` */
  readonly origin: string
  /** Connections made so far, whether or not anything was asked over them. */
  readonly connections: () => number
  /** Connections that are open now. */
  readonly open: () => number
  readonly requests: ReadonlyArray<Pick<IncomingMessage, "method" | "url" | "headers">>
}

/** Listens on a free port of loopback until the scope ends; then cuts off whoever is still connected. */
export const listen = (answer: (request: IncomingMessage, response: ServerResponse, origin: string) => void) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const requests: Array<Pick<IncomingMessage, "method" | "url" | "headers">> = []
      const sockets = new Set<Socket>()
      let connections = 0
      const server = createServer((request, response) => {
        requests.push({ method: request.method, url: request.url, headers: request.headers })
        answer(request, response, origin)
      })
      server.on("connection", (socket) => {
        connections += 1
        sockets.add(socket)
        socket.on("close", () => sockets.delete(socket))
      })
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
      const { port } = server.address() as AddressInfo
      const origin = `http://127.0.0.1:${port}`
      const close = () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve())
          for (const socket of sockets) socket.destroy()
        })
      return { port, origin, connections: () => connections, open: () => sockets.size, requests, close }
    }),
    ({ close }) => Effect.promise(close)
  )
