import type { IncomingMessage, Server, ServerResponse } from "node:http"
import type { Socket } from "node:net"
import { Effect } from "effect"

/** Answers a request, sooner or later. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/**
 * The connections of a server and the answers that are owed on them. It alone listens for requests: a handler may come
 * late (requests wait for it) and stays until the last connection is gone.
 */
export class Connections {
  private readonly sockets = new Set<Socket>()
  private readonly owed = new Map<ServerResponse, IncomingMessage>()
  private readonly waiting: Array<Parameters<Handler>> = []
  private readonly gone: Promise<void>
  private handler: Handler | undefined
  private closing = false

  /** `refuse` answers requests that no handler should see, and says whether it did. */
  constructor(
    private readonly server: Server,
    refuse: (request: IncomingMessage, response: ServerResponse) => boolean
  ) {
    this.gone = new Promise((resolve) => server.once("close", resolve))
    server.on("connection", (socket: Socket) => {
      this.sockets.add(socket)
      socket.once("close", () => this.sockets.delete(socket))
    })
    server.on("request", (request, response) => {
      this.owe(request, response)
      // The place for pages that are answered from a cache, before any fiber is made.
      if (refuse(request, response)) return
      if (this.handler === undefined) this.waiting.push([request, response])
      else this.handler(request, response)
    })
  }

  /** Open connections. */
  get size(): number {
    return this.sockets.size
  }

  /** Answers that are owed and not sent whole. */
  get inFlight(): number {
    return this.owed.size
  }

  /** Whether an answer is owed on this connection, and if so, whether it has begun. */
  answerOn(socket: unknown): "none" | "owed" | "begun" {
    for (const response of this.owed.keys()) {
      if (response.socket === socket) return response.headersSent ? "begun" : "owed"
    }
    return "none"
  }

  /** Whether somebody on this connection is bringing files and has no answer yet. */
  isUploading(socket: unknown): boolean {
    for (const [response, { headers }] of this.owed) {
      if (response.socket !== socket || response.headersSent) continue
      return /^multipart\/form-data\b/i.test(headers["content-type"] ?? "")
    }
    return false
  }

  /** Hands requests to this handler, those first that came before it. */
  attach(handler: Handler): void {
    this.handler = handler
    for (const [request, response] of this.waiting.splice(0)) if (!response.closed) handler(request, response)
  }

  /** From now on every answer says `Connection: close`, those that are owed included. */
  announceClosing(): void {
    this.closing = true
    for (const response of this.owed.keys()) if (!response.headersSent) response.shouldKeepAlive = false
  }

  /** Takes no more connections and closes those that are idle; answers what still comes on the others. */
  stopAccepting(): void {
    this.announceClosing()
    this.server.close()
  }

  /** Closes connections on which nothing was ever sent: Node counts them as busy. Browsers open such ahead of need. */
  closeUnused(): void {
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy()
  }

  /** Closes every connection, whatever is owed on it. */
  closeAll(): void {
    this.server.close()
    this.server.closeAllConnections()
  }

  /** Waits until the server no longer listens and the last connection is gone. */
  readonly closed: Effect.Effect<void> = Effect.promise(() => this.gone)

  private owe(request: IncomingMessage, response: ServerResponse): void {
    this.owed.set(response, request)
    if (this.closing) response.shouldKeepAlive = false
    response.once("close", () => {
      this.owed.delete(response)
      // An answer that had begun before the closing was announced leaves its connection open and idle.
      if (this.closing && !this.server.listening) setImmediate(() => this.server.closeIdleConnections())
    })
  }
}

/** Lets the event loop take in once what has already arrived, connections and requests alike. */
export const takeInArrived: Effect.Effect<void> = Effect.async((resume) => {
  setImmediate(() => setImmediate(() => resume(Effect.void)))
})
