import type { IncomingMessage } from "node:http"
import type { Socket } from "node:net"

/** Limits of connections that are closed although their client is still sending. */
export interface LingeringBounds {
  /** How long the client may continue to send, in milliseconds. */
  readonly longest: number
  /** Maximum bytes that one client may continue to send: the largest form, and room for more. */
  readonly bytes: number
  /** Number of such connections: each reads 64 KiB at a time, which V8 frees only some time later. */
  readonly connections: number
}

/** The time is that for refused uploads (`Multipart`). Sixteen clients at once are more than one owner has. */
export const productionBounds: LingeringBounds = { longest: 5_000, bytes: 16_777_216, connections: 16 }

const closeAfterResponse = (socket: Socket): void => {
  if (socket.writableFinished) socket.destroy()
  else socket.once("finish", () => socket.destroy())
}

/**
 * Closes connections whose request was answered before its body was read. If the server closed such a connection at
 * once, a client that is still sending would get a reset in place of the response (RFC 9112 §9.6). So the server ends
 * its own side, discards incoming bytes for a while, and then closes. The connection accepts no further request.
 */
export class Lingering {
  /** Earliest first. */
  private readonly open = new Set<Socket>()

  constructor(private readonly bounds: LingeringBounds = productionBounds) {}

  /** Number of connections that linger. */
  get size(): number {
    return this.open.size
  }

  /** Closes the connection when its response is sent and the rest of the request has arrived, or a limit is reached. */
  close(socket: Socket, request: IncomingMessage): void {
    if (this.open.has(socket) || socket.destroyed) return
    const [earliest] = this.open
    if (this.open.size >= this.bounds.connections) earliest?.destroy()
    this.open.add(socket)
    const start = socket.bytesRead
    const timer = setTimeout(() => socket.destroy(), this.bounds.longest).unref()
    socket.on("data", () => {
      if (request.complete || socket.bytesRead - start > this.bounds.bytes) closeAfterResponse(socket)
    })
    socket.once("close", () => {
      clearTimeout(timer)
      this.open.delete(socket)
    })
    socket.end()
    socket.resume()
  }
}
