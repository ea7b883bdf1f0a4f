import type { IncomingMessage, Server, ServerResponse } from "node:http"
import type { Socket } from "node:net"
import { Effect } from "effect"

/** Answers a request, sooner or later. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void

interface Owed {
  readonly request: IncomingMessage
  /** What Node itself does when the answer is sent. */
  readonly whenFinished: ReadonlyArray<unknown>
}

/**
 * The connections of a server and the answers that are owed on them. It alone listens for requests: a handler may come
 * late (requests wait for it) and stays until the last connection is gone.
 */
export class Connections {
  /** The answers that are owed on each connection, the earliest first. */
  private readonly sockets = new Map<Socket, Map<ServerResponse, Owed>>()
  /** Connections that end with an answer that was given already: what else comes on them is no request of anybody's. */
  private readonly over = new WeakSet<Socket>()
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
      this.sockets.set(socket, new Map())
      // Node tells the answer that is being sent, and none that is queued behind it.
      socket.once("close", () => setImmediate(() => this.abandon(socket)))
    })
    server.on("request", (request, response) => {
      if (this.over.has(request.socket)) return
      this.owe(request, response)
      // The place for pages that are answered from a cache, before any fiber is made.
      if (refuse(request, response)) {
        this.over.add(request.socket)
        return
      }
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
    let count = 0
    for (const owed of this.sockets.values()) count += owed.size
    return count
  }

  /** Whether an answer is owed on this connection, and if so, whether it has begun. */
  answerOn(socket: Socket): "none" | "owed" | "begun" {
    for (const response of this.sockets.get(socket)?.keys() ?? []) return response.headersSent ? "begun" : "owed"
    return "none"
  }

  /** Whether somebody on this connection is bringing files and has no answer yet. */
  isUploading(socket: Socket): boolean {
    for (const [response, { request }] of this.sockets.get(socket) ?? []) {
      if (response.headersSent) continue
      return /^multipart\/form-data\b/i.test(request.headers["content-type"] ?? "")
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
    for (const owed of this.sockets.values()) {
      for (const response of owed.keys()) if (!response.headersSent) response.shouldKeepAlive = false
    }
  }

  /** Takes no more connections and closes those that are idle; answers what still comes on the others. */
  stopAccepting(): void {
    this.announceClosing()
    this.server.close()
  }

  /** Closes connections on which nothing was ever sent: Node counts them as busy. Browsers open such ahead of need. */
  closeUnused(): void {
    for (const socket of this.sockets.keys()) if (socket.bytesRead === 0) socket.destroy()
  }

  /** Closes every connection, whatever is owed on it. */
  closeAll(): void {
    this.server.close()
    this.server.closeAllConnections()
  }

  /** Waits until the server no longer listens and the last connection is gone. */
  readonly closed: Effect.Effect<void> = Effect.promise(() => this.gone)

  private owe(request: IncomingMessage, response: ServerResponse): void {
    const owed = this.sockets.get(request.socket)
    owed?.set(response, { request, whenFinished: response.listeners("finish") })
    if (this.closing) response.shouldKeepAlive = false
    response.once("close", () => {
      owed?.delete(response)
      // An answer that had begun before the closing was announced leaves its connection open and idle.
      if (this.closing && !this.server.listening) setImmediate(() => this.server.closeIdleConnections())
    })
  }

  /** Ends what is still owed on a connection that is gone, so that nobody waits for it to be sent. */
  private abandon(socket: Socket): void {
    const owed = this.sockets.get(socket)
    this.sockets.delete(socket)
    for (const [response, { whenFinished }] of owed ?? []) {
      // Node would go on with the next answer on this connection.
      for (const listener of whenFinished) response.off("finish", listener as () => void)
      const end = response.end.bind(response)
      response.end = (...args: ReadonlyArray<unknown>) => {
        Reflect.apply(end, response, args)
        process.nextTick(() => response.emit("finish"))
        return response
      }
      if (response.writableEnded) response.emit("finish")
      response.emit("close")
    }
  }
}

/** Lets the event loop take in once what has already arrived, connections and requests alike. */
export const takeInArrived: Effect.Effect<void> = Effect.async((resume) => {
  setImmediate(() => setImmediate(() => resume(Effect.void)))
})
